package dev.corral.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Tells the plugin how a start gets on, each step once. */
final class StartProgress {
    private final Call call;
    private final Workflow workflow;
    private final Set<String> told = new HashSet<>();
    private String place = "";

    StartProgress(Call call, Workflow workflow) {
        this.call = call;
        this.workflow = workflow;
    }

    synchronized void look(Inventory inventory) {
        inventory.sandbox(workflow.sandbox()).ifPresent(this::look);
    }

    private void look(SandboxView view) {
        if (view.state() == SandboxState.QUEUED && !view.detail().equals(place)) {
            place = view.detail();
            tell("queued", news().put("position", place));
        }
        view.operation().ifPresent(operation -> operation.phases().stream()
                .filter(phase -> told.add(phase.machine() + "/" + phase.name() + "/" + phase.startedAt())).forEach(this::tell));
    }

    private void tell(PhaseSpan phase) {
        double seconds = Math.max(0, Duration.between(workflow.startedAt(), phase.startedAt()).toMillis()) / 1000.0;
        tell("progress", news().put("machine", phase.machine()).put("phase", phase.name()).put("seconds", seconds));
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
