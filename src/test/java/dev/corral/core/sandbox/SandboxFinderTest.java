package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.FileLook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folder below a cache directory is which sandbox, whatever a guest puts into one. */
@Tag("unit")
class SandboxFinderTest {
    @TempDir
    Path temp;

    private Path cache;
    private SandboxStore store;

    @BeforeEach
    void aCacheDirectory() throws IOException {
        cache = Files.createDirectories(temp.resolve("cache"));
        store = new SandboxStore(cache);
    }

    private static SandboxFiles noted(SandboxFiles files) throws IOException {
        Files.writeString(files.manifest(), "{}");
        return files;
    }

    @Test
    void aSandboxIsFoundByItsRoot() throws Exception {
        SandboxFiles files = noted(store.create("s"));
        assertThat(SandboxFinder.at(cache, files.directory())).contains(files);
        assertThat(SandboxFinder.at(cache, cache)).isEmpty();
        assertThat(SandboxFinder.at(cache, temp.resolve("elsewhere"))).isEmpty();
        assertThat(SandboxFinder.at(cache, cache.resolve("nothing"))).isEmpty();
        assertThat(SandboxFinder.at(cache, files.directory().resolve("below"))).isEmpty();
    }

    @Test
    void withRoomAboveTheRootLiesDeeper() throws Exception {
        SandboxFiles files = noted(store.create("s"));
        SandboxFiles deeper = store.withRoomAbove(files, Path.of("lab/first"));
        assertThat(deeper.directory())
                .isEqualTo(files.folder().resolve("lab/first").resolve(files.id()))
                .isDirectory();
        assertThat(SandboxFinder.at(cache, deeper.directory())).contains(deeper);
        assertThat(SandboxFinder.at(cache, files.folder()))
                .as("it is no root any more")
                .isEmpty();
        assertThat(store.list()).containsExactly(deeper);
        assertThatThrownBy(() -> store.withRoomAbove(deeper, Path.of("../..")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no folder in sandbox");
        SandboxFiles old = SandboxFiles.inOne(Files.createDirectories(cache.resolve("old")));
        assertThatThrownBy(() -> store.withRoomAbove(old, Path.of("lab")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no folder in sandbox");
    }

    @Test
    void aLinkThatLeadsOutOrToAnotherNameIsNoRoot() throws Exception {
        for (String to : new String[] {"../../../../../elsewhere", "../../../%s/other", "../../.."}) {
            SandboxFiles files = noted(store.create("s"));
            Path target = files.own().resolve(to.formatted(files.id())).normalize();
            Files.createDirectories(target);
            Files.createSymbolicLink(files.own().resolve("root"), Path.of(to.formatted(files.id())));
            assertThat(SandboxFinder.apart(cache, files.own())).as(to).isEqualTo(files);
        }
        SandboxFiles files = noted(store.create("s"));
        Files.writeString(files.own().resolve("root"), "no link");
        assertThat(SandboxFinder.apart(cache, files.own())).isEqualTo(files);
    }

    @Test
    void theOutermostCounts() throws Exception {
        SandboxFiles outer = noted(store.create("s"));
        // What a guest may make in its share.
        Path inner = outer.directory().resolve("t-0a1b2c3d");
        Files.createDirectories(inner);
        Path forged = Files.createDirectories(outer.directory()
                .resolve(SandboxFiles.OURS)
                .resolve(outer.directory().getFileName()));
        Files.writeString(forged.resolve("corral.json"), "{}");
        assertThat(SandboxFinder.at(cache, outer.directory())).contains(outer);
        assertThat(store.list()).containsExactly(outer);
    }

    @Test
    void thoseOfAnotherSuffixLieOneLevelDeeper() throws Exception {
        Path suffix = Files.createDirectories(cache.resolve("suffix"));
        SandboxFiles files = noted(new SandboxStore(suffix).create("s"));
        assertThat(SandboxFinder.at(cache, files.directory())).contains(files);
        assertThat(store.list()).containsExactly(files);
        assertThat(SandboxFinder.look(cache, new FileLook()).others()).contains(suffix);
    }

    @Test
    void thoseOfOneFolderAreKnownByWhatLiesInThem() throws Exception {
        Path vagrantfile = Files.createDirectories(cache.resolve("a-0a1b2c3d"));
        Files.writeString(vagrantfile.resolve("Vagrantfile"), "");
        Path noted = Files.createDirectories(cache.resolve("b-0a1b2c3d"));
        Files.writeString(noted.resolve("corral.json"), "{}");
        Path machines = cache.resolve("c-0a1b2c3d");
        Files.createDirectories(machines.resolve(".vagrant/machines"));
        Path rubbish = Files.createDirectories(cache.resolve("d-0a1b2c3d"));
        for (Path one : new Path[] {vagrantfile, noted, machines}) {
            assertThat(SandboxFinder.at(cache, one)).contains(SandboxFiles.inOne(one));
        }
        assertThat(SandboxFinder.at(cache, rubbish)).isEmpty();
        assertThat(store.list())
                .containsExactlyInAnyOrder(
                        SandboxFiles.inOne(vagrantfile), SandboxFiles.inOne(noted), SandboxFiles.inOne(machines));
        assertThat(SandboxFinder.look(cache, new FileLook()).others())
                .contains(rubbish)
                .doesNotContain(noted, vagrantfile, machines);
    }
}
