package dev.corral.core.inspect.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real task files, read by a real Inspect. */
@Tag("inspect_eval")
class PythonTaskFilesTest {
    private static final Path SAMPLES = Path.of("sample-vagrantfiles").toAbsolutePath();
    private static final PythonTaskFiles FILES = new PythonTaskFiles(Environment.system());

    @TempDir
    Path folder;

    @Test
    void readsEveryFormOfSandboxConfig() {
        Map<String, EvalTask> tasks = byName(FILES.load(SAMPLES.resolve("evals.py"), Optional.empty()));

        assertThat(tasks.keySet()).containsExactlyInAnyOrder("basic", "multi", "webserver", "env_vars");
        assertThat(tasks.values()).allSatisfy(task -> assertThat(task.problem()).isEmpty());
        assertThat(tasks.get("basic").samples()).hasSizeGreaterThan(2).allSatisfy(sample -> {
            assertThat(sample.sandbox().orElseThrow()).isEqualTo(spec("basic", null, Map.of()));
            assertThat(sample.input()).isNotBlank();
        });
        assertThat(tasks.get("multi").samples()).extracting(EvalSample::id).containsExactly("1", "2");
        assertThat(tasks.get("multi").samples().getFirst().sandbox().orElseThrow())
                .isEqualTo(spec("multi", "attacker", Map.of()));
        assertThat(tasks.get("webserver").samples())
                .extracting(sample -> sample.sandbox().orElseThrow())
                .containsExactly(
                        spec("webserver", "attacker", Map.of("WEB_FLAG", "flag{curl-is-enough}")),
                        spec("webserver", "attacker", Map.of("WEB_FLAG", "flag{read-the-comments}")));
        assertThat(tasks.get("env_vars").samples())
                .extracting(sample -> sample.sandbox().orElseThrow())
                .containsExactly(spec("env-vars", null, Map.of()), spec("env-vars", null, Map.of("VM_MEMORY", "320")));
    }

    @Test
    void agreesWithInspectAboutTheTasksThatAreThere() throws Exception {
        List<String> ours = new ArrayList<>();
        for (EvalTask task : FILES.load(SAMPLES, Optional.empty())) {
            ours.add(task.file().getFileName() + "@" + task.name());
        }
        Path python = new PythonLocator(Environment.system()).locate();
        ProcessResult listed = Processes.run(
                List.of(python.toString(), "-m", "inspect_ai", "list", "tasks", "--json"),
                SAMPLES,
                null,
                new byte[0],
                Duration.ofMinutes(1));
        List<String> theirs = new ArrayList<>();
        for (JsonNode task : Json.mapper().readTree(listed.stdout())) {
            theirs.add(task.get("file").asText() + "@" + task.get("name").asText());
        }

        assertThat(ours).containsExactlyInAnyOrderElementsOf(theirs).hasSize(7);
    }

    @Test
    void readsOneTaskAndSaysWhenThereIsNoSuchTask() {
        assertThat(FILES.load(SAMPLES.resolve("evals.py"), Optional.of("multi")))
                .extracting(EvalTask::name)
                .containsExactly("multi");
        assertThatThrownBy(() -> FILES.load(SAMPLES.resolve("evals.py"), Optional.of("mutli")))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(ExpectedFailure.Kind.NOT_FOUND);
                    assertThat(failure).hasMessageContaining("mutli").hasMessageContaining("multi");
                });
    }

    @Test
    void saysThatTheFileIsMissing() {
        assertThatThrownBy(() -> FILES.load(folder.resolve("none.py"), Optional.empty()))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ExpectedFailure.Kind.NOT_FOUND));
    }

    @Test
    void namesTheLineOfASyntaxError() throws Exception {
        Path file = Files.writeString(
                folder.resolve("typo.py"), "from inspect_ai import task\n\n@task\ndef broken(:\n    pass\n");

        assertThatThrownBy(() -> FILES.load(file, Optional.empty()))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining(file + ":4");
    }

    @Test
    void namesTheLineAtWhichTheFileRaised() throws Exception {
        Path file = Files.writeString(folder.resolve("raises.py"), """
                from inspect_ai import Task, task
                import no_such_package_anywhere

                @task
                def lost():
                    return Task()
                """);

        assertThatThrownBy(() -> FILES.load(file, Optional.empty()))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
                    assertThat(failure)
                            .hasMessageContaining(file + ":2")
                            .hasMessageContaining("no_such_package_anywhere");
                    assertThat(failure.details()).contains("Traceback");
                });
    }

    @Test
    void keepsATasksSiblingsWhenItRaises() throws Exception {
        Path file = Files.writeString(folder.resolve("siblings.py"), """
                import os
                from inspect_ai import Task, task
                from inspect_ai.dataset import Sample

                print("this is no JSON")
                os.system("echo neither is this")

                @task
                def raises():
                    raise KeyError("MISSING")

                @task
                def leaves():
                    raise SystemExit(3)

                @task
                def works():
                    print("nor this")
                    return Task(dataset=[Sample(input="x", id="a/b \\x07 c"), Sample(input="y", id="z" * 300)], epochs=3)
                """);

        Map<String, EvalTask> tasks = byName(FILES.load(file, Optional.empty()));

        assertThat(tasks.get("raises").problem().orElseThrow().place()).isEqualTo(file + ":10");
        assertThat(tasks.get("leaves").problem()).isPresent();
        assertThat(tasks.get("works").epochs()).isEqualTo(3);
        assertThat(tasks.get("works").samples())
                .extracting(EvalSample::id)
                .containsExactly("a/b \u0007 c", "z".repeat(300));
        assertThat(tasks.get("works").samples())
                .allSatisfy(sample -> assertThat(sample.sandboxType()).isEmpty());
        assertThatThrownBy(() -> FILES.load(file, Optional.of("raises")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("MISSING");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void readsAgainWhenTheFileChanged() throws Exception {
        Path file = folder.resolve("changing.py");
        Files.writeString(file, task("first"));
        List<EvalTask> before = FILES.load(file, Optional.empty());
        assertThat(FILES.load(file, Optional.empty())).isSameAs(before);

        Files.writeString(file, task("second_name"));

        assertThat(FILES.load(file, Optional.empty()))
                .extracting(EvalTask::name)
                .containsExactly("second_name");
    }

    private static String task(String name) {
        return "from inspect_ai import Task, task\n\n@task\ndef " + name + "():\n    return Task()\n";
    }

    private static SandboxSpec spec(String sample, String primary, Map<String, String> env) {
        return new SandboxSpec(SAMPLES.resolve(sample).resolve("Vagrantfile"), Optional.ofNullable(primary), env);
    }

    private static Map<String, EvalTask> byName(List<EvalTask> tasks) {
        return tasks.stream().collect(Collectors.toMap(EvalTask::name, task -> task));
    }
}
