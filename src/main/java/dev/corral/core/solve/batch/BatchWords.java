package dev.corral.core.solve.batch;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.solve.SolveState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What is said of a batch. */
final class BatchWords {
    private BatchWords() {}

    /** The first session that nobody could work in ends the batch. */
    static ExpectedFailure neverReady(
            Batch batch, int number, BatchPlan plan, Map<String, Optional<BatchPlan.Look>> looks) {
        String session = plan.sessions().getOrDefault(number, "");
        return ExpectedFailure.failed(
                        "Session " + session + " of sample "
                                + batch.samples().get(number).sample() + " failed before anybody began in it"
                                + fault(looks.getOrDefault(session, Optional.empty())),
                        "Mend that; then corral solve batch resume " + batch.id()
                                + " tries it again. corral solve batch skip leaves it out.")
                .withKind(ExpectedFailure.Kind.PARTLY);
    }

    /** Why it failed, after the words that it did. */
    static String fault(Optional<BatchPlan.Look> look) {
        String fault = look.map(BatchPlan.Look::fault).orElse("");
        return fault.isBlank() ? "." : ": " + PlainText.line(fault, 300);
    }

    /** Which sample the person is at. */
    static String where(Batch batch, BatchPlan plan, Map<String, Optional<BatchPlan.Look>> looks) {
        if (plan.current().isEmpty()) {
            return "All samples are over.";
        }
        int number = plan.current().getAsInt();
        String session = plan.sessions().getOrDefault(number, "");
        return "Sample " + (number + 1) + " of " + batch.samples().size() + ", "
                + batch.samples().get(number).sample() + ": "
                + looks.getOrDefault(session, Optional.empty())
                        .map(look -> session + ", " + look.state().words())
                        .orElse("not begun");
    }

    /** Tells of sessions that have ended as none should, each once. */
    static void tellEnds(
            Batch batch,
            BatchPlan plan,
            Map<String, Optional<BatchPlan.Look>> looks,
            Set<String> over,
            Consumer<String> told) {
        new TreeMap<>(plan.sessions()).forEach((number, session) -> {
            Optional<BatchPlan.Look> look = looks.getOrDefault(session, Optional.empty());
            SolveState state = look.map(BatchPlan.Look::state).orElse(SolveState.STARTING);
            if (!bad(state)) {
                // Somebody goes on with it.
                over.remove(session);
            } else if (over.add(session)) {
                String sample = batch.samples().get(number).sample();
                told.accept(
                        state == SolveState.FAILED
                                ? "Session " + session + " of sample " + sample + " failed" + fault(look)
                                : "Inspect ended before the session of sample " + sample
                                        + " was over. corral solve resume " + session + " goes on with it.");
            }
        });
    }

    /** Whether a session has ended as none should. */
    static boolean bad(SolveState state) {
        return state == SolveState.FAILED || state == SolveState.INTERRUPTED;
    }
}
