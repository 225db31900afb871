package dev.corral.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.operation.Operation;
import dev.corral.core.sandbox.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Tells the plugin how a start gets on, each step once. */
final class StartProgress {
    private final Call call;
    private final Operation workflow;

    StartProgress(Call call, Operation workflow) {
        this.call = call;
        this.workflow = workflow;
    }

    void tell(JournalEntry entry) {
        switch (entry.event()) {
            case QUEUED -> tell("queued", news().put("position", JournalEntry.inQueue(entry.place())));
            case PHASE ->
                tell(
                        "progress",
                        news().put("machine", entry.machine())
                                .put("phase", entry.phase())
                                .put("seconds", entry.secondsSince(workflow.startedAt())));
            default -> {
                // Only of interest to who reads the journal afterwards.
            }
        }
    }

    private ObjectNode news() {
        return JsonNodeFactory.instance.objectNode().put("sandbox", workflow.sandbox());
    }

    private void tell(String method, ObjectNode news) {
        try {
            call.tell(method, news, Frame.NOTHING);
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin does not read any more", e);
        }
    }
}
