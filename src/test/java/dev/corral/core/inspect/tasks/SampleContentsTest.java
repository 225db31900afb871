package dev.corral.core.inspect.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.tasks.SampleContents.SampleFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Inspect would bring into a sample's sandbox, read through a real Inspect. */
@Tag("inspect_eval")
class SampleContentsTest {
    private static final String TASK = """
            from inspect_ai import Task, task
            from inspect_ai.dataset import MemoryDataset, Sample, json_dataset

            @task
            def memory():
                print("a task file that prints")
                return Task(dataset=MemoryDataset([
                    Sample(id="every kind/ü\\udcff", input="x", files={
                        "z": "two\\nlines ü", "/tmp/empty": "", "web:/srv/b.bin": "data:application/octet-stream;base64,AP+AYQ==",
                        "one": "@@/data/one.txt", "all": "@@/data", "default:beside": "data/one.txt", "word": "no/such/file"},
                        setup="echo hi"),
                    Sample(input="x", setup="  #!/bin/sh\\necho own"),
                    Sample(id="plain", input="x"),
                    Sample(id="device", input="x", files={"a": "/dev/zero"}),
                    Sample(id="pipe", input="x", files={"a": "@@/pipe"}),
                    Sample(id="broken", input="x", files={"a": "data:application/octet-stream;base64,A"}),
                ]), sandbox=("vagrant", "Vagrantfile"))

            @task
            def dataset():
                return Task(dataset=json_dataset("@@/samples.json"), sandbox=("vagrant", "Vagrantfile"))
            """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void taskFile() throws Exception {
        Files.createDirectories(folder.resolve("data/deep"));
        Files.writeString(folder.resolve("data/one.txt"), "1");
        Files.write(folder.resolve("data/deep/raw"), new byte[] {(byte) 0xff, 0, 10});
        Files.writeString(folder.resolve("Vagrantfile"), "");
        Files.writeString(folder.resolve("prepare.sh"), "#!/bin/sh\nmake ready\n");
        Files.writeString(folder.resolve("samples.json"), """
                [{"id": 7, "input": "x", "target": "y", "files": {"/srv/one": "data/one.txt"}, "setup": "prepare.sh"}]""");
        file = Files.writeString(folder.resolve("evals.py"), TASK.replace("@@", folder.toString()));
    }

    private static PythonTaskFiles files(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.remove("INSPECT_SANDBOX_SETUP_TIMEOUT");
        variables.putAll(more);
        return new PythonTaskFiles(new Environment(variables));
    }

    private SampleContents read(String task, String sample) {
        return files(Map.of()).contents(file, task, sample);
    }

    @Test
    void everyKindOfSourceInOrder() throws Exception {
        Path bytes;
        try (SampleContents contents = read("memory", "every kind/ü\udcff")) {
            bytes = contents.folder();
            Map<String, String> found = new LinkedHashMap<>();
            for (SampleFile one : contents.files()) {
                assertThat(Files.size(one.content())).isEqualTo(one.size());
                found.put(one.target(), java.util.HexFormat.of().formatHex(Files.readAllBytes(one.content())));
            }
            assertThat(found)
                    .containsEntry("/tmp/empty", "")
                    .containsEntry("web:/srv/b.bin", "00ff8061")
                    .containsEntry("one", "31")
                    .containsEntry("all/one.txt", "31")
                    .containsEntry("all/deep/raw", "ff000a")
                    .containsEntry("default:beside", "31")
                    .containsEntry("word", java.util.HexFormat.of().formatHex("no/such/file".getBytes()))
                    .hasSize(8);
            assertThat(found.keySet())
                    .startsWith("z", "/tmp/empty", "web:/srv/b.bin", "one")
                    .endsWith("default:beside", "word");
            assertThat(contents.setup().orElseThrow().content()).hasContent("#!/usr/bin/env bash\n\necho hi");
            assertThat(contents.setupLimit()).isEqualTo(Duration.ofSeconds(300));
        }
        assertThat(bytes).doesNotExist();
    }

    @Test
    void aScriptWithAFirstLineAndASampleWithoutAnId() throws Exception {
        try (SampleContents contents =
                files(Map.of("INSPECT_SANDBOX_SETUP_TIMEOUT", "17")).contents(file, "memory", "2")) {
            assertThat(contents.files()).isEmpty();
            assertThat(contents.setup().orElseThrow().content()).hasContent("  #!/bin/sh\necho own");
            assertThat(contents.setupLimit()).isEqualTo(Duration.ofSeconds(17));
        }
    }

    @Test
    void pathsOfADataSetAreRelativeToIt() throws Exception {
        try (SampleContents contents = read("dataset", "7")) {
            assertThat(contents.files()).singleElement().satisfies(one -> assertThat(one.content())
                    .hasContent("1"));
            assertThat(contents.setup().orElseThrow().content()).hasContent("#!/bin/sh\nmake ready");
        }
    }

    @Test
    void whatCanNotBeReadIsNamedAndLeavesNothing() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        for (String sample : new String[] {"device", "pipe", "broken"}) {
            assertThatThrownBy(() -> read("memory", sample))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("a of the sample can't be read");
        }
        assertThatThrownBy(() -> read("memory", "nosuch"))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ExpectedFailure.Kind.NOT_FOUND));
        assertThatThrownBy(() ->
                        files(Map.of("INSPECT_SANDBOX_SETUP_TIMEOUT", "soon")).contents(file, "memory", "2"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("INSPECT_SANDBOX_SETUP_TIMEOUT");
    }

    @Test
    void aSampleThatNeedsNothingBringsNothing() throws Exception {
        try (SampleContents contents = read("memory", "plain")) {
            assertThat(contents.files()).isEmpty();
            assertThat(contents.setup()).isEmpty();
        }
    }
}
