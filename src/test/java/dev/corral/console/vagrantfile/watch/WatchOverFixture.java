package dev.corral.console.vagrantfile.watch;

import dev.corral.console.FixtureCorral;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.NotedDock;
import dev.corral.console.work.OperationFeed;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Watching over a core that notes what it is asked to do. */
abstract class WatchOverFixture {
    static final OperationView START =
            Story.start("one").provisioner("packages", "shell", 1, 9).done();
    static final String UPDATE = "update code " + Story.ID;
    static final String PROVISION = "provision " + Story.ID + "/" + Story.WEB;

    @TempDir
    Path folder;

    final SandboxView idle = Story.sandbox(SandboxState.READY, MachineState.RUNNING, START);
    final SandboxView held = Story.sandbox(
            SandboxState.READY,
            MachineState.RUNNING,
            START,
            Story.later("two", OperationKind.RELOAD, 60)
                    .provisioner("packages", "shell", 1, 9)
                    .open(true));
    final FixtureCorral corral = new FixtureCorral("/home/ada", List.of(), inventory());
    final MessageCenter desk = new MessageCenter();
    final SameThread threads = new SameThread();
    final OperationFeed feed = new OperationFeed(corral.operations(), threads, desk);
    Optional<SandboxView> current = Optional.of(idle);
    boolean asStarted = true;
    Path file;
    MachineCommands machines;
    WatchModel watch;

    @BeforeEach
    void open() throws IOException {
        file = Files.writeString(folder.toRealPath().resolve("Vagrantfile"), "# a Vagrantfile");
        use(List.of(folder.toRealPath()));
    }

    void use(List<Path> trusted) {
        SandboxCommands sandboxes = new SandboxCommands(
                corral, threads, desk, new TrustStore(folder.resolve("trusted.json"), trusted), new NotedDock());
        machines = new MachineCommands(corral, threads, desk, sandboxes, new NotedDock());
        machines.waiting().inventoryChanged(inventory(idle));
        watch = new WatchModel(
                new WatchModel.Ground() {
                    @Override
                    public Optional<SandboxView> sandbox() {
                        return current;
                    }

                    @Override
                    public Optional<Path> original() {
                        return Optional.of(file);
                    }

                    @Override
                    public boolean readAsStarted(SandboxView view) {
                        return asStarted;
                    }
                },
                machines.waiting(),
                machines.unattended(),
                threads,
                () -> {});
    }

    @AfterEach
    void close() {
        feed.close();
    }

    static Inventory inventory(SandboxView... views) {
        return new Inventory(Instant.now(), Path.of("/cache"), List.of(views), List.of(), "", List.of());
    }

    void see(SandboxView view) {
        current = Optional.of(view);
        machines.waiting().inventoryChanged(inventory(view));
    }

    static Resolution file(String first, String second) {
        return Story.resolution("""
                {"name": "web", "provisioners": [
                   {"index": 0, "type": "shell", "settings": {"inline": "%s"}},
                   {"index": 1, "type": "shell", "settings": {"inline": "%s"}}]}
                """.formatted(first, second).replace("%", "%%"));
    }

    void on() {
        watch.read(file("a", "b"));
        watch.turn(true);
    }

    void ends() {
        corral.last().done().complete(null);
    }
}
