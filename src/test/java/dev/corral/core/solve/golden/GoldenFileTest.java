package dev.corral.core.solve.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden runs as files that people edit. */
@Tag("unit")
class GoldenFileTest {
    private static final String HEAD = "{\"golden\": 1, \"task_file\": \"../e.py\", \"sample\": \"s\", \"steps\": [";

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("g.json"), text);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Golden golden = new Golden(
                1,
                "e.py",
                "t",
                "a/b 1",
                Optional.of("vagrant"),
                Optional.of("42"),
                Optional.of(Map.of("includes", "C")),
                Optional.of(30),
                Optional.of(new Golden.Recorded("s-1", "ada", Optional.empty(), "box", List.of("debian"))),
                List.of(new Golden.Shell(Optional.of("web"), Optional.of("root"), Optional.of("/etc"), 120, 40)),
                List.of(
                        GoldenStep.command(1, "true", List.of(), Optional.of(GoldenStep.Check.BEGINNING)),
                        GoldenStep.note("a note"),
                        GoldenStep.command(1, "vim x", List.of("y"), Optional.empty())
                                .skipped("vim")));
        Path file = folder.resolve("g.json");
        GoldenFile.write(golden, file, false);
        assertThat(GoldenFile.read(file)).isEqualTo(golden);
        assertThatThrownBy(() -> GoldenFile.write(golden, file, false)).hasMessageContaining("is there already");
        GoldenFile.write(golden, file, true);
    }

    @Test
    void aFewLinesWrittenByHandAreEnough() throws IOException {
        Golden golden = GoldenFile.read(file(HEAD + "{\"command\": \"id -u\", \"output\": [\"0\"]}]}"));
        assertThat(golden.steps().getFirst().runs()).isTrue();
        assertThat(golden.limit(golden.steps().getFirst())).isEqualTo(Golden.USUAL_LIMIT);
        assertThat(golden.shell(golden.steps().getFirst())).isEqualTo(Golden.Shell.usual());
        assertThat(GoldenFile.taskFile(golden, folder.resolve("g.json"))).isEqualTo(folder.resolveSibling("e.py"));
        assertThat(GoldenFile.named(folder.resolveSibling("e.py"), folder.resolve("g.json")))
                .isEqualTo("../e.py");
    }

    @Test
    void whatAPersonChangedMeanwhileIsNotWrittenOver() throws IOException {
        Path file = file(HEAD + "{\"command\": \"id -u\"}]}");
        GoldenFile.Opened opened = GoldenFile.open(file);
        Golden learned = opened.golden().learned(List.of(new Golden.Seen(1, 0, List.of("0"), false)));
        String edited = Files.readString(file).replace("id -u", "id -un");
        Files.writeString(file, edited);
        assertThatThrownBy(() -> opened.replace(learned))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("was changed");
        assertThat(file).hasContent(edited);
        GoldenFile.open(file).replace(learned);
        assertThat(GoldenFile.read(file)).isEqualTo(learned);
    }

    @Test
    void whatChecksNothingIsKnown() throws IOException {
        Golden notes = GoldenFile.read(file(HEAD + "{\"note\": \"a\"}, {\"command\": \"vim\", \"skip\": \"x\"}]}"));
        assertThat(notes.checks(true)).isFalse();
        Golden scored = GoldenFile.read(file(HEAD + "], \"scores\": {\"includes\": \"C\"}}"));
        assertThat(scored.checks(true)).isTrue();
        assertThat(scored.checks(false)).isFalse();
        assertThat(GoldenFile.read(file(HEAD + "{\"command\": \"id\"}]}")).checks(false))
                .isTrue();
    }

    @Test
    void aSlipIsRefusedWithItsPlace() throws IOException {
        refused("{\"command\": \"id\",\n \"ouput\": [\"0\"]}]}", "line 2", "ouput");
        refused("{\"command\": \"id\", \"check\": \"exact\"}]}", "check", "exact");
        refused("{\"output\": [\"0\"]}]}", "Step 1", "command or a note");
        refused("{\"note\": \"a\"}, {\"command\": \"id\", \"shell\": 2}]}", "Step 2", "shell 2");
        refused("{\"command\": \"a\\u0003\"}]}", "Step 1", "control character");
        refused("{\"command\": \"id\", \"limit_seconds\": 0}]}", "Step 1", "time limit");
        refused("{\"command\": \"id\"}", "", "can't be read");
        refused("{\"command\": \"id\", \"output\": [" + "\"a\",".repeat(400) + "\"a\"]}]}", "Step 1", "400 lines");
        assertThatThrownBy(() -> GoldenFile.read(file("{\"golden\": 2, \"task_file\": \"e.py\", \"sample\": \"s\"}")))
                .hasMessageContaining("version 1");
        assertThatThrownBy(
                        () -> GoldenFile.read(file("{\"golden\": 1, \"task_file\": \"e\\u0000\", \"sample\": \"s\"}")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("can't be a path");
        assertThatThrownBy(() -> GoldenFile.read(folder.resolve("none.json")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("no file");
    }

    private void refused(String steps, String place, String why) throws IOException {
        Path file = file(HEAD + steps);
        assertThatThrownBy(() -> GoldenFile.read(file))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining(place)
                .hasMessageContaining(why);
    }
}
