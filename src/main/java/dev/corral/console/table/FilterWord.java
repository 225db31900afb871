package dev.corral.console.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word of a filter as it was typed.
 *
 * @param raw    how it stands in the field, with quotes and sign
 * @param column what stands before its first colon outside quotes, without its sign; empty when there is none
 * @param rest   what it says, without sign and quotes, in small letters
 * @param value  the same after the colon; the same as {@code rest} when there is none
 * @param not    whether a sign stands before it
 */
record FilterWord(String raw, String column, String rest, String value, boolean not) {
    private static final String QUOTES = "\"“”„";

    /** Splits a text at blanks that are outside quotes; a quote that nobody closes goes to the end. */
    static List<FilterWord> split(String text) {
        List<FilterWord> words = new ArrayList<>();
        int start = -1;
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            if (!end && QUOTES.indexOf(text.charAt(i)) >= 0) {
                quoted = !quoted;
            }
            if (end || !quoted && Character.isWhitespace(text.charAt(i))) {
                if (start >= 0) {
                    words.add(of(text.substring(start, i)));
                }
                start = -1;
            } else if (start < 0) {
                start = i;
            }
        }
        return words;
    }

    private static FilterWord of(String raw) {
        boolean not = raw.startsWith("!") || raw.startsWith("-");
        StringBuilder said = new StringBuilder();
        int colon = -1;
        boolean quoted = false;
        for (char each : raw.substring(not ? 1 : 0).toCharArray()) {
            if (QUOTES.indexOf(each) >= 0) {
                quoted = !quoted;
                continue;
            }
            if (each == ':' && !quoted && colon < 0) {
                colon = said.length();
            }
            said.append(each);
        }
        String column = colon > 0 ? said.substring(0, colon).toLowerCase(Locale.ROOT) : "";
        String value = said.substring(colon + 1);
        return new FilterWord(
                raw, column, said.toString().toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT), not);
    }
}
