package dev.corral.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.operation.Operation;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.vagrant.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

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
            case NOTE -> tell("note", news().put("text", entry.note()));
            case PHASE -> {
                Phase phase = entry.inPhase();
                ObjectNode news = news().put("machine", phase.machine())
                        .put("phase", phase.words())
                        .put("kind", phase.kind().name().toLowerCase(Locale.ROOT))
                        .put("seconds", entry.secondsSince(workflow.startedAt()));
                phase.provisioner().ifPresent(runs -> news.putObject("provisioner")
                        .put("name", runs.name())
                        .put("type", runs.type())
                        .put("position", runs.position()));
                phase.trigger().ifPresent(runs -> news.putObject("trigger")
                        .put("name", runs.name())
                        .put("when", runs.when())
                        .put("action", runs.action()));
                tell("progress", news);
            }
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
