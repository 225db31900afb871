package dev.corral.core.operation.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether a sandbox still has a start to be brought to its end. */
@Tag("unit")
class JournalStateTest {
    private final List<JournalEntry> entries = new ArrayList<>();

    private void began(String workflow, OperationKind kind) {
        entries.add(JournalEntry.started(workflow, kind, new OperationTarget.Sandbox("s")));
    }

    @Test
    void onlyTheNewestStartsFailureCountsUntilItIsMended() {
        assertThat(JournalState.startFailed(entries)).isFalse();
        began("a", OperationKind.START);
        entries.add(JournalEntry.of(Event.WORKFLOW_FAILED, "a"));
        assertThat(JournalState.startFailed(entries)).isTrue();
        began("b", OperationKind.PROVISION);
        entries.add(JournalEntry.of(Event.WORKFLOW_FAILED, "b"));
        assertThat(JournalState.startFailed(entries)).isTrue();
        entries.add(JournalEntry.of(Event.START_COMPLETED, "c"));
        assertThat(JournalState.startFailed(entries)).isFalse();
        began("d", OperationKind.PROVISION);
        entries.add(JournalEntry.of(Event.WORKFLOW_FAILED, "d"));
        assertThat(JournalState.startFailed(entries)).as("of something else").isFalse();
        began("e", OperationKind.START);
        assertThat(JournalState.startFailed(entries)).as("under way").isFalse();
        entries.add(JournalEntry.of(Event.WORKFLOW_FAILED, "e"));
        assertThat(JournalState.startFailed(entries)).isTrue();
    }
}
