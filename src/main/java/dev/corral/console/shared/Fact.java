package dev.corral.console.shared;

/**
 * A line of facts in a page's details.
 *
 * @param label   what it is
 * @param value   the clean text that is shown
 * @param full    the whole text, for hover and copy
 * @param machine whether it is machine text
 */
public record Fact(String label, String value, String full, boolean machine) {

    /** A text for people. */
    public static Fact text(String label, String value) {
        String clean = Texts.line(value);
        return new Fact(label, clean, clean, false);
    }

    /** Machine text, copied as it is. */
    public static Fact machine(String label, String value) {
        return new Fact(label, Texts.line(value), value, true);
    }
}
