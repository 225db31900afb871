package dev.corral.core.inventory.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import dev.corral.core.base.FileGuard;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.inventory.Target;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exact look sees what changed in a sandbox though no notice of it has come, and reads what did not change only once. */
@Tag("unit")
class InventoryLookTest {
    private static final String MANIFEST = """
            {"schema_version":1,"id":"%s","created_at":"2026-02-06T10:00:00Z","origin":{"task":"t","sample":"%s"},
             "owner":{"pid":2147483647,"start_ticks":1,"boot_id":"","kind":"INSPECT"},"vagrantfile":"/x/Vagrantfile",
             "context":{"environment":{}},"machines":["a"],"primary":"a"}
            """;
    private static final FileTime LONG_AGO = FileTime.from(Instant.now().minus(Duration.ofHours(1)));

    @TempDir
    Path temp;

    private SandboxStore store;
    private InventoryReader reader;
    private SandboxFiles files;

    @BeforeEach
    void aSandboxThatWasReadLongAfterItWasMade() throws IOException {
        Environment environment = new Environment(Map.of("PATH", "/nowhere", "HOME", temp.toString()));
        store = new SandboxStore(temp.resolve("cache"));
        reader = new InventoryReader(environment, store, new Hypervisors(environment));
        files = store.create("s");
        Files.writeString(files.manifest(), MANIFEST.formatted(files.id(), "one"));
        Files.writeString(files.directory().resolve("Vagrantfile"), "");
        Files.writeString(
                files.journal(),
                "{\"at\":\"2026-02-06T10:00:00Z\",\"event\":\"WORKFLOW_STARTED\",\"workflow\":\"1\",\"kind\":\"start\"}\n");
        grownOld();
    }

    private void grownOld() throws IOException {
        for (Path path : List.of(files.manifest(), files.journal(), files.own())) {
            Files.setLastModifiedTime(path, LONG_AGO);
        }
    }

    // As if everything were watched and no notice had come yet.
    private Inventory look() {
        return look(Set.of());
    }

    private Inventory look(Set<Path> changed) {
        List<String> unread = reader.update(new Changes(false, false, changed, Set.of(files.directory())), true);
        return reader.read(Survey.nothing(), unread, true);
    }

    private SandboxView view() {
        return look().sandboxes().getFirst();
    }

    private InventoryItem item() {
        return look().items().getFirst();
    }

    @Test
    void whatDidNotChangeIsNotReadAgain() {
        SandboxView first = view();
        assertThat(view()).isSameAs(first);
        assertThat(look(Set.of(files.directory())).sandboxes().getFirst())
                .isEqualTo(first)
                .isNotSameAs(first);
    }

    @Test
    void aManifestThatWasReplacedIsRead() throws IOException {
        assertThat(view().manifest().orElseThrow().origin().sample()).isEqualTo("one");
        Files.writeString(files.manifest(), MANIFEST.formatted(files.id(), "two"));
        assertThat(view().manifest().orElseThrow().origin().sample()).isEqualTo("two");
    }

    @Test
    void aManifestThatChangesTwiceAtTheSameTimeIsRead() throws IOException {
        FileTime now = FileTime.from(Instant.now());
        Files.setLastModifiedTime(files.manifest(), now);
        assertThat(view().manifest().orElseThrow().origin().sample()).isEqualTo("one");
        Files.writeString(files.manifest(), MANIFEST.formatted(files.id(), "two"));
        Files.setLastModifiedTime(files.manifest(), now);
        Files.setLastModifiedTime(files.own(), LONG_AGO);
        assertThat(view().manifest().orElseThrow().origin().sample()).isEqualTo("two");
    }

    @Test
    void aManifestBehindALinkIsNoneOfOurs() throws IOException {
        view();
        Path elsewhere = Files.move(files.manifest(), temp.resolve("elsewhere"));
        Files.createSymbolicLink(files.manifest(), elsewhere);
        assertThat(look().sandboxes()).singleElement().satisfies(view -> assertThat(view.manifest())
                .isEmpty());
    }

    @Test
    void aJournalThatGrewIsReadAlsoBehindALink() throws IOException {
        Path elsewhere = Files.move(files.journal(), temp.resolve("journal"));
        Files.createSymbolicLink(files.journal(), elsewhere);
        Files.setLastModifiedTime(files.own(), LONG_AGO);
        assertThat(view().operation()).isPresent();
        Files.writeString(elsewhere, "");
        assertThat(view().operation()).isEmpty();
    }

