package dev.corral.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.vagrantfile.ReadFiles;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.TrustGiven;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user's word is about once Vagrant has read a file. */
@Tag("unit")
class ReadingsTest {
    @TempDir
    private Path folder;

    private final List<ReadFiles> kept = new ArrayList<>();
    private Path vagrantfile;
    private Path helper;
    private ReadFiles said;
    private Resolution resolution;

    @BeforeEach
    void write() throws IOException {
        vagrantfile = Files.writeString(folder.resolve("Vagrantfile"), "load 'helper.rb'");
        helper = Files.writeString(folder.resolve("helper.rb"), "# one");
        said = ReadFiles.now(vagrantfile);
        resolution = Json.mapper()
                .convertValue(
                        Map.of(
                                "vagrantfile",
                                vagrantfile.toString(),
                                "reads",
                                List.of(read(vagrantfile), read(helper))),
                        Resolution.class);
    }

    private static Map<String, Object> read(Path file) {
        return Map.of("path", file.toString(), "how", List.of("read"));
    }

    private void learn() {
        Readings.learn(new TrustGiven(said, kept::add), resolution);
    }

    @Test
    void whatItReadBesidesIsKnownFromThenOn() {
        learn();
        assertThat(kept).singleElement().satisfies(files -> {
            assertThat(files.hashes()).containsAllEntriesOf(said.hashes());
            assertThat(files.hashes()).containsKey(helper.toString());
        });
    }

    @Test
    void whatChangedWhileVagrantRanIsNotTakenForSeen() throws IOException {
        Files.writeString(vagrantfile, "system 'another program wrote this'");
        learn();
        assertThat(kept).isEmpty();
    }
}
