package dev.corral.core.vagrant;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What Vagrant says itself in an error, up to where it quotes what a command printed: that is a guest's word most often, and can be
 * anything, Vagrant's own sentences among it. Pure.
 */
final class OwnWords {
    /** Vagrant wraps its sentences well before that. */
    private static final int LOOKED_AT = 200;

    // As the messages of Vagrant and its plugins announce what they quote.
    private static final Pattern QUOTES = Pattern.compile(
            // Of several machines the failures follow one after the other, each in Vagrant's words again.
            "(?!Any errors that occurred are shown below)\\s*(?:(?:stdout|stderr|output|command)\\b[^:]{0,60}:.*"
                    + "|.{0,120}\\b(?:output|stdout|stderr)\\b.{0,60}"
                    + "|.{0,120}\\bcommand (?:attempted|failed|responded|returned)\\b.*"
                    + "|.{0,120}\\berror was experienced\\b.*"
                    + "|.{0,120}\\b(?:messages?|errors?) (?:is|are|was|were|will be) (?:shown|reproduced|available)\\b.*"
                    + "|.{0,120}\\b(?:shown|reproduced|available) below\\b.*"
                    + "|.{0,120}\\berror message below\\b.*"
                    + "|.{0,120}\\b(?:net-ssh|SSH library)\\b.*)",
            Pattern.CASE_INSENSITIVE);

    private OwnWords() {}

    /** An error message without what it quotes. */
    static String of(String error) {
        StringBuilder own = new StringBuilder();
        for (String line : (Iterable<String>) error.lines()::iterator) {
            if (quotes(line)) {
                break;
            }
            own.append(line).append('\n');
        }
        return own.toString();
    }

    /** The same of lines. */
    static String of(List<String> error) {
        return of(String.join("\n", error));
    }

    private static boolean quotes(String line) {
        return QUOTES.matcher(line.substring(0, Math.min(line.length(), LOOKED_AT)))
                .matches();
    }
}
