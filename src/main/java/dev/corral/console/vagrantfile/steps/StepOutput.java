package dev.corral.console.vagrantfile.steps;

import dev.corral.core.vagrant.LogLine;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Which lines of a log a step wrote. Bounded: of one that writes without an end the last lines stay. For one thread. */
public final class StepOutput {
    /** How many lines are kept. */
    public static final int MOST = 500;

    private static final String PROVISIONER = "Running provisioner:";

    private final StepRun run;
    private final Deque<LogLine> kept = new ArrayDeque<>();
    private int nth;

    /** The output of this step, of which nothing is known yet. */
    public StepOutput(StepRun run) {
        this.run = run;
    }

    /** Takes the next lines of the log. */
    public void add(List<LogLine> lines) {
        for (LogLine line : lines) {
            if ((run.nth() > 0 ? ofProvisioner(line) : between(line)) && !repeated(line)) {
                kept.addLast(line);
                if (kept.size() > MOST) {
                    kept.removeFirst();
                }
            }
        }
    }

    // Seconds are too coarse to part provisioners, but each begins with a line of Vagrant's own.
    private boolean ofProvisioner(LogLine line) {
        boolean its = line.machine().equals(run.machine());
        boolean begins =
                its && line.level() == LogLine.Level.STEP && line.text().startsWith(PROVISIONER);
        if (begins) {
            nth++;
        }
        return nth == run.nth() && !begins && (its || line.machine().isEmpty() && line.level() == LogLine.Level.ERROR);
    }

    // Vagrant says why it stops where it happens, and once more as its last word.
    private boolean repeated(LogLine line) {
        return line.level() == LogLine.Level.ERROR
                && kept.stream()
                        .anyMatch(before -> before.level() == LogLine.Level.ERROR
                                && before.text().equals(line.text()));
    }

    private boolean between(LogLine line) {
        Instant from = run.startedAt().minusSeconds(1);
        return (line.machine().isEmpty() || line.machine().equals(run.machine()))
                && line.at()
                        .filter(at -> !at.isBefore(from)
                                && run.endedAt().map(end -> !at.isAfter(end)).orElse(true))
                        .isPresent();
    }

    /** The lines so far, the oldest of too many left out. */
    public List<LogLine> lines() {
        return List.copyOf(kept);
    }
}
