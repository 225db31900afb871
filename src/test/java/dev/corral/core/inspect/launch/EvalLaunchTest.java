package dev.corral.core.inspect.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class EvalLaunchTest {
    private static EvalLaunch launch(String sample) {
        return launch(sample, false);
    }

    private static EvalLaunch launch(String sample, boolean keeps) {
        return new EvalLaunch(
                Path.of("/evals/my evals.py"),
                "ctf",
                sample,
                Path.of("/s/solver.json"),
                90,
                Optional.of("mockllm/model"),
                Path.of("/logs"),
                Map.of("solved_by", "Jane O'Neil"),
                keeps);
    }

    @Test
    void theCommandIsThatOfOneSampleForOnePerson() {
        assertThat(launch("sqli-01").shown())
                .isEqualTo("inspect eval '/evals/my evals.py@ctf' --sample-id sqli-01 --solver human_cli "
                        + "--solver-config /s/solver.json --epochs 1 --max-samples 1 --log-dir /logs --json --time-limit 90 "
                        + "--model mockllm/model --metadata 'solved_by=Jane O'\\''Neil'");
    }

    @Test
    void aRunInAMachineThatSomebodyWorkedInLeavesItBe() {
        assertThat(launch("sqli-01", true).arguments()).contains("--no-sandbox-cleanup");
        assertThat(launch("sqli-01", false).arguments()).doesNotContain("--no-sandbox-cleanup");
    }

    @Test
    void anIdIsNoPatternAndNoList() {
        assertThat(launch("what[1]?*").arguments()).contains("what[[]1][?][*]");
        assertThatThrownBy(() -> launch("a,b").arguments())
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("comma");
    }

    @Test
    void aPatternWithCommasReachesTheAgentWhole() {
        assertThat(new String(
                        EvalLaunch.solverSettings(Optional.empty(), true, false, Optional.of("\\d{1,3}, yes"), true),
                        StandardCharsets.UTF_8))
                .contains("\"answer\" : \"\\\\d{1,3}, yes\"", "\"record_session\" : false");
        assertThat(new String(
                        EvalLaunch.solverSettings(Optional.of("root"), true, true, Optional.empty(), false),
                        StandardCharsets.UTF_8))
                .contains("\"answer\" : false", "\"user\" : \"root\"");
    }

    @Test
    void theEndOfTheNewestRunIsReadOffItsOutput(@TempDir Path folder) throws IOException {
        Path output = folder.resolve("output.log");
        assertThat(RunOutput.done(output)).isEmpty();
        String launched = "{\"event\": \"launch\", \"run_id\": \"r\", \"pid\": 1}\n";
        String done =
                "{\"event\": \"done\", \"run_id\": \"r\", \"logs\": [{\"status\": \"success\", \"location\": \"/l.eval\"}]}\n";
        Files.writeString(output, launched + "a warning\u001b[31m\n" + done);
        assertThat(RunOutput.done(output)).contains(new RunOutput.Done("success", "/l.eval"));
        assertThat(RunOutput.lastLines(output)).containsExactly("a warning");
        // A resumed session goes on in the same file.
        Files.writeString(output, launched + done + launched);
        assertThat(RunOutput.done(output)).isEmpty();
        Files.writeString(output, launched + "{\"event\": \"done\", \"run_id\": \"r\", \"logs\": []}\n");
        assertThat(RunOutput.done(output)).contains(new RunOutput.Done("cancelled", ""));
    }
}
