package dev.corral.console.solve;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Judges an answer's form while it is typed. Python's patterns are nearly Java's; what Java can't read, the agent judges alone. Pure. */
final class AnswerForm {
    private static final int LONGEST = 2_000;
    private static final int MOST_LOOKS = 200_000;

    private AnswerForm() {}

    /**
     * Whether an answer matches from its beginning; empty if that can't be told here.
     *
     * @param pattern what it must match; empty: anything does
     */
    static Optional<Boolean> matches(Optional<String> pattern, String answer) {
        if (pattern.isEmpty()) {
            return Optional.of(true);
        }
        if (answer.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(pattern.get())
                    .matcher(new Counted(answer, new int[1]))
                    .lookingAt());
        } catch (PatternSyntaxException | TooLong | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super(null, null, false, false);
        }
    }

    // A pattern that goes back and forth without an end must not stop the window.
    private record Counted(CharSequence text, int[] looks) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks[0] > MOST_LOOKS) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), looks);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
