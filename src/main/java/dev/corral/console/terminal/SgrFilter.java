package dev.corral.console.terminal;

import java.util.Arrays;

/**
 * Puts right what the emulator misreads in the stream of the far side. {@code CSI ? … m} and {@code CSI > … m} are
 * questions and settings of keys, not colours: they are dropped. Colour and underline in the colon form of ISO 8613-6
 * ({@code 38:2::r:g:b}, {@code 4:3}) become the semicolon form, and underline colours (58), which nobody draws, go.
 * A sequence may come in any pieces; what is held back is given out as soon as it is complete or turns out to be
 * something else.
 */
final class SgrFilter {
    /** Longer than any real sequence; beyond it the text goes through as it is. */
    private static final int LONGEST = 256;

    private static final char ESC = '\u001b';

    private enum Place {
        TEXT,
        ESCAPE,
        SEQUENCE
    }

    private final StringBuilder held = new StringBuilder();
    private Place place = Place.TEXT;

    /** The text to show for these characters of the stream; may be empty. */
    String filter(char[] chars, int offset, int length) {
        StringBuilder out = new StringBuilder(length + held.length());
        for (int i = offset; i < offset + length; i++) {
            take(chars[i], out);
        }
        return out.toString();
    }

    private void take(char c, StringBuilder out) {
        switch (place) {
            case TEXT -> {
                if (c == ESC) {
                    held.append(c);
                    place = Place.ESCAPE;
                } else {
                    out.append(c);
                }
            }
            case ESCAPE -> {
                if (c == '[') {
                    held.append(c);
                    place = Place.SEQUENCE;
                } else {
                    release(out);
                    take(c, out);
                }
            }
            case SEQUENCE -> {
                if (c == 'm') {
                    out.append(rewrite(held.substring(2)));
                    held.setLength(0);
                    place = Place.TEXT;
                } else if (c < 0x20 || c > 0x3f || held.length() >= LONGEST) {
                    release(out);
                    take(c, out);
                } else {
                    held.append(c);
                }
            }
        }
    }

    private void release(StringBuilder out) {
        out.append(held);
        held.setLength(0);
        place = Place.TEXT;
    }

    private static String rewrite(String parameters) {
        if (!parameters.isEmpty() && (parameters.charAt(0) == '?' || parameters.charAt(0) == '>')) {
            return "";
        }
        if (parameters.indexOf(':') < 0 && !parameters.contains("58")) {
            return ESC + "[" + parameters + "m";
        }
        StringBuilder kept = new StringBuilder();
        String[] all = parameters.split(";", -1);
        for (int i = 0; i < all.length; i++) {
            String semicolons = all[i].indexOf(':') < 0 ? all[i] : withSemicolons(all[i].split(":", -1));
            if (all[i].equals("38") || all[i].equals("48") || all[i].equals("58")) {
                int last = Math.min(i + operands(all, i), all.length - 1);
                semicolons = all[i].equals("58")
                        ? null
                        : String.join(";", Arrays.asList(all).subList(i, last + 1));
                i = last;
            }
            if (semicolons != null) {
                kept.append(kept.isEmpty() ? "" : ";").append(semicolons);
            }
        }
        // A sequence without parameters would reset everything.
        return kept.isEmpty() ? "" : ESC + "[" + kept + "m";
    }

    /** How many parameters after this one are its colour: {@code 5;n} or {@code 2;r;g;b}. */
    private static int operands(String[] all, int index) {
        String kind = index + 1 < all.length ? all[index + 1] : "";
        return kind.equals("5") ? 2 : kind.equals("2") ? 4 : 0;
    }

    private static String withSemicolons(String[] parts) {
        return switch (parts[0]) {
            case "4" -> parts.length > 1 && parts[1].equals("0") ? "24" : "4";
            case "38", "48" -> color(parts);
            default -> null;
        };
    }

    /** {@code 38:5:n}, {@code 38:2:r:g:b}, or with a colour space {@code 38:2:space:r:g:b} and more after it. */
    private static String color(String[] parts) {
        if (parts.length >= 3 && parts[1].equals("5")) {
            return parts[0] + ";5;" + number(parts[2]);
        }
        if (parts.length >= 5 && parts[1].equals("2")) {
            int first = parts.length >= 6 ? 3 : 2;
            return parts[0] + ";2;" + number(parts[first]) + ";" + number(parts[first + 1]) + ";"
                    + number(parts[first + 2]);
        }
        return null;
    }

    private static String number(String text) {
        return text.isEmpty() ? "0" : text;
    }
}
