package dev.corral.core.cleanup;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A plan that is being executed. Thread-safe. */
public interface CleanupRun {

    /** The plan. */
    CleanupPlan plan();

    /** How far each step has come, in the plan's order. */
    List<StepResult> results();

    /** Begins no further step; those under way go on to their end. */
    void stopAfterCurrent();

    /** Completes with all results when no step is under way any more. Never completes exceptionally for a step that failed. */
    CompletableFuture<List<StepResult>> done();
}
