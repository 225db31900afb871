package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, manifests and removals of sandbox directories. */
@Tag("unit")
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
}
