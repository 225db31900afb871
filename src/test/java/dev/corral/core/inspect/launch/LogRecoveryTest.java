package dev.corral.core.inspect.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.log.LogFiles;
import dev.corral.core.inspect.tasks.PythonLocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A killed run's log, recovered by a real Inspect, or not. */
@Tag("inspect_eval")
class LogRecoveryTest {
    private static final String BY_HAND = "2026-11-27T09-37-20-00-00_by-hand_ea4erYijf9epjApEwGJNXm.eval";
    private static final String KILLED = "2026-11-27T09-26-34-00-00_sleepy_nSKqRmbCZ7ReKp7PsyRHDu.eval";

    @TempDir
    private Path folder;

    private Path killed() throws IOException {
        return Files.copy(Path.of("src/test/resources/inspect-logs").resolve(KILLED), folder.resolve(KILLED));
    }

    private Environment environment() {
        Map<String, String> variables = new HashMap<>(Environment.system().variables());
        variables.put("XDG_DATA_HOME", folder.resolve("data").toString());
        return new Environment(variables);
    }

    // With the buffer that it is made whole of.
    private Path killedByHand() throws Exception {
        Path kept = Path.of("src/test/resources/inspect-killed");
        Path log = Files.copy(kept.resolve(BY_HAND), folder.toRealPath().resolve(BY_HAND));
        // Where Inspect's buffer of a log lies: by the hash of the log's folder, with the process that wrote it.
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(("file://" + folder.toRealPath()).getBytes(StandardCharsets.UTF_8));
        Path buffer =
                folder.resolve("data/inspect_ai/samplebuffer/" + HexFormat.of().formatHex(hash));
        Files.createDirectories(buffer);
        Files.copy(kept.resolve("buffer.db"), buffer.resolve(BY_HAND + ".99999999.db"));
        return log;
    }

    @Test
    void aPersonsRunThatWasKilledGetsAWholeLog() throws Exception {
        Path log = killedByHand();
        Path made = new LogRecovery(environment()).recover(log);
        assertThat(made).isEqualTo(LogRecovery.recovered(log)).isNotEmptyFile();
        JsonNode said = new LogFiles(environment()).read(made.toString(), "by hand", 1);
        assertThat(said.path("status").asText()).isEqualTo("error");
        assertThat(said.path("events")).hasSizeGreaterThan(1);
    }

    @Test
    void ofARecoveryThatIsKilledNothingIsTakenForALog() throws Exception {
        Path log = killedByHand();
        Path python = folder.resolve("python");
        Path real = new PythonLocator(Environment.system()).locate();
        Files.writeString(
                python,
                "#!/bin/sh\ncase \"$*\" in *\"log recover\"*)\n"
                        + "for word; do [ \"$before\" = --output ] && out=$word; before=$word; done\n"
                        + "printf torn >\"${out:-${before%.eval}-recovered.eval}\"; kill -9 $$ ;; esac\n"
                        + "exec " + real + " \"$@\"\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        Map<String, String> variables = new HashMap<>(environment().variables());
        variables.put("CORRAL_PYTHON", python.toString());
        assertThatThrownBy(() -> new LogRecovery(new Environment(variables)).recover(log))
                .isInstanceOf(ExpectedFailure.class);
        assertThat(logs()).containsExactly(BY_HAND);
        Path made = new LogRecovery(environment()).recover(log);
        assertThat(logs()).containsExactlyInAnyOrder(BY_HAND, made.getFileName().toString());
        assertThat(new LogFiles(environment())
                        .read(made.toString(), "by hand", 1)
                        .path("status")
                        .asText())
                .isEqualTo("error");
    }

    private List<String> logs() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".eval"))
                    .toList();
        }
    }

    @Test
    void whereTheBufferIsGoneInspectsOwnReasonIsTold() throws IOException {
        Path log = killed();
        assertThatThrownBy(() -> new LogRecovery(environment()).recover(log))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
                    assertThat(failure.getMessage())
                            .startsWith("Inspect can't recover the log")
                            .contains("buffer");
                    assertThat(failure.nextStep()).contains("journal");
                });
        assertThat(LogRecovery.recovered(log)).doesNotExist();
    }

    @Test
    void anOlderInspectSaysThatItIs() throws IOException {
        Path python = folder.resolve("python");
        Path real = new PythonLocator(Environment.system()).locate();
        Files.writeString(
                python,
                "#!/bin/sh\ncase \"$*\" in *\"log recover\"*) echo \"Error: No such command 'recover'.\" >&2; exit 2 ;; esac\n"
                        + "exec " + real + " \"$@\"\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        Map<String, String> variables = new HashMap<>(environment().variables());
        variables.put("CORRAL_PYTHON", python.toString());
        Path log = killed();
        assertThatThrownBy(() -> new LogRecovery(new Environment(variables)).recover(log))
                .hasMessageContaining("has no log recover");
    }

    @Test
    void whatWasRecoveredBeforeStaysAndALogMustBeThere() throws IOException {
        Path log = killed();
        Path made = Files.writeString(LogRecovery.recovered(log), "recovered");
        assertThat(made.getFileName().toString()).endsWith("_nSKqRmbCZ7ReKp7PsyRHDu-recovered.eval");
        assertThat(new LogRecovery(environment()).recover(log)).isEqualTo(made);
        assertThatThrownBy(() -> new LogRecovery(environment()).recover(folder.resolve("none.eval")))
                .hasMessageContaining("There is no log");
    }
}
