package dev.corral.core.solve;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.clock.ActiveLimit;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of a session's limit of active time, and does what its person chose for the end of it. Whoever looks at a session writes the
 * warnings into its journal, where everybody sees them; of all who follow it, one acts. Thread-safe; blocks.
 */
public final class LimitKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LimitKeeper.class);

    private final Solving solving;
    private final String by;

    LimitKeeper(Solving solving, String by) {
        this.solving = solving;
        this.by = by;
    }

    /** The limit of a session as it is now; empty if it has none. */
    public static Optional<ActiveLimit> of(SolveStatus status) {
        return ActiveLimit.of(status.session().options(), status.entries(), Moment.now());
    }

    /** What a session was told of its limit, in order. */
    public static List<SolveEntry> told(SolveStatus status) {
        return status.entries().stream()
                .filter(entry -> entry.kind() == EntryKind.LIMIT)
                .toList();
    }

    /** How many of these nobody needs to be told who looks at the session for the first time. */
    public static int heard(SolveStatus status) {
        List<SolveEntry> told = told(status);
        return of(status)
                .filter(limit -> status.state() == SolveState.RUNNING)
                .map(limit -> limit.unheard(told))
                .orElse(told.size());
    }

    // Under the session's lock, so that of several who look one writes it.
    SolveStatus announced(Stored stored, SolveStatus status) {
        if (status.state() != SolveState.RUNNING
                || of(status).flatMap(limit -> limit.due(by)).isEmpty()) {
            return status;
        }
        return solving.write(stored, known -> now(stored, known).flatMap(limit -> limit.due(by)))
                ? solving.read(stored)
                : status;
    }

    private static Optional<ActiveLimit> now(Stored stored, List<SolveEntry> known) {
        return ActiveLimit.of(stored.session().options(), known, Moment.now());
    }

    /** Whether something is to be done about a session's limit now. */
    public static boolean acts(SolveStatus status) {
        return status.state() == SolveState.RUNNING
                && of(status).filter(ActiveLimit::acts).isPresent();
    }

    /**
     * Does what was chosen for the end of the limit, if it is time for that and nobody else is at it. What goes wrong is written into the
     * journal.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void act(SolveStatus status) throws InterruptedException {
        if (!acts(status)) {
            return;
        }
        Stored stored = solving.store().find(status.session().id());
        if (claimed(stored)) {
            carryOut(stored.session().id(), stored);
        }
    }

    private boolean claimed(Stored stored) {
        return solving.write(stored, known -> now(stored, known)
                .filter(ActiveLimit::acts)
                .map(limit ->
                        limit.action(by, "The limit is reached: " + limit.then().consequence() + ".")));
    }

    private void carryOut(String id, Stored stored) throws InterruptedException {
        try {
            switch (stored.session().options().atLimit()) {
                case ASK -> {
                    // Nothing happens by itself.
                }
                case STOP_CLOCK -> {
                    var _ = solving.stop(id);
                }
                case GIVE_UP -> {
                    // What the person has just done in the machine may not be in the journal yet.
                    if (!solving.paused(id)) {
                        solving.quit(id);
                    }
                }
                case HAND_IN -> submit(id, stored);
            }
        } catch (ExpectedFailure e) {
            fault(stored, "The limit is reached, but nothing could be done about it: " + e.getMessage());
        }
    }

    // Without an answer that is fit, hours of work must not go down with the machine.
    private void submit(String id, Stored stored) throws InterruptedException {
        Optional<String> answer = ActiveLimit.lastAnswer(solving.read(stored).entries())
                .or(() -> Optional.of("")
                        .filter(none -> !stored.session().options().needsAnswer()));
        if (answer.isEmpty()) {
            fault(
                    stored,
                    "The limit is reached, but no answer was checked or scored through Corral, "
                            + "so the clock is paused instead.");
            var _ = solving.stop(id);
            return;
        }
        try {
            solving.submit(id, answer.get());
        } catch (ExpectedFailure e) {
            fault(stored, "The last answer could not be handed in, so the clock is paused: " + e.getMessage());
            if (solving.status(id).state() == SolveState.RUNNING) {
                var _ = solving.stop(id);
            }
        }
    }

    private void fault(Stored stored, String text) {
        if (!solving.write(
                stored, known -> Optional.of(SolveEntry.now(EntryKind.FAULT, by).withText(text)))) {
            LOG.warn("the journal of {} is full; it lacks: {}", stored.session().id(), text);
        }
    }
}
