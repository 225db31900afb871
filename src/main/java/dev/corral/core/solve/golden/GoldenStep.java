package dev.corral.core.solve.golden;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.corral.core.base.ExpectedFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One step of a golden run: a command, or a note of the person's.
 *
 * @param note         a note; a step that has one does nothing
 * @param shell        which of the run's shells, from 1; absent: the first
 * @param command      what is run in that shell
 * @param input        what the command reads; absent: nothing
 * @param output       the lines that it is expected to show; absent: whatever
 * @param exit         the status that it is expected to end with; absent: whichever, since a recording does not tell
 * @param check        how the output is compared; absent: {@link Check#OUTPUT}
 * @param limitSeconds how long it may take; absent: as long as the run says
 * @param skip         why it is left out; absent: it is not
 */
public record GoldenStep(
        Optional<String> note,
        Optional<Integer> shell,
        Optional<String> command,
        Optional<String> input,
        Optional<List<String>> output,
        Optional<Integer> exit,
        Optional<Check> check,
        Optional<Integer> limitSeconds,
        Optional<String> skip) {
    /** How output is compared. */
    public enum Check {
        /** All lines must agree. */
        OUTPUT,
        /** The expected lines must be the first ones. */
        BEGINNING,
        /** The expected lines must be there, in this order, others between them. */
        CONTAINS,
        /** Only the exit status counts. */
        STATUS;

        /** The word in files. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The check of that word. */
        @JsonCreator
        public static Check of(String word) {
            return Arrays.stream(values())
                    .filter(check -> check.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> ExpectedFailure.usage(
                            "There is no check \"" + word + "\".", "Write output, beginning, contains or status."));
        }
    }

    /** Fills what is absent. */
    public GoldenStep {
        note = some(note);
        shell = some(shell);
        command = some(command);
        input = some(input);
        output = some(output).map(List::copyOf);
        exit = some(exit);
        check = some(check);
        limitSeconds = some(limitSeconds);
        skip = some(skip);
    }

    private static <T> Optional<T> some(Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    /** A note. */
    public static GoldenStep note(String text) {
        return new GoldenStep(
                Optional.of(text),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A command and what it showed. */
    public static GoldenStep command(int shell, String command, List<String> output, Optional<Check> check) {
        return new GoldenStep(
                Optional.empty(),
                shell == 1 ? Optional.empty() : Optional.of(shell),
                Optional.of(command),
                Optional.empty(),
                Optional.of(output),
                Optional.empty(),
                check,
                Optional.empty(),
                Optional.empty());
    }

    /** The same, left out. */
    public GoldenStep skipped(String why) {
        return new GoldenStep(note, shell, command, input, output, exit, check, limitSeconds, Optional.of(why));
    }

    /** The same with what a replay has shown, where it says nothing yet. */
    public GoldenStep learned(Golden.Seen seen) {
        boolean learns = output.isEmpty() && how() != Check.STATUS;
        return new GoldenStep(
                note,
                shell,
                command,
                input,
                learns ? Optional.of(seen.lines()) : output,
                Optional.of(exit.orElse(seen.exit())),
                learns && seen.cut() && how() == Check.OUTPUT ? Optional.of(Check.BEGINNING) : check,
                limitSeconds,
                skip);
    }

    /** Whether a replay runs it. */
    @JsonIgnore
    public boolean runs() {
        return command.isPresent() && skip.isEmpty();
    }

    /** How its output is compared. */
    public Check how() {
        return check.orElse(Check.OUTPUT);
    }
}
