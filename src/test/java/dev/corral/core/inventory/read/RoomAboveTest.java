package dev.corral.core.inventory.read;

import dev.corral.core.base.Environment;
import dev.corral.core.base.Subscription;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start makes room above Vagrant's root only when it knows what the Vagrantfile reads there, and its manifest is seen before that: what
 * happens then is followed, at whatever moment the root went elsewhere.
 */
@Tag("unit")
@Timeout(60)
class RoomAboveTest {
    @TempDir
    private Path temp;

    private SandboxStore store;
    private LocalInventoryMonitor monitor;
    private SandboxFiles files;
    private final AtomicReference<Optional<SandboxView>> told = new AtomicReference<>(Optional.empty());

    @BeforeEach
    void begin() throws IOException {
        Environment environment = new Environment(Map.of("PATH", "/nowhere", "HOME", temp.toString()));
        store = new SandboxStore(temp.resolve("cache"));
        monitor = new LocalInventoryMonitor(environment, store, new Hypervisors(environment));
        files = store.create("above");
        ProcessIdentity me = ProcessIdentity.self();
        String process = "{\"pid\":%d,\"start_ticks\":%d}".formatted(me.pid(), me.startTicks());
        journal(
                "{\"at\":\"2026-02-06T10:00:00Z\",\"event\":\"WORKFLOW_STARTED\",\"workflow\":\"w\",\"kind\":\"start\",\"process\":%s}"
                        .formatted(process));
        Files.writeString(files.manifest(), """
                {"schema_version":2,"id":"%s","created_at":"2026-02-06T10:00:00Z","vagrantfile":"/x/Vagrantfile",
                 "owner":{"pid":%d,"start_ticks":%d,"boot_id":"","kind":"CONSOLE"},"context":{"environment":{}},"machines":["a"]}
                """.formatted(files.id(), me.pid(), me.startTicks()));
    }

    @AfterEach
    void end() {
        monitor.close();
    }

    private void journal(String line) throws IOException {
        Files.writeString(files.journal(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private SandboxFiles room() {
        try {
            return store.withRoomAbove(files, Path.of("lab"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Subscription follow(Consumer<SandboxView> first) {
        return monitor.subscribe((Inventory inventory) -> {
            Optional<SandboxView> seen = inventory.sandbox(files.id());
            if (seen.isPresent() && told.getAndSet(seen).isEmpty()) {
                first.accept(seen.get());
            }
        });
    }

    private boolean tells(Path root, String phase, String id) {
        return told.get()
                .filter(view -> view.directory().equals(root))
                .filter(view -> view.operation()
                        .flatMap(operation -> operation.currentPhase())
                        .map(PhaseSpan::name)
                        .filter(phase::equals)
                        .isPresent())
                .filter(view -> view.machines().stream()
                        .anyMatch(machine -> machine.id().equals(id)))
                .isPresent();
    }

    private void goesOnIn(Path root) throws Exception {
        journal(
                "{\"at\":\"2026-02-06T10:00:01Z\",\"event\":\"PHASE\",\"workflow\":\"w\",\"machine\":\"a\",\"phase\":\"boot\","
                        + "\"step\":{\"kind\":\"BOOT\"}}");
        Path machine = Files.createDirectories(root.resolve(".vagrant/machines/a/stub"));
        Files.writeString(machine.resolve("id"), "the-id");
        StubWorld.until(() -> tells(root, "boot", "the-id"));
        journal(
                "{\"at\":\"2026-02-06T10:00:02Z\",\"event\":\"PHASE\",\"workflow\":\"w\",\"machine\":\"a\",\"phase\":\"wait for SSH\","
                        + "\"step\":{\"kind\":\"SSH\"}}");
        StubWorld.until(() -> tells(root, "wait for SSH", "the-id"));
    }

    @Test
    void roomThatIsMadeWhileTheFirstLookIsTakenIsFollowed() throws Exception {
        AtomicReference<SandboxFiles> now = new AtomicReference<>(files);
        // Listeners are told before the folders of what they are told of are watched.
        try (Subscription subscription = follow(view -> now.set(room()))) {
            StubWorld.until(() -> now.get() != files);
            goesOnIn(now.get().directory());
        }
    }

    @Test
    void roomThatIsMadeLaterIsFollowed() throws Exception {
        try (Subscription subscription = follow(view -> {})) {
            StubWorld.until(() -> told.get().isPresent());
            // Its folders are watched by now.
            journal("{\"at\":\"2026-02-06T10:00:00Z\",\"event\":\"PHASE\",\"workflow\":\"w\",\"phase\":\"copy\","
                    + "\"step\":{\"kind\":\"COPY\"}}");
            StubWorld.until(() -> told.get()
                    .flatMap(SandboxView::operation)
                    .filter(operation -> !operation.phases().isEmpty())
                    .isPresent());
            goesOnIn(room().directory());
        }
    }
}
