package dev.corral.console.vm;

import static dev.corral.console.vm.RealWindow.SOON;
import static dev.corral.console.vm.RealWindow.onFx;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.console.terminal.TerminalPane;
import dev.corral.core.base.Environment;
import dev.corral.core.base.Json;
import dev.corral.core.inspect.tasks.PythonLocator;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A person solves samples of the sample evals in the window: real Inspect, real VMs, and what Inspect's log says afterwards. */
@Tag("vm_required")
@Timeout(600)
class SolveVmTest {
    private static final Path EVALS = Path.of("sample-vagrantfiles/evals.py").toAbsolutePath();
    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration END = Duration.ofMinutes(2);
    private static final String READ = """
            import json, sys
            from inspect_ai.log import read_eval_log
            log = read_eval_log(sys.argv[1])
            sample = log.samples[0]
            print(json.dumps({
                "status": log.status, "sample": str(sample.id), "answer": (sample.store or {}).get("HumanAgentState:answer"),
                "scores": {name: score.value for name, score in (sample.scores or {}).items()},
                "clock": (log.metadata or {}).get("corral_clock") or (log.metadata or {}).get("clock"),
                "metadata": log.metadata}, default=str))
            """;

    @TempDir
    static Path temp;

    private static RealWindow window;
    private static Path logs;

    @BeforeAll
    static void open() throws Exception {
        Path evals = temp.toRealPath().resolve("evals");
        for (String folder : List.of("basic", "multi", "webserver")) {
            copy(EVALS.resolveSibling(folder), evals.resolve(folder));
        }
        Path file = Files.copy(EVALS, evals.resolve("evals.py"));
        logs = evals.resolve("logs");
        window = RealWindow.open(
                RealWindow.core(Map.of(
                        "INSPECT_SANDBOX_CACHE_DIR", temp.resolve("cache").toString(),
                        "XDG_STATE_HOME", temp.resolve("state").toString(),
                        "PYTHONPATH",
                                Path.of("src/main/python").toAbsolutePath().toString())),
                temp.resolve("settings"),
                1400,
                900,
                Path.of(file + "@basic"),
                Path.of(file + "@multi"),
                Path.of(file + "@webserver"));
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path place = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(place);
                } else if (!one.toString().contains(".vagrant")) {
                    Files.copy(one, place);
                }
            }
        }
    }

    @AfterAll
    static void nothingIsLeft() {
        assertThat(window.closeAndClean()).isEmpty();
    }

    static Stream<Arguments> samples() {
        return Stream.of(
                Arguments.of(
                        "basic",
                        "count-the-failures",
                        Optional.<String>empty(),
                        "grep -c ' 500$' /tmp/app/app.log | tee /tmp/app/failures.txt",
                        "3"),
                Arguments.of("multi", "1", Optional.of("target"), "cat /srv/vault/passphrase", "amber lighthouse"),
                Arguments.of(
                        "webserver",
                        "read-the-flag",
                        Optional.<String>empty(),
                        "curl -fsS http://victim/internal/flag.txt",
                        "flag{curl-is-enough}"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsSolvedAndTheLogHasScoreAndClock(
            String task, String sample, Optional<String> machine, String command, String answer) throws Exception {
        String row = RealWindow.sample(logs.resolveSibling("evals.py"), task, sample);
        window.press(KeyCode.CONTROL, KeyCode.DIGIT1);
        window.until("the sample is listed", READY, () -> window.row(row).isPresent());
        window.click(row);
        window.press(KeyCode.H);
        fire("the session can begin", SOON, "#solve-begin-button");
        // The terminal opens by itself, and the login starts the clock.
        TerminalPane terminal = window.awaitTerminal(READY);
        if (machine.isPresent()) {
            fire("the other machine is offered", SOON, machine.get());
            window.until("its terminal is open", END, () -> window.terminal()
                    .filter(other -> other != terminal)
                    .isPresent());
            window.awaitTerminal(END);
        }
        TerminalPane used = window.terminal().orElseThrow();
        window.robot().interact(() -> used.type(command + "\n"));
        window.until("the answer is on the screen", END, () -> used.screenText()
                .lines()
                .anyMatch(answer::equals));
        window.until("the clock runs", END, () -> visible("#solve-answer")
                .filter(field -> !field.isDisabled())
                .isPresent());
        window.robot().interact(() -> ((TextField) window.stage().getScene().lookup("#solve-answer")).setText(answer));
        fire("it can be handed in", END, "Submit answer…");
        fire("that is confirmed", SOON, "Submit");
        window.until(
                "the session has ended", END, () -> visible("#solve-view-log").isPresent());

        JsonNode log = log(sample);
        assertThat(log.path("status").asText()).isEqualTo("success");
        assertThat(log.path("answer").asText()).isEqualTo(answer);
        assertThat(log.path("scores").elements()).toIterable().allSatisfy(score -> assertThat(score.asText())
                .isIn("C", "1", "1.0"));
        assertThat(log.path("clock").path("active_seconds").asDouble())
                .as(log.toString())
                .isBetween(0.1, 300.0);
    }

    // Of this sample the newest, which the clock is written into a moment after the end.
    private static JsonNode log(String sample) throws Exception {
        JsonNode[] found = new JsonNode[1];
        Path python = new PythonLocator(Environment.system()).locate();
        long end = System.nanoTime() + END.toNanos();
        while (System.nanoTime() < end) {
            try (Stream<Path> files = Files.list(logs)) {
                for (Path file : files.sorted().toList().reversed()) {
                    ProcessResult read = Processes.run(
                            List.of(python.toString(), "-c", READ, file.toString()),
                            null,
                            System.getenv(),
                            new byte[0],
                            END);
                    JsonNode said = Json.mapper().readTree(read.stdout());
                    if (read.ok() && said.path("sample").asText().equals(sample)) {
                        found[0] = said;
                        if (said.path("clock").isObject()) {
                            return said;
                        }
                    }
                }
            }
            Thread.sleep(1_000);
        }
        throw new AssertionError("no log of " + sample + " with a clock: " + found[0]);
    }

    private static Optional<Node> visible(String query) {
        return window.stage().getScene().getRoot().lookupAll(query).stream()
                .filter(SolveVmTest::shown)
                .findFirst();
    }

    private static boolean shown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    // A button by its id, or by its words.
    private static Optional<ButtonBase> button(String named) {
        return window.stage().getScene().getRoot().lookupAll(named.startsWith("#") ? named : ".button").stream()
                .filter(ButtonBase.class::isInstance)
                .map(ButtonBase.class::cast)
                .filter(one ->
                        shown(one) && !one.isDisabled() && (named.startsWith("#") || named.equals(one.getText())))
                .findFirst();
    }

    private static void fire(String what, Duration limit, String named) {
        window.until(what, limit, () -> button(named).isPresent());
        onFx(() -> {
            button(named).orElseThrow().fire();
            return null;
        });
    }
}
