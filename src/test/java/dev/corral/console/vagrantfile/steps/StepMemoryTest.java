package dev.corral.console.vagrantfile.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What windows to come know of steps. */
@Tag("unit")
class StepMemoryTest {
    @TempDir
    Path folder;

    private static StepTimes.Taken taken(String operation) {
        return new StepTimes.Taken("web", "BOOT 0 ", operation, 8_000);
    }

    @Test
    void eachFileHasItsOwnAndNothingIsKeptTwice() {
        StepMemory memory = new StepMemory(folder);
        memory.keep(Story.FILE, List.of(taken("one")));
        memory.keep(Story.FILE, List.of(taken("one"), taken("two")));
        memory.keep(Path.of("/other/Vagrantfile"), List.of(taken("three")));
        assertThat(new StepMemory(folder).load(Story.FILE)).containsExactly(taken("one"), taken("two"));
        assertThat(memory.load(Path.of("/third/Vagrantfile"))).isEmpty();
    }

    @Test
    void theNewestStayWithinTheBounds() throws IOException {
        StepMemory memory = new StepMemory(folder);
        memory.keep(
                Story.FILE,
                IntStream.range(0, 5_000).mapToObj(i -> taken("op" + i)).toList());
        assertThat(memory.load(Story.FILE)).hasSize(300).endsWith(taken("op4999"));
        for (int i = 0; i < 60; i++) {
            memory.keep(Path.of("/evals/" + i + "/Vagrantfile"), List.of(taken("one")));
        }
        assertThat(memory.load(Story.FILE)).isEmpty();
        assertThat(memory.load(Path.of("/evals/59/Vagrantfile"))).hasSize(1);
        assertThat(Files.size(folder.resolve("steps.json"))).isLessThan(64_000);
    }

    @Test
    void whatIsDamagedIsForgotten() throws IOException {
        Path file = folder.resolve("steps.json");
        for (String text : List.of(
                "{",
                "[]",
                "null",
                "{\"files\":[null,{\"vagrantfile\":null},{\"taken\":[]}]}",
                "{\"files\":[{\"vagrantfile\":\"" + Story.FILE + "\",\"taken\":[null,{\"machine\":\"web\"},"
                        + "{\"machine\":\"a\",\"step\":\"b\",\"operation\":\"c\",\"millis\":-5}]}]}")) {
            Files.writeString(file, text);
            StepMemory memory = new StepMemory(folder);
            assertThat(memory.load(Story.FILE)).as(text).isEmpty();
            memory.keep(Story.FILE, List.of(taken("one")));
            assertThat(memory.load(Story.FILE)).as(text).containsExactly(taken("one"));
        }
    }
}
