package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, manifests and removals of sandbox directories. */
@Tag("unit")
@Tag("any_user")
class SandboxStoreTest {
    @TempDir
    Path temp;

    @Test
    void namesBeginWithTheSample() {
        SandboxStore store = new SandboxStore(temp.resolve("cache"));
        assertThat(store.create("sqli-01").id()).matches("sqli-01-[0-9a-f]{8}");
        assertThat(store.create("").id()).matches("[0-9a-f]{8}");
        assertThat(store.create("a/b c").id()).matches("a-b-c-[0-9a-f]{8}");
        assertThat(store.create("x".repeat(300)).id()).matches("x{8}-[0-9a-f]{8}");
        assertThat(store.create("../../etc").id()).matches("et-[0-9a-f]{8}");
        assertThat(store.create("\u202Egnp.exe\u0000\n").id()).matches("gnp-exe-[0-9a-f]{8}");
        assertThat(store.create("日本語").id()).matches("[0-9a-f]{8}");
        assertThat(store.create("$(rm)'\"").id()).matches("rm-[0-9a-f]{8}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"schema_version\":1,\"id\":\"x\"",
                "\u0000\u0000\u0000",
                "{\"schema_version\":1,\"id\":\"x\",\"created_at\":\"yesterday\",\"owner\":{},\"context\":{}}",
                "{\"id\":\"x\",\"created_at\":\"2026-02-06T10:00:00Z\",\"owner\":"
                        + "{\"pid\":1,\"kind\":\"INSPECT\"},\"context\":{},\"machines\":[null]}"
            })
    void aDamagedManifestSaysNothing(String content) throws Exception {
        SandboxFiles files = SandboxFiles.inOne(Files.createDirectories(temp.resolve("0a1b2c3d")));
        Files.writeString(files.manifest(), content);
        assertThat(SandboxStore.manifest(files)).isEqualTo(Optional.empty());
    }

