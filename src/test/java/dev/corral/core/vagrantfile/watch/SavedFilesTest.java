package dev.corral.core.vagrantfile.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.vagrantfile.Resolution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which saves are noticed, and as how many. */
@Tag("unit")
class SavedFilesTest {
    @TempDir
    private Path folder;

    private Path vagrantfile;
    private SavedFiles files;

    @BeforeEach
    void write() throws Exception {
        vagrantfile = Files.writeString(folder.resolve("Vagrantfile"), "one");
        Files.writeString(folder.resolve("app.sh"), "one");
        files = new SavedFiles(vagrantfile);
        Resolution resolution = Json.mapper().readValue("""
                {"vagrantfile": "%1$s/Vagrantfile",
                 "reads": [{"path": "%1$s/Vagrantfile", "how": ["read"]}, {"path": "%1$s/local.rb", "how": ["read", "test"]}],
                 "machines": [{"name": "web", "provisioners": [
                   {"index": 0, "type": "shell", "settings": {"path": "app.sh"}}]}]}
                """.formatted(folder), Resolution.class);
        files.cover(resolution, Steps.of(resolution));
        assertThat(files.look()).isFalse();
    }

    @Test
    void severalWritesCloseToEachOtherAreOneSave() throws Exception {
        Files.writeString(vagrantfile, "two");
        assertThat(files.look()).as("something may still be written").isFalse();
        Files.writeString(folder.resolve("app.sh"), "two");
        assertThat(files.look()).isFalse();
        assertThat(files.look()).isTrue();
        assertThat(files.look()).isFalse();
    }

    @Test
    void aFileThatTakesThePlaceOfAnotherIsASave() throws Exception {
        Path fresh = Files.writeString(folder.resolve("new"), "one");
        Files.move(fresh, folder.resolve("app.sh"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(files.look()).isFalse();
        assertThat(files.look()).isTrue();
    }

    @Test
    void whatWasLookedForInVainCountsWhenItAppears() throws Exception {
        Files.writeString(folder.resolve("local.rb"), "x");
        files.look();
        assertThat(files.look()).isTrue();
        Files.writeString(folder.resolve("other.rb"), "x");
        files.look();
        assertThat(files.look()).as("of no interest").isFalse();
    }
}
