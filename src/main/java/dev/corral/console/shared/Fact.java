package dev.corral.console.shared;

/**
 * A line of facts in a page's details.
 *
 * @param label   what it is
 * @param value   the clean text that is shown
 * @param full    the whole text, for hover and copy
 * @param machine whether it is machine text
 * @param secret  what stands in its place until somebody asks for it; empty for what anybody may see
 */
public record Fact(String label, String value, String full, boolean machine, String secret) {
    // As long for every value, so that not even the length is told.
    private static final String DOTS = "••••••••";

    /** What anybody may see. */
    public Fact(String label, String value, String full, boolean machine) {
        this(label, value, full, machine, "");
    }

    /** A text for people. */
    public static Fact text(String label, String value) {
        String clean = Texts.line(value);
        return new Fact(label, clean, clean, false);
    }

    /** Machine text, copied as it is. */
    public static Fact machine(String label, String value) {
        return new Fact(label, Texts.line(value), value, true);
    }

    /** A variable whose value may give a sample's solution away: its name is shown, its value when it is asked for. */
    public static Fact variable(String label, String name, String value) {
        String whole = name + "=" + value;
        return new Fact(label, Texts.whole(whole), whole, true, Texts.line(name) + "=" + DOTS);
    }

    /** Whether it is hidden until somebody asks for it. */
    public boolean hidden() {
        return !secret.isEmpty();
    }
}
