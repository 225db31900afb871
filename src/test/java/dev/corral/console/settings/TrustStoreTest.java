package dev.corral.console.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class TrustStoreTest {
    @TempDir
    private Path folder;

    private TrustStore store(Path... known) {
        return new TrustStore(folder.resolve("config/trusted.json"), List.of(known));
    }

    private Path file(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void anUnknownOneIsAskedAboutAndAKnownOneIsNot() throws Exception {
        Path vagrantfile = file("a/Vagrantfile", "one");
        assertThat(store().trusts(vagrantfile)).isFalse();
        store().trustFile(vagrantfile);
        assertThat(store().trusts(vagrantfile)).isTrue();
        Files.writeString(vagrantfile, "two");
        assertThat(store().trusts(vagrantfile)).isFalse();
    }

    @Test
    void aFolderIsTrustedWithAllBelowIt() throws Exception {
        Path vagrantfile = file("b/deep/Vagrantfile", "x");
        store().trustFolder(folder.resolve("b"));
        assertThat(store().trusts(vagrantfile)).isTrue();
        assertThat(store().trusts(file("bb/Vagrantfile", "y"))).isFalse();
    }

    @Test
    void aLinkOutOfATrustedFolderIsNotTrusted() throws Exception {
        Path outside = file("outside/Vagrantfile", "x");
        Files.createDirectories(folder.resolve("in"));
        Path link = Files.createSymbolicLink(folder.resolve("in/Vagrantfile"), outside);
        assertThat(store(folder.resolve("in")).trusts(link)).isFalse();
    }

    @Test
    void aMissingOneIsAnExpectedFailure() {
        assertThatThrownBy(() -> store().trusts(folder.resolve("none/Vagrantfile")))
                .isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void aDamagedMemoryOnlyAsksAgain() throws Exception {
        Path vagrantfile = file("c/Vagrantfile", "x");
        file("config/trusted.json", "not json");
        assertThat(store().trusts(vagrantfile)).isFalse();
        store().trustFile(vagrantfile);
        assertThat(store().trusts(vagrantfile)).isTrue();
    }
}
