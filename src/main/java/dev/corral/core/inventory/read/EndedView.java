package dev.corral.core.inventory.read;

import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrant.FailureView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is told of a start that has ended and left no sandbox. The cleaning up after it is the newest operation in the journal, but the
 * start is what people ask for.
 */
final class EndedView {
    private EndedView() {}

    static SandboxView of(SandboxView view, SandboxReader.Layers layers) {
        FailureView failure = layers.told().startFailure().orElse(null);
        Optional<OperationView> operation = layers.told().start().map(known -> known.withLogs(logs(view.directory())));
        return new SandboxView(
                view.id(),
                view.directory(),
                view.manifest(),
                SandboxState.FAILED,
                failure == null ? "" : failure.cancelled() ? "cancelled" : failure.sentence(),
                Liveness.UNKNOWN,
                List.of(),
                operation,
                view.createdAt());
    }

    private static List<Path> logs(Path directory) {
        try (var logs = Files.list(directory.resolve("logs"))) {
            return logs.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
