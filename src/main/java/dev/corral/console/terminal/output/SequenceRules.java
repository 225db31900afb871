package dev.corral.console.terminal.output;

import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which control sequences of a guest reach the emulator, and with what numbers. Only those pass that the emulator acts on and
 * that a program in a terminal needs. Nothing passes that changes the window, its title or the clipboard. Each method gives
 * what is to be sent on, or nothing.
 */
public final class SequenceRules {
    private static final String CSI = "\u001b[";
    /** Larger than any mode, colour or style. */
    private static final int LARGEST = 9999;

    private static final int LONGEST_LINK = 2000;
    private static final Pattern SEQUENCE =
            Pattern.compile("(?<private>[<=>?]?)(?<parameters>[0-9:;]*)(?<between>[ -/]*)");
    private static final Pattern LINK = Pattern.compile("\\]8;[^;]*;(?<address>.*)");
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[!-~]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final IntSupplier columns;
    private final IntSupplier rows;

    /** The screen's size in cells, asked for each sequence. */
    public SequenceRules(IntSupplier columns, IntSupplier rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** {@code ESC}, perhaps characters between, and a last one. */
    String escape(String between, char end) {
        return switch (between) {
            // The emulator's own next line runs off below the scroll region.
            case "" -> end == 'E' ? "\r\n" : "DHMNO78=>Fcno|}~".indexOf(end) < 0 ? "" : "\u001b" + end;
            case "(", ")", "*", "+", ".", "/" -> "\u001b" + between + end;
            case "#" -> end == '8' ? "\u001b#8" : "";
            default -> "";
        };
    }

    /** A string, from its kind ({@code ]} for operating system commands) to before its end. */
    String string(String text) {
        Matcher link = LINK.matcher(text);
        if (link.matches()) {
            String address = link.group("address");
            boolean good = address.length() <= LONGEST_LINK
                    && WEB_ADDRESS.matcher(address).matches();
            return "\u001b]8;;" + (good ? address : "") + "\u0007";
        }
        // Programs ask for the colours to find out whether the background is dark.
        return text.equals("]10;?") || text.equals("]11;?") ? "\u001b" + text + "\u0007" : "";
    }

    /** How often {@code CSI n b} repeats the last character. */
    int repeats(String parameters) {
        return Math.clamp(number(parameters), 1, columns.getAsInt());
    }

    /** {@code CSI}, parameters and a last character. */
    String sequence(String body, char end) {
        Matcher matcher = SEQUENCE.matcher(body);
        if (!matcher.matches()) {
            return "";
        }
        String parameters = matcher.group("parameters");
        String between = matcher.group("between");
        if (!between.isEmpty()) {
            return between(matcher.group("private") + parameters, between, end);
        }
        return switch (matcher.group("private")) {
            case "" -> usual(parameters, end);
            case "?" ->
                switch (end) {
                    case 'h', 'l' -> modes("?", parameters, end);
                    case 'J', 'K' -> erase(parameters, end);
                    default -> "";
                };
            case ">" -> end == 'c' && number(parameters) == 0 ? CSI + ">c" : "";
            default -> "";
        };
    }

    private static String between(String parameters, String between, char end) {
        if (between.equals("!") && end == 'p' && parameters.isEmpty()) {
            return CSI + "!p";
        }
        boolean cursorShape = between.equals(" ") && end == 'q' && parameters.matches("[0-6]?");
        return cursorShape ? CSI + parameters + " q" : "";
    }

    private String usual(String parameters, char end) {
        String[] each = parameters.split(";", -1);
        return switch (end) {
            case '@', 'C', 'D', 'P', 'X' -> CSI + Math.clamp(number(each[0]), 1, columns.getAsInt()) + end;
            case 'A', 'B', 'E', 'F', 'L', 'M', 'S' -> CSI + Math.clamp(number(each[0]), 1, rows.getAsInt()) + end;
            case 'T' -> each.length > 1 ? "" : CSI + Math.clamp(number(each[0]), 1, rows.getAsInt()) + end;
            case 'G', '`' -> CSI + Math.clamp(number(each[0]), 1, columns.getAsInt()) + end;
            case 'd' -> CSI + Math.clamp(number(each[0]), 1, rows.getAsInt()) + end;
            case 'H', 'f' ->
                CSI + Math.clamp(number(each[0]), 1, rows.getAsInt()) + ";"
                        + Math.clamp(each.length > 1 ? number(each[1]) : 1, 1, columns.getAsInt()) + end;
            case 'J', 'K' -> erase(parameters, end);
            case 'r' -> region(number(each[0]), each.length > 1 ? number(each[1]) : 0);
            case 'h', 'l' -> modes("", parameters, end);
            case 'm' -> style(parameters);
            case 'c', 'g', 'n' -> CSI + number(each[0]) + end;
            default -> "";
        };
    }

    private String region(int top, int bottom) {
        int first = Math.max(1, top);
        int last = bottom == 0 ? rows.getAsInt() : Math.min(bottom, rows.getAsInt());
        return first < last ? CSI + first + ";" + last + "r" : "";
    }

    private static String erase(String parameters, char end) {
        int what = number(parameters);
        return what > 3 ? "" : CSI + what + end;
    }

    /** One sequence for each mode: the emulator reads the first one only. */
    private static String modes(String kind, String parameters, char end) {
        StringBuilder all = new StringBuilder();
        for (String mode : parameters.split(";")) {
            if (!mode.isEmpty()) {
                all.append(CSI).append(kind).append(number(mode)).append(end);
            }
        }
        return all.toString();
    }

    private static String style(String parameters) {
        String bounded = NUMBER.matcher(parameters).replaceAll(found -> Integer.toString(number(found.group())));
        Optional<String> form = SgrForm.of(bounded);
        return form.map(styles -> CSI + styles + "m").orElse("");
    }

    /** The number that the text begins with, at most {@link #LARGEST}; 0 when it begins with none. */
    private static int number(String text) {
        int value = 0;
        for (int i = 0; i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9'; i++) {
            value = Math.min(LARGEST, value * 10 + text.charAt(i) - '0');
        }
        return value;
    }
}
