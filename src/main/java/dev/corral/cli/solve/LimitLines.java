package dev.corral.cli.solve;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.LimitKeeper;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.clock.ActiveLimit;
import dev.corral.core.solve.journal.AtLimit;
import dev.corral.core.solve.journal.SolveEntry;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says what a session that is followed in a terminal is told of its limit, and what keeps it from being followed, each thing once. Not
 * thread-safe.
 */
final class LimitLines {
    private final Consumer<String> line;
    private int said = -1;
    private String wrong = "";

    /** @param line gets what is to be said */
    LimitLines(Consumer<String> line) {
        this.line = line;
    }

    /** Looks at it anew; of what was told before it was looked at the first time, only what is still to be answered is said. */
    void look(SolveStatus status) {
        List<SolveEntry> told = LimitKeeper.told(status);
        int from = said < 0 ? LimitKeeper.heard(status) : Math.min(said, told.size());
        for (SolveEntry entry : told.subList(from, told.size())) {
            line.accept(entry.text() + next(status, entry));
        }
        said = told.size();
    }

    /** Takes note of what is wrong, as it is told at each look. */
    void trouble(ExpectedFailure failure) {
        if (!wrong.equals(failure.getMessage())) {
            wrong = failure.getMessage();
            line.accept((wrong + " " + failure.nextStep()).strip());
        }
    }

    private static String next(SolveStatus status, SolveEntry entry) {
        boolean asks = entry.fact(ActiveLimit.AT).equals("0")
                && status.session().options().atLimit() == AtLimit.ASK
                && status.state() == SolveState.RUNNING;
        String id = status.session().id();
        return asks
                ? " Go on, or: corral solve pause " + id + ", corral solve submit " + id + " ANSWER, corral solve quit "
                        + id + "."
                : "";
    }
}
