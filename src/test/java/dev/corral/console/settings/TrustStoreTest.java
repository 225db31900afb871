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

    private static boolean trusts(TrustStore store, Path vagrantfile) {
        return store.unknown(vagrantfile).isEmpty();
    }

    private Path file(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void anUnknownOneIsAskedAboutAndAKnownOneIsNot() throws Exception {
        Path vagrantfile = file("a/Vagrantfile", "one");
        assertThat(trusts(store(), vagrantfile)).isFalse();
        store().trustContent(store().read(vagrantfile));
        assertThat(trusts(store(), vagrantfile)).isTrue();
        Files.writeString(vagrantfile, "two");
        assertThat(trusts(store(), vagrantfile)).isFalse();
    }

    @Test
    void aFolderIsTrustedWithAllBelowIt() throws Exception {
        Path vagrantfile = file("b/deep/Vagrantfile", "x");
        store().trustFolder(folder.resolve("b"));
        assertThat(trusts(store(), vagrantfile)).isTrue();
        assertThat(trusts(store(), file("bb/Vagrantfile", "y"))).isFalse();
        assertThat(trusts(store(), folder.resolve("b/none/Vagrantfile")))
                .as("nothing is read there")
                .isTrue();
    }

    @Test
    void aLinkOutOfATrustedFolderIsNotTrusted() throws Exception {
        Path outside = file("outside/Vagrantfile", "x");
        Files.createDirectories(folder.resolve("in"));
        Path link = Files.createSymbolicLink(folder.resolve("in/Vagrantfile"), outside);
        assertThat(trusts(store(folder.resolve("in")), link)).isFalse();
    }

    @Test
    void aMissingOneIsAnExpectedFailure() {
        assertThatThrownBy(() -> store().unknown(folder.resolve("none/Vagrantfile")))
                .isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void aDamagedMemoryOnlyAsksAgain() throws Exception {
        Path vagrantfile = file("c/Vagrantfile", "x");
        file("config/trusted.json", "not json");
        assertThat(trusts(store(), vagrantfile)).isFalse();
        store().trustContent(store().read(vagrantfile));
        assertThat(trusts(store(), vagrantfile)).isTrue();
    }

    @Test
    void theContentThatWasReadIsTrustedWhateverTheFileHoldsByThen() throws Exception {
        Path vagrantfile = file("d/Vagrantfile", "shown");
        TrustStore.Content shown = store().read(vagrantfile);
        Files.writeString(vagrantfile, "not shown");
        store().trustContent(shown);
        assertThat(trusts(store(), vagrantfile)).isFalse();
        Files.writeString(vagrantfile, "shown");
        assertThat(trusts(store(), vagrantfile)).isTrue();
    }

    @Test
    void whatNewerOnesRememberToIsNotForgotten() throws Exception {
        Path vagrantfile = file("e/Vagrantfile", "x");
        file(
                "config/trusted.json",
                "{\"hashes\":[\"" + store().read(vagrantfile).hash() + "\"],\"since\":1}");
        assertThat(trusts(store(), vagrantfile)).isTrue();
    }
}
