package dev.corral.core.solve;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;

/** A session's clock in its log. Blocks. */
final class ClockInLog {
    private final SolveWorld world;
    private final Solving solving;
    private final String by;

    ClockInLog(SolveWorld world, Solving solving, String by) {
        this.world = world;
        this.solving = solving;
        this.by = by;
    }

    /** The log that can be told of the clock: a finished one; empty if there is none. */
    static String of(SolveStatus status) {
        return switch (status.state()) {
            case ENDED -> status.story().log();
            case INTERRUPTED -> status.story().recovered();
            default -> "";
        };
    }

    /** Whether it has the clock as it is now. */
    static boolean written(SolveStatus status) {
        for (SolveEntry entry : status.entries().reversed()) {
            switch (entry.kind()) {
                case LOGGED -> {
                    return true;
                }
                case STRIKE, KEEP, ENDED, RECOVERED -> {
                    return false;
                }
                default -> {
                    // Changes nothing of it.
                }
            }
        }
        return false;
    }

    /**
     * Writes it, if that is not done yet.
     *
     * @throws ExpectedFailure if there is no log that can be written
     * @throws IOException     if the session's files can't be used
     */
    SolveStatus write(Stored stored, SolveStatus status) throws IOException {
        if (of(status).isEmpty()) {
            throw ExpectedFailure.failed(
                    "The session " + status.session().id() + " has no finished log.", "Submit or quit first.");
        }
        return stored.folder().locked(() -> {
            // Of two who want to, one does it.
            SolveStatus now = solving.read(stored);
            if (written(now)) {
                return now;
            }
            String who = now.session().who();
            world.edit(
                    of(now),
                    LogFields.of(now),
                    who.isEmpty() ? "corral" : who,
                    "Clock of the session " + now.session().id() + ", solved by hand");
            stored.folder().journal().append(SolveEntry.now(EntryKind.LOGGED, by));
            return solving.read(stored);
        });
    }
}
