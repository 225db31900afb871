package dev.corral.core.cleanup;

import dev.corral.core.operation.Operation;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A plan that is being executed. Cancelled, it begins no further step; those under way go on to their end. Thread-safe. */
public interface CleanupRun extends Operation {

    /** The plan. */
    CleanupPlan plan();

    /** How far each step has come, in the plan's order. */
    List<StepResult> results();

    /** Completes with all results when no step is under way any more. Never completes exceptionally for a step that failed. */
    @Override
    CompletableFuture<List<StepResult>> done();
}
