package dev.corral.core.solve.batch;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import java.util.Map;
import java.util.Optional;

/** What is said of a batch. */
final class BatchWords {
    private BatchWords() {}

    /** The first session that nobody could work in ends the batch. */
    static ExpectedFailure neverReady(
            Batch batch, int number, BatchPlan plan, Map<String, Optional<BatchPlan.Look>> looks) {
        String session = plan.sessions().getOrDefault(number, "");
        return ExpectedFailure.failed(
                        "Session " + session + " of sample "
                                + batch.samples().get(number).sample() + " failed before anybody could work in it"
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
}
