package dev.corral.console.vagrantfile.good;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.NotedDock;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.OperationKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the state after the first good start is saved. */
@Tag("unit")
class CleanStateTest {
    private static final OperationView BAD =
            Story.start("one").failing("app", "shell", 1, 0.9).failed("The script app.sh failed.", "it");
    private static final SandboxView FAILED = Story.sandbox(SandboxState.FAILED, MachineState.FAILED, BAD);
    private static final SandboxView MENDED = Story.sandbox(
            SandboxState.READY,
            MachineState.RUNNING,
            BAD,
            Story.later("two", OperationKind.PROVISION, 60)
                    .provisioner("app", "shell", 1, 2)
                    .done());

    @TempDir
    private Path folder;

    private FixtureCorral corral;
    private CleanState clean;

    @BeforeEach
    void open() {
        corral = new FixtureCorral(
                "/home/ada",
                List.of(),
                new Inventory(Story.BEGIN, Path.of("/cache"), List.of(), List.of(), "", List.of()));
        corral.snapshots(Optional.of(List.of()));
        MessageCenter desk = new MessageCenter();
        SameThread threads = new SameThread();
        NotedDock dock = new NotedDock();
        SandboxCommands sandboxes = new SandboxCommands(
                corral, threads, desk, new TrustStore(folder.resolve("trusted.json"), List.of(folder)), dock);
        clean = new CleanState(new MachineCommands(corral, threads, desk, sandboxes, dock), threads, () -> {});
    }

    private void look(SandboxView view) {
        clean.look(List.of(view), Optional.of(view));
    }

    private List<String> saved() {
        return corral.asked.stream()
                .filter(what -> what.startsWith("snapshot-save"))
                .toList();
    }

    @Test
    void aFailedStartThatIsMendedIsSavedOnce() {
        clean.expect(Story.ID);
        look(FAILED);
        look(FAILED);
        assertThat(saved()).isEmpty();
        look(Story.sandbox(
                SandboxState.READY,
                MachineState.RUNNING,
                BAD,
                Story.later("two", OperationKind.PROVISION, 60)
                        .provisioner("app", "shell", 1, 2)
                        .open(true)));
        assertThat(saved()).as("something runs in it").isEmpty();
        look(MENDED);
        assertThat(saved()).containsExactly("snapshot-save clean " + Story.ID + "/");
        corral.last().done().complete(null);
        look(FAILED);
        look(MENDED);
        assertThat(saved()).hasSize(1);
    }

    @Test
    void whatNobodyStartedHereIsNotSaved() {
        look(FAILED);
        look(MENDED);
        assertThat(saved()).isEmpty();
    }
}
