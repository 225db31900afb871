package dev.corral.console.editor;

import dev.corral.console.shared.Texts;
import dev.corral.core.base.ExpectedFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is looked for. Pure; large texts are for another thread.
 *
 * @param wanted a text or a pattern
 * @param regex  whether it is a pattern, as Java has them
 * @param exact  whether large and small letters differ
 */
record Search(String wanted, boolean regex, boolean exact) {
    /** How many places are found; there may be more. */
    static final int MOST = 10_000;

    // A pattern may take longer than anybody waits; each look at a character is counted.
    private static final long MOST_STEPS = 40_000_000;

    /**
     * A place.
     *
     * @param from        its first character
     * @param to          after its last one
     * @param replacement what would stand there
     */
    record Place(int from, int to, String replacement) {}

    /**
     * Every place, in order; empty ones are left out.
     *
     * @param replacement what each is replaced by; with a pattern {@code $1} is its first group, {@code \n} a new line
     * @throws ExpectedFailure if the pattern makes no sense or takes too long
     */
    List<Place> in(String text, String replacement) {
        List<Place> places = new ArrayList<>();
        if (wanted.isEmpty()) {
            return places;
        }
        try {
            Matcher matcher = pattern().matcher(new Counted(text, new long[] {MOST_STEPS}));
            while (places.size() < MOST && matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    places.add(new Place(
                            matcher.start(), matcher.end(), regex ? filled(replacement, matcher) : replacement));
                }
            }
            return places;
        } catch (PatternSyntaxException e) {
            throw ExpectedFailure.usage(
                    "No pattern: " + Texts.line(e.getDescription()), "Mend it, or switch patterns off.");
        } catch (StackOverflowError | TooLong e) {
            throw ExpectedFailure.usage("This pattern takes too long", "Make it simpler.");
        }
    }

    private Pattern pattern() {
        int flags = Pattern.MULTILINE | (exact ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        return Pattern.compile(wanted, regex ? flags : flags | Pattern.LITERAL);
    }

    private static String filled(String replacement, MatchResult match) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            char next = i + 1 < replacement.length() ? replacement.charAt(i + 1) : 0;
            if (c == '$' && next >= '0' && next <= '9' && next - '0' <= match.groupCount()) {
                String group = match.group(next - '0');
                out.append(group == null ? "" : group);
                i++;
            } else if (c == '\\' && next != 0) {
                out.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
                i++;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** A pattern went on for too long. */
    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Characters of which each look costs a step. */
    private record Counted(CharSequence text, long[] left) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
