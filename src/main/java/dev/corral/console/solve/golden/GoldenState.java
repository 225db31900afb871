package dev.corral.console.solve.golden;

import dev.corral.console.messages.Problem;
import dev.corral.core.solve.golden.Golden;
import dev.corral.core.solve.golden.GoldenCheck;
import dev.corral.core.solve.golden.GoldenStep;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be seen of a golden run and its check. Immutable.
 *
 * @param phase    how far it is
 * @param file     where it lies
 * @param golden   what it says; empty while that is not read
 * @param warnings what a person should look at in one that was just made
 * @param progress how far a replay has come
 * @param since    when the replay began
 * @param told     what happened in it, oldest first
 * @param result   what came of it
 * @param problem  why it could not be tried, or read
 */
record GoldenState(
        Phase phase,
        Optional<Path> file,
        Optional<Golden> golden,
        List<String> warnings,
        Progress progress,
        Optional<Instant> since,
        List<String> told,
        Optional<GoldenCheck.Result> result,
        Optional<Problem> problem) {
    /** How far a golden run in the window is. */
    enum Phase {
        /** There is none. */
        NONE,
        /** Its file is being read or written. */
        READING,
        /** Its file can't be read. */
        UNREADABLE,
        /** It can be replayed. */
        READY,
        /** It is replayed. */
        RUNNING,
        /** Somebody cancelled, and its sandbox is being destroyed. */
        CANCELLING,
        /** The sample is solved as then. */
        PASSED,
        /** Something else happened than then. */
        DIVERGED,
        /** It could not be tried, which says nothing about the sample. */
        NOT_TRIED,
        /** Somebody cancelled. */
        CANCELLED;

        /** Whether a sandbox is there because of it. */
        boolean busy() {
            return this == RUNNING || this == CANCELLING;
        }

        /** Whether a replay could begin. */
        boolean startable() {
            return this == READY || over();
        }

        /** Whether a replay has ended. */
        boolean over() {
            return this == PASSED || this == DIVERGED || this == NOT_TRIED || this == CANCELLED;
        }
    }

    /**
     * How far a replay has come.
     *
     * @param step    the step that runs, by its number in the file; 0 before the first
     * @param done    how many commands have begun
     * @param of      how many there are
     * @param command the command that runs, untrusted
     * @param words   what is waited for
     */
    record Progress(int step, int done, int of, String command, String words) {
        static final Progress NONE = new Progress(0, 0, 0, "", "");
    }

    GoldenState {
        warnings = List.copyOf(warnings);
        told = List.copyOf(told);
    }

    static GoldenState none() {
        return of(Phase.NONE, Optional.empty(), Optional.empty(), List.of());
    }

    static GoldenState of(Phase phase, Optional<Path> file, Optional<Golden> golden, List<String> warnings) {
        return new GoldenState(
                phase,
                file,
                golden,
                warnings,
                Progress.NONE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    GoldenState with(Phase other) {
        return new GoldenState(other, file, golden, warnings, progress, since, told, result, problem);
    }

    GoldenState with(Progress other, List<String> lines) {
        return new GoldenState(phase, file, golden, warnings, other, since, lines, result, problem);
    }

    GoldenState begun(Instant now) {
        return new GoldenState(
                Phase.RUNNING,
                file,
                golden,
                warnings,
                new Progress(0, 0, commands(), "", "Reading the task file"),
                Optional.of(now),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    GoldenState anew(Golden other) {
        GoldenState read = new GoldenState(
                phase, file, Optional.of(other), warnings, progress, since, told, Optional.empty(), Optional.empty());
        return read.with(new Progress(0, 0, read.commands(), progress.command(), progress.words()), told);
    }

    GoldenState ended(Phase other, Optional<GoldenCheck.Result> what, Optional<Problem> why) {
        return new GoldenState(other, file, golden, warnings, progress, since, told, what, why);
    }

    /** How many commands a replay runs. */
    int commands() {
        return golden.map(run ->
                        (int) run.steps().stream().filter(GoldenStep::runs).count())
                .orElse(0);
    }

    /** How many commands are left out. */
    int skipped() {
        return golden.map(run -> (int) run.steps().stream()
                        .filter(step -> step.skip().isPresent())
                        .count())
                .orElse(0);
    }
}
