package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a sandbox's files lie: what a guest may be shown, and what is ours. */
@Tag("unit")
@Tag("any_user")
class LayoutTest {
    @TempDir
    private Path temp;

    private SandboxStore store;

    @BeforeEach
    void open() throws IOException {
        store = new SandboxStore(Files.createDirectories(temp.resolve("cache")));
    }

    private SandboxFiles made() throws IOException {
        SandboxFiles files = store.create("task");
        Files.writeString(files.directory().resolve("Vagrantfile"), "");
        write(files);
        return files;
    }

    private void write(SandboxFiles files) throws IOException {
        store.write(
                files,
                new Manifest(
                        Manifest.SCHEMA_VERSION,
                        files.id(),
                        Instant.now(),
                        Owners.self(Owner.Kind.CONSOLE),
                        Manifest.Origin.none(),
                        "/x/Vagrantfile",
                        new Manifest.StartContext(Optional.empty(), Map.of()),
                        List.of("default"),
                        Optional.of("default"),
                        List.of(),
                        Optional.empty()));
    }

    @Test
    void whatIsOursLiesApartAndForUsAlone() throws IOException {
        SandboxFiles files = made();
        assertThat(files.directory()).isEqualTo(store.cache().resolve(files.id()));
        assertThat(files.folder()).isEqualTo(files.directory());
        assertThat(files.cache()).isEqualTo(store.cache());
        for (Path ours : List.of(
                files.manifest(), files.journal(), files.logs(), files.sshConfig(), files.lock(), files.use())) {
            assertThat(ours.startsWith(files.directory())).as(ours.toString()).isFalse();
            assertThat(ours.getParent()).isEqualTo(store.cache().resolve(".corral/sandboxes/" + files.id()));
        }
        for (Path directory : List.of(files.directory(), files.own())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
        }
        assertThat(store.list()).containsExactly(files);
        assertThat(store.files(files.directory())).contains(files);
        assertThat(store.find(files.id())).isEqualTo(files);
    }

    @Test
    void roomAboveIsTheSandboxsOwn() throws IOException {
        SandboxFiles deep = store.withRoomAbove(made(), Path.of("envs/lab"));
        assertThat(deep.directory()).isEqualTo(store.cache().resolve(deep.id() + "/envs/lab/" + deep.id()));
        assertThat(deep.folder()).isEqualTo(store.cache().resolve(deep.id()));
        assertThat(store.list()).containsExactly(deep);
        assertThat(store.look().others()).isEmpty();
        assertThat(store.files(deep.directory())).contains(deep);
        assertThat(store.files(deep.folder())).isEmpty();
        SandboxFiles next = store.withRoomAbove(made(), Path.of(""));
        assertThat(next.directory()).isEqualTo(next.folder().resolve(next.id()));
        assertThatThrownBy(() -> store.withRoomAbove(made(), Path.of("../elsewhere")))
                .isInstanceOf(IOException.class);
        store.remove(deep, false);
        assertThat(deep.folder()).doesNotExist();
        assertThat(deep.own()).doesNotExist();
    }

    @Test
    void aLinkThatLeadsElsewhereCountsForNothing() throws IOException {
        SandboxFiles files = made();
        for (String target : List.of("../../../../outside/" + files.id(), "../../../other", "/", "../..")) {
            Path link = files.own().resolve("root");
            Files.deleteIfExists(link);
            Path outside = Files.createDirectories(temp.resolve("outside").resolve(files.id()));
            Files.createSymbolicLink(link, Path.of(target));
            assertThat(store.list()).as(target).containsExactly(files);
            assertThat(outside).exists();
        }
    }

    @Test
    void layoutOneAndTheOriginalPluginsAreKnown() throws IOException {
        SandboxFiles first =
                SandboxFiles.inOne(Files.createDirectories(store.cache().resolve("0a1b2c3d")));
        write(first);
        SandboxFiles original =
                SandboxFiles.inOne(Files.createDirectories(store.cache().resolve("99999999")));
        Files.writeString(original.directory().resolve("Vagrantfile"), "");
        SandboxFiles nested =
                SandboxFiles.inOne(Files.createDirectories(store.cache().resolve("night/88888888")));
        Files.writeString(nested.directory().resolve("Vagrantfile"), "");
        SandboxFiles apart = new SandboxStore(store.cache().resolve("night")).create("");
        write(apart);
        assertThat(store.list()).containsExactlyInAnyOrder(first, original, nested, apart);
        for (SandboxFiles files : List.of(first, original, nested, apart)) {
            assertThat(store.files(files.directory())).contains(files);
        }
        assertThat(apart.cache()).isEqualTo(store.cache().resolve("night"));
        store.remove(first, false);
        store.remove(apart, false);
        assertThat(store.list()).containsExactlyInAnyOrder(original, nested);
    }

    @Test
    void whatAGuestMakesInItsShareIsNoSandbox() throws IOException {
        SandboxFiles files = made();
        Path planted = Files.createDirectories(files.directory().resolve(".corral/sandboxes/planted"));
        Files.copy(files.manifest(), planted.resolve("corral.json"));
        Files.createDirectories(files.directory().resolve("planted/.vagrant/machines"));
        SandboxFiles deep = store.withRoomAbove(made(), Path.of("a"));
        Path twin = Files.createDirectories(deep.folder().resolve(".corral/sandboxes/" + deep.id()));
        Files.copy(files.manifest(), twin.resolve("corral.json"));
        assertThat(store.list()).containsExactlyInAnyOrder(files, deep);
        assertThat(store.files(deep.directory())).contains(deep);
    }

    @Test
    void aRemovalThatIsCutOffLeavesAManifest() throws IOException {
        SandboxFiles files = made();
        // As a crash between its two steps leaves it.
        Files.delete(files.directory().resolve("Vagrantfile"));
        Files.delete(files.directory());
        assertThat(store.list()).containsExactly(files);
        assertThat(SandboxStore.manifest(files)).isPresent();
        store.remove(files, true);
        assertThat(store.list()).isEmpty();
        assertThat(EndedSandboxes.list(store.endedDirectory())).hasSize(1);
    }

    @Test
    void noSandboxIsRemovedAsAFolder() throws IOException {
        SandboxFiles files = made();
        SandboxFiles deep = store.withRoomAbove(made(), Path.of("a"));
        for (Path folder : List.of(files.directory(), files.own(), deep.folder(), deep.own(), deep.directory())) {
            assertThatThrownBy(() -> store.removeFolder(folder))
                    .as(folder.toString())
                    .isInstanceOf(IOException.class);
        }
        assertThat(store.list()).containsExactlyInAnyOrder(files, deep);
        Path never = Files.createDirectories(SandboxStore.ours(store.cache()).resolve("77777777"));
        store.removeFolder(never);
        assertThat(never).doesNotExist();
    }
}
