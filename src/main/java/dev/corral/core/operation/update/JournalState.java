package dev.corral.core.operation.update;

import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import java.util.List;
import java.util.Objects;

/** What a sandbox's journal says of its start. Pure. */
public final class JournalState {
    private JournalState() {}

    /** Whether the newest start has failed, and nobody has done since what it left undone. */
    public static boolean startFailed(List<JournalEntry> entries) {
        String start = "";
        boolean failed = false;
        for (JournalEntry entry : entries) {
            String workflow = Objects.requireNonNullElse(entry.workflow(), "");
            switch (entry.event()) {
                case WORKFLOW_STARTED -> {
                    if (entry.operationKind() == OperationKind.START) {
                        start = workflow;
                        failed = false;
                    }
                }
                case WORKFLOW_FAILED -> failed |= !start.isEmpty() && workflow.equals(start);
                case START_COMPLETED -> failed = false;
                default -> {
                    // Nothing of a start's ending.
                }
            }
        }
        return failed;
    }
}
