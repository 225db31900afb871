package dev.corral.core.solve;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;

/** What a person says of a session's clock, and that clock in the session's log. Blocks. */
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
     * @throws ExpectedFailure if there is no log that can be written, or the session's files can't be used
     */
    SolveStatus write(Stored stored, SolveStatus status) {
        if (of(status).isEmpty()) {
            throw ExpectedFailure.failed(
                    "The session " + status.session().id() + " has no finished log.", "Submit or quit first.");
        }
        try {
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
        } catch (IOException e) {
            throw Solving.unreadable(stored, e);
        }
    }

    /** Writes down what the person says of an interval, see {@link Solving#decide}. */
    SolveStatus decide(Stored stored, SolveStatus status, String interval, boolean counts, String reason) {
        if (reason.isBlank()) {
            throw ExpectedFailure.usage("There is no reason.", "Say why; it goes into the log.");
        }
        String id = status.session().id();
        boolean known =
                status.clock().intervals().stream().anyMatch(each -> each.id().equals(interval) && each.decidable());
        if (!known) {
            throw ExpectedFailure.notFound(
                    "The clock of " + id + " has no interval " + PlainText.line(interval, 60)
                            + " that could be decided about.",
                    "corral solve status " + id + " shows them.");
        }
        try {
            stored.folder()
                    .journal()
                    .append(SolveEntry.now(
                                    counts ? EntryKind.KEEP : EntryKind.STRIKE,
                                    status.session().who())
                            .withAbout(interval)
                            .withText(reason));
        } catch (IOException e) {
            throw Solving.unreadable(stored, e);
        }
        return solving.read(stored);
    }
}