    @Test
    void aLockThatIsTakenForTheFirstTimeIsSeen() throws IOException {
        assertThat(item().state()).isEqualTo(ItemState.LEFTOVER);
        try (FileGuard held = FileGuard.tryTake(files.lock()).orElseThrow()) {
            assertThat(item().state()).isEqualTo(ItemState.LIVE);
        }
        assertThat(item().state()).isEqualTo(ItemState.LEFTOVER);
        try (FileGuard used = FileGuard.tryTake(files.use()).orElseThrow()) {
            assertThat(item().reason()).startsWith("Somebody with a shell");
        }
    }

    // Hypervisors answer between the reading of the files and the look at the locks.
    private InventoryItem whileHypervisorsAnswer(Path lock) throws IOException {
        List<String> unread = reader.update(new Changes(false, false, Set.of(), Set.of(files.directory())), true);
        try (FileGuard held = FileGuard.tryTake(lock).orElseThrow()) {
            return reader.read(Survey.nothing(), unread, true).items().getFirst();
        }
    }

    @Test
    void aFirstShellWhileHypervisorsAnswerIsSeen() throws IOException {
        assertThat(item().state()).isEqualTo(ItemState.LEFTOVER);
        assertThat(whileHypervisorsAnswer(files.use()).reason()).startsWith("Somebody with a shell");
    }

    @Test
    void aFirstCommandWhileHypervisorsAnswerIsSeen() throws IOException {
        assertThat(item().state()).isEqualTo(ItemState.LEFTOVER);
        assertThat(whileHypervisorsAnswer(files.lock()).state()).isEqualTo(ItemState.LIVE);
    }

    @Test
    void whoHoldsALockHoldsItThoughVagrantsRootIsGone() throws IOException {
        Path away = Files.move(files.directory(), temp.resolve("away"));
        try (FileGuard held = FileGuard.tryTake(files.lock()).orElseThrow()) {
            assertThat(item().state()).as("looked at first").isEqualTo(ItemState.LIVE);
        }
        Files.move(away, files.directory());
        assertThat(item().state()).isEqualTo(ItemState.LEFTOVER);
        SafeFiles.deleteTree(files.directory());
        try (FileGuard held = FileGuard.tryTake(files.lock()).orElseThrow()) {
            assertThat(item().state()).isEqualTo(ItemState.LIVE);
        }
    }

    @Test
    void aLockInAFolderThatChangesTwiceAtTheSameTimeIsSeen() throws IOException {
        FileTime now = FileTime.from(Instant.now());
        Files.setLastModifiedTime(files.own(), now);
        assertThat(item().state()).isEqualTo(ItemState.LEFTOVER);
        try (FileGuard held = FileGuard.tryTake(files.lock()).orElseThrow()) {
            Files.setLastModifiedTime(files.own(), now);
            assertThat(item().state()).isEqualTo(ItemState.LIVE);
        }
    }

    @Test
    void aLockThatWasMadeAnewIsSeen() throws IOException {
        FileGuard.tryTake(files.lock()).orElseThrow().close();
        Files.setLastModifiedTime(files.own(), LONG_AGO);
        assertThat(item().state()).isEqualTo(ItemState.LEFTOVER);
        // Kept open, so that the next one is another file for certain.
        try (var open = Files.newInputStream(files.lock())) {
            Files.delete(files.lock());
            try (FileGuard held = FileGuard.tryTake(files.lock()).orElseThrow()) {
                assertThat(item().state()).isEqualTo(ItemState.LIVE);
            }
        }
    }

    @Test
    void whoMayWriteIsAskedEachTime() throws IOException {
        for (Path path :
                List.of(files.directory(), files.directory().resolve("Vagrantfile"), files.own(), files.manifest())) {
            assertThat(item().target()).as(path + " of nobody else").isInstanceOf(Target.Sandbox.class);
            var before = Files.getPosixFilePermissions(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
            assertThat(item().target()).as(path.toString()).isInstanceOf(Target.None.class);
            Files.setPosixFilePermissions(path, before);
        }
    }

    @Test
    void whatIsNotedOfMachinesIsReadAndHasToBeAskedFor() throws IOException {
        look();
        look();
        assertThat(reader.otherMachines()).isFalse();
        MachineIdentity.write(files, List.of(new MachineIdentity("a", "libvirt", "", "s_a", true, "uuid-1")));
        look();
        assertThat(reader.otherMachines()).isTrue();
        assertThat(reader.providers().values()).containsExactly(Set.of("libvirt"));
        look();
        assertThat(reader.otherMachines()).as("told once").isFalse();
        MachineIdentity.forget(files, machine -> true);
        look();
        assertThat(reader.otherMachines()).isTrue();
    }

    @Test
    void aLinePutIntoTheJournalIsNoOtherMachine() throws IOException {
        look();
        Files.writeString(files.journal(), "");
        look(Set.of(files.directory()));
        assertThat(reader.otherMachines()).isFalse();
    }
}
