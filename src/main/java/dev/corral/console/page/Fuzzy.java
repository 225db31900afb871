package dev.corral.console.page;

import java.util.Locale;

/** How well letters fit a name: all must occur in order; runs and beginnings of words count more. Pure. */
public final class Fuzzy {
    private Fuzzy() {}

    /** The score of {@code letters} in {@code text}; negative when they do not fit. Empty letters fit everything. */
    public static int score(String letters, String text) {
        String wanted = letters.toLowerCase(Locale.ROOT);
        String given = text.toLowerCase(Locale.ROOT);
        int whole = given.indexOf(wanted.strip());
        if (!wanted.isBlank() && whole >= 0) {
            boolean wordStart = whole == 0 || !Character.isLetterOrDigit(given.charAt(whole - 1));
            return 1000 + (wordStart ? 200 : 0) - Math.min(whole, 100) - Math.min(given.length(), 99);
        }
        int score = 0;
        int at = 0;
        int run = 0;
        for (int i = 0; i < wanted.length(); i++) {
            char letter = wanted.charAt(i);
            if (Character.isWhitespace(letter)) {
                run = 0;
                continue;
            }
            int found = given.indexOf(letter, at);
            if (found < 0) {
                return -1;
            }
            boolean wordStart = found == 0 || !Character.isLetterOrDigit(given.charAt(found - 1));
            run = found == at && i > 0 ? run + 1 : 0;
            score += 1 + run * 4 + (wordStart ? 6 : 0);
            at = found + 1;
        }
        return score;
    }
}
