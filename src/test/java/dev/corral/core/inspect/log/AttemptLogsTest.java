package dev.corral.core.inspect.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of three versions of Inspect, read by a real one. */
@Tag("inspect_eval")
class AttemptLogsTest {
    private static final Path LOGS = Path.of("src/test/resources/inspect-logs").toAbsolutePath();

    @TempDir
    private Path folder;

    private static LogRow named(List<LogRow> rows, String task) {
        return rows.stream().filter(row -> row.task().equals(task)).findFirst().orElseThrow();
    }

    @Test
    void eachVersionsLogTellsItsAttempts() throws IOException {
        List<Path> logs = new ArrayList<>(AttemptLogs.find(LOGS).logs());
        assertThat(logs).hasSize(4);
        logs.add(Files.writeString(folder.resolve("broken.eval"), "no log"));
        List<LogRow> rows = new AttemptLogs(Environment.system()).read(logs);
        assertThat(rows).hasSize(5);
        assertThat(rows.getLast().problem()).isNotEmpty();
        assertThat(rows.subList(0, 4)).extracting(LogRow::problem).containsOnly("");

        LogRow old = named(rows, "failing");
        assertThat(old.samples()).extracting(LogRow.SampleRow::sample).containsExactlyInAnyOrder("one", "two", "a/b 3");
        LogRow.SampleRow failed = old.samples().stream()
                .filter(one -> one.sample().equals("two"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.error()).contains("flag server");
        assertThat(failed.scores()).isEmpty();

        List<LogRow> sleepy =
                rows.stream().filter(row -> row.task().equals("sleepy")).toList();
        assertThat(sleepy).extracting(LogRow::status).containsExactlyInAnyOrder("cancelled", "started");
        assertThat(sleepy.stream()
                        .filter(row -> row.status().equals("started"))
                        .findFirst()
                        .orElseThrow()
                        .samples())
                .hasSize(4)
                .allSatisfy(one -> {
                    assertThat(one.scores()).isEqualTo(Map.of("includes", "C"));
                    assertThat(one.workingSeconds()).isPresent();
                    assertThat(one.uuid()).isNotEmpty();
                });

        LogRow human = named(rows, "by_hand");
        assertThat(human.human()).isTrue();
        assertThat(human.samples()).singleElement().satisfies(one -> assertThat(one.sample())
                .isEqualTo("by hand"));
    }

    @Test
    void onlyLogsAreFoundAndAFolderMustBeThere() throws IOException {
        Files.createDirectories(folder.resolve("a/.buffer/x"));
        Files.writeString(folder.resolve("a/.buffer/x/y.eval"), "");
        Files.writeString(folder.resolve("a/logs.json"), "");
        Files.writeString(folder.resolve("a/2026-01-01T00-00-00_t.json"), "");
        Files.createSymbolicLink(folder.resolve("a/link.eval"), folder.resolve("a/logs.json"));
        Files.writeString(folder.resolve("b.eval"), "");
        Files.writeString(folder.resolve(".half-made.eval"), "");
        assertThat(AttemptLogs.find(folder).logs())
                .containsExactly(folder.resolve("a/2026-01-01T00-00-00_t.json"), folder.resolve("b.eval"));
        assertThatThrownBy(() -> AttemptLogs.find(folder.resolve("none"))).isInstanceOf(ExpectedFailure.class);
    }
}
