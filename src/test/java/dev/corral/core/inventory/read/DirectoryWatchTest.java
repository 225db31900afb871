package dev.corral.core.inventory.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which change of which folder is taken for what. */
@Tag("unit")
@Timeout(60)
class DirectoryWatchTest {
    @TempDir
    Path temp;

    private SandboxStore store;
    private InventoryReader reader;
    private SandboxFiles files;
    private Path machine;

    @BeforeEach
    void aSandboxWithAMachine() throws IOException {
        Environment environment = new Environment(Map.of("PATH", "/nowhere", "HOME", temp.toString()));
        store = new SandboxStore(temp.resolve("cache"));
        reader = new InventoryReader(environment, store, new Hypervisors(environment));
        files = store.create("s");
        Files.writeString(files.manifest(), "{}");
        machine = Files.createDirectories(files.directory().resolve(".vagrant/machines/default/stub"));
        Files.writeString(machine.resolve("id"), "1");
    }

    private Inventory read() {
        return reader.read(Survey.nothing(), reader.update(Changes.everything(), true), true);
    }

    /** What becomes known until a change of this sandbox does. */
    private static Changes told(DirectoryWatch watch, Path sandbox) throws InterruptedException {
        Set<Path> changed = new HashSet<>();
        boolean[] rest = new boolean[2];
        StubWorld.until(() -> {
            Changes changes = watch.take();
            rest[0] |= changes.list();
            rest[1] |= changes.machines();
            changed.addAll(changes.changed());
            return changed.contains(sandbox);
        });
        return new Changes(rest[0], rest[1], changed, Set.of());
    }

    @Test
    void ourOwnNotesAreNoNewsOfMachines() throws Exception {
        try (DirectoryWatch watch = new DirectoryWatch(store)) {
            watch.cover(read(), reader.places());
            assertThat(watch.take().covered()).containsExactly(files.directory());
            Files.writeString(files.journal(), "{}\n");
            Changes noted = told(watch, files.directory());
            assertThat(noted.changed()).containsExactly(files.directory());
            assertThat(noted.machines()).isFalse();
            assertThat(noted.list()).isFalse();
            Files.writeString(files.directory().resolve("file"), "");
            assertThat(told(watch, files.directory()).machines()).isFalse();
            Files.writeString(machine.resolve("id"), "2");
            assertThat(told(watch, files.directory()).machines()).isTrue();
        }
    }

    @Test
    void whatIsNotInTheInventoryIsNotCovered() throws Exception {
        Inventory before = read();
        SandboxFiles second = store.create("t");
        Files.writeString(second.manifest(), "{}");
        read();
        try (DirectoryWatch watch = new DirectoryWatch(store)) {
            watch.cover(before, reader.places());
            assertThat(watch.take().covered()).containsExactly(files.directory());
        }
    }

    @Test
    void whatNobodySaidWhereItLiesIsNotCovered() throws Exception {
        try (DirectoryWatch watch = new DirectoryWatch(store)) {
            watch.cover(read(), new Places(List.of(), List.of()));
            assertThat(watch.take().covered()).isEmpty();
        }
    }
}