    @Test
    void aPartOfTheNameWillDo() throws Exception {
        SandboxStore store = new SandboxStore(temp);
        for (String id : new String[] {"one-0a1b2c3d", "two-0a1b2c3e", "two-99999999"}) {
            Files.writeString(Files.createDirectories(temp.resolve(id)).resolve("Vagrantfile"), "");
        }
        assertThat(store.find("one").id()).isEqualTo("one-0a1b2c3d");
        assertThat(store.find("99999999").id()).isEqualTo("two-99999999");
        assertThatThrownBy(() -> store.find("two")).isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(ExpectedFailure.Kind.USAGE);
            assertThat(failure).hasMessageContaining("two-0a1b2c3e");
        });
        assertThatThrownBy(() -> store.find("on")).isInstanceOf(ExpectedFailure.class);
        assertThatThrownBy(() -> store.find("../one-0a1b2c3d")).isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void removesNothingOutsideTheCacheDirectory() throws Exception {
        SandboxStore store = new SandboxStore(Files.createDirectories(temp.resolve("cache")));
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Files.createSymbolicLink(store.cache().resolve("link"), outside);
        for (Path directory : new Path[] {outside, store.cache(), store.cache().resolve("link"), temp}) {
            assertThatThrownBy(() -> store.remove(SandboxFiles.inOne(directory), false))
                    .hasMessageContaining("not a directory below");
        }
        assertThat(outside).exists();
    }

    @Test
    void rubbishThatIsStillWholeCanBeRemovedAndASandboxCanNot() throws Exception {
        SandboxStore store = new SandboxStore(temp.resolve("cache"));
        SandboxFiles files = store.create("");
        Files.writeString(files.manifest(), "{}");
        assertThatThrownBy(() -> store.removeFolder(files.directory())).hasMessageContaining("could be removed");
        // Killed right after the rename.
        Path rubbish = Files.createDirectories(store.trash()).resolve(files.id() + "-0123456789abcdef");
        Files.move(files.directory(), rubbish);
        store.removeFolder(rubbish);
        assertThat(rubbish).doesNotExist();
    }

    @Test
    void keepsTheNewestStoriesOnly() throws Exception {
        SandboxStore store = new SandboxStore(temp.resolve("cache"));
        for (int count = 0; count < 60; count++) {
            SandboxFiles files = store.create("");
            Files.writeString(files.directory().resolve("Vagrantfile"), "");
            store.remove(files, true);
        }
        assertThat(EndedSandboxes.list(store.endedDirectory())).hasSize(50);
        assertThat(store.list()).isEmpty();
    }

    private Path sandbox(Path parent, String id) throws IOException {
        Path directory = Files.createDirectories(parent.resolve(id));
        Files.writeString(directory.resolve("Vagrantfile"), "");
        return directory;
    }

    @Test
    void aNewSandboxIsForItsUserOnlyAndNotedBefore() throws Exception {
        SandboxStore store = new SandboxStore(temp.resolve("cache"));
        SandboxFiles files = store.create("s");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.directory())))
                .isEqualTo("rwx------");
        assertThat(store.made().ids()).containsExactly(files.id());
        assertThat(store.create("s").id()).isNotEqualTo(files.id());
        assertThat(store.made().file()).isEqualTo(temp.resolve("cache/.corral/made"));
        assertThat(store.resolvedFolder()).isEqualTo(temp.resolve("cache/.corral/resolved"));
        assertThat(store.historyFile()).isEqualTo(temp.resolve("cache/.corral/history.jsonl"));
    }

    @Test
    void nothingIsMadeBehindALink() throws Exception {
        Path real = Files.createDirectories(temp.resolve("real"));
        SandboxStore store = new SandboxStore(Files.createSymbolicLink(temp.resolve("cache"), real));
        assertThatThrownBy(() -> store.create("s"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("is a link");
        assertThat(real).isEmptyDirectory();
    }

    @Test
    void theCacheIsNamedByItsWholePath() {
        assertThat(new SandboxStore(Path.of("a/../b")).cache())
                .isEqualTo(Path.of("b").toAbsolutePath());
    }

    @Test
    void aListShowsSandboxesOfEveryMakerAndNothingElse() throws Exception {
        SandboxStore store = new SandboxStore(temp);
        Path manifest = Files.createDirectories(temp.resolve("with-manifest"));
        Files.writeString(manifest.resolve("corral.json"), "{}");
        Path old = sandbox(temp, "with-vagrantfile");
        Path notes = Files.createDirectories(temp.resolve("with-notes"));
        Files.createDirectories(notes.resolve(".vagrant/machines"));
        Path nested = sandbox(temp.resolve("night"), "nested");
        sandbox(temp.resolve("night/deeper"), "too-deep");
        sandbox(temp.resolve(".corral"), "own");
        Path linked = Files.createDirectories(temp.resolve("linked-manifest"));
        Files.createSymbolicLink(linked.resolve("corral.json"), manifest.resolve("corral.json"));
        Files.writeString(temp.resolve("file"), "");
        Files.createSymbolicLink(temp.resolve("link"), old);
        SandboxStore.Listing listing = store.look();
        assertThat(listing.sandboxes())
                .extracting(SandboxFiles::directory)
                .containsExactlyInAnyOrder(manifest, old, notes, nested);
        assertThat(listing.others())
                .containsExactlyInAnyOrder(temp.resolve("night"), temp.resolve("night/deeper"), linked);
        assertThat(listing.unreadable()).isEmpty();
        assertThat(store.list()).hasSameElementsAs(listing.sandboxes());
        assertThat(new SandboxStore(temp.resolve("never")).list()).isEmpty();
        assertThat(new SandboxStore(temp.resolve("file")).list()).isEmpty();
    }

    @Test
    void theWholeNameCountsBeforeAPartOfOthers() throws Exception {
        SandboxStore store = new SandboxStore(temp);
        sandbox(temp, "one");
        sandbox(temp, "one-two");
        sandbox(temp, "ab");
        assertThat(store.find("one").id()).isEqualTo("one");
        assertThat(store.find("ab").id()).isEqualTo("ab");
        assertThat(store.find("two").id()).isEqualTo("one-two");
        assertThatThrownBy(() -> store.find("nosuch"))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ExpectedFailure.Kind.NOT_FOUND));
    }

    @Test
    void aSandboxIsFoundByItsDirectory() throws Exception {
        SandboxStore store = new SandboxStore(temp);
        Path directory = sandbox(temp, "one");
        Path other = Files.createDirectories(temp.resolve("other"));
        assertThat(store.at(directory).directory()).isEqualTo(directory);
        assertThatThrownBy(() -> store.at(other)).hasMessage("There is no sandbox in " + other + ".");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> store.at(directory)).hasMessageContaining("Other users can write to " + directory);
        assertThatThrownBy(() -> store.find("one")).hasMessageContaining("Other users can write to " + directory);
    }

    @Test
    void whatOthersCanWriteToIsAtFault() throws Exception {
        SandboxStore store = new SandboxStore(Files.createDirectories(temp.resolve("cache")));
        SandboxFiles files = SandboxFiles.inOne(sandbox(store.cache().resolve("night"), "one"));
        assertThat(store.fault()).isEmpty();
        assertThat(store.fault(files)).isEmpty();
        Files.setPosixFilePermissions(
                files.directory().resolve("Vagrantfile"), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(store.fault(files)).isPresent();
        Files.setPosixFilePermissions(
                files.directory().resolve("Vagrantfile"), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(store.cache().resolve("night"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(store.fault(files)).as("the folder that it lies in").isPresent();
        assertThat(store.fault()).isEmpty();
        Files.setPosixFilePermissions(store.cache(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(store.fault()).isPresent();
        assertThat(store.fault(sandbox(store.cache(), "two")))
                .as("the cache directory's own faults apart")
                .isEmpty();
        Files.setPosixFilePermissions(store.cache(), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(store.fault()).as("who can put another cache in its place").isPresent();
    }

    @Test
    void aChangeIsWrittenOnlyIfItIsOne() throws Exception {
        SandboxStore store = new SandboxStore(temp);
        SandboxFiles files = SandboxFiles.inOne(Files.createDirectories(temp.resolve("0a1b2c3d")));
        assertThat(store.change(files, known -> known.withCopied(Path.of(known.directory()), known.copied(), "x")))
                .isEmpty();
        assertThat(files.manifest()).doesNotExist();
        Files.writeString(
                files.manifest(),
                "{\"schema_version\":2,\"id\":\"0a1b2c3d\",\"created_at\":\"2026-02-06T10:00:00Z\","
                        + "\"owner\":{\"pid\":1,\"kind\":\"INSPECT\"},\"context\":{}}");
        String before = Files.readString(files.manifest());
        assertThat(store.change(files, known -> known.withCopied(Path.of(known.directory()), known.copied(), "")))
                .isPresent();
        assertThat(files.manifest()).hasContent(before);
        assertThat(store.change(files, known -> known.withCopied(Path.of(known.directory()), known.copied(), "x")))
                .isPresent();
        assertThat(SandboxStore.known(files).orElseThrow().inputs()).isEqualTo("x");
        assertThat(files.manifestLock()).isEmptyFile();
    }

    @Test
    void aRemovedSandboxLeavesItsStoryIfWanted() throws Exception {
        SandboxStore store = new SandboxStore(temp.resolve("cache"));
        SandboxFiles told = store.create("");
        Files.writeString(told.directory().resolve("Vagrantfile"), "v");
        Files.writeString(told.manifest(), "m");
        Files.writeString(told.journal(), "j");
        Files.writeString(Files.createDirectories(told.logs()).resolve("up.log"), "l");
        Files.createDirectories(told.logs().resolve("folder"));
        Files.writeString(told.directory().resolve("secret"), "s");
        store.remove(told, true);
        assertThat(told.directory()).doesNotExist();
        SandboxFiles story = EndedSandboxes.list(store.endedDirectory()).getFirst();
        assertThat(story.id()).isEqualTo(told.id());
        assertThat(story.directory().resolve("Vagrantfile")).hasContent("v");
        assertThat(story.manifest()).hasContent("m");
        assertThat(story.journal()).hasContent("j");
        assertThat(story.logs().resolve("up.log")).hasContent("l");
        assertThat(story.directory().resolve("secret")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(story.logs())))
                .isEqualTo("rwx------");
        SandboxFiles untold = store.create("");
        store.remove(untold, false);
        assertThat(untold.directory()).doesNotExist();
        assertThat(EndedSandboxes.list(store.endedDirectory())).hasSize(1);
        assertThat(store.trash()).isEmptyDirectory();
        assertThat(EndedSandboxes.list(temp.resolve("never"))).isEmpty();
    }

    @Test
    void storiesComeNewestFirst() throws Exception {
        for (int day = 1; day <= 3; day++) {
            Path story = Files.createDirectories(temp.resolve("story" + day));
            Files.setLastModifiedTime(story, FileTime.from(Instant.EPOCH.plusSeconds(day * 86_400L)));
        }
        Files.writeString(temp.resolve("file"), "");
        assertThat(EndedSandboxes.list(temp))
                .extracting(SandboxFiles::id)
                .containsExactly("story3", "story2", "story1");
    }

    @Test
    void onlyFoldersOfTheCacheThatHoldNoSandboxAreRemoved() throws Exception {
        SandboxStore store = new SandboxStore(Files.createDirectories(temp.resolve("cache")));
        Path folder = Files.createDirectories(store.cache().resolve("empty/below"));
        Path outside = Files.createDirectories(temp.resolve("outside/below"));
        Path link = Files.createSymbolicLink(store.cache().resolve("link"), outside.getParent());
        for (Path refused : List.of(
                outside,
                store.cache(),
                link,
                link.resolve("below"),
                store.cache().resolve("empty/../empty"),
                sandbox(store.cache(), "sandbox"))) {
            assertThatThrownBy(() -> store.removeFolder(refused))
                    .as(refused.toString())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is not a folder of");
        }
        assertThat(outside).isDirectory();
        assertThat(store.cache().resolve("sandbox")).isDirectory();
        store.removeFolder(store.cache().resolve("never"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> store.removeFolder(folder)).isInstanceOf(ExpectedFailure.class);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        store.removeFolder(folder.getParent());
        assertThat(store.cache().resolve("empty")).doesNotExist();
    }
}
