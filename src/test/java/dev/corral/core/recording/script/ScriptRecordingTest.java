package dev.corral.core.recording.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.recording.replay.Frame;
import dev.corral.core.recording.replay.Player;
import dev.corral.core.recording.replay.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Inspect's human agent keeps. */
@Tag("unit")
class ScriptRecordingTest {
    private static final String OUTPUT = "Script started on 2026-03-01 10:00:00+00:00 [COMMAND=\"bash\"]\nab é\r\n$ x";
    private static final String TIMING = """
            H 0.000000 START_TIME 2026-03-01 10:00:00+01:00
            H 0.000000 TERM xterm
            H 0.000000 COLUMNS 100
            H 0.000000 LINES 30
            O 1.500000 4
            O 0.500000 3
            I 0.100000 1
            S 1.000000 SIGWINCH ROWS=40 COLS=120
            O 2.000000 3
            """;

    @TempDir
    private Path folder;

    private Path write(String timing, byte[] output) throws IOException {
        Files.write(folder.resolve("u_20260301_100000.output"), output);
        return Files.writeString(folder.resolve("u_20260301_100000.timing"), timing);
    }

    @Test
    void itIsPlayedLikeAnyOther() throws IOException {
        Path timing = write(TIMING, OUTPUT.getBytes(StandardCharsets.UTF_8));
        for (Path file : new Path[] {timing, timing.resolveSibling("u_20260301_100000.output")}) {
            try (Recording recording = Recording.open(file);
                    Player player = new Player(recording)) {
                assertThat(recording.length()).isEqualTo(5_100_000);
                assertThat(recording.header().began()).contains(Instant.parse("2026-03-01T09:00:00Z"));
                assertThat(player.at(1_600_000).text())
                        .as("the second byte of é has not come")
                        .isEqualTo("ab");
                assertThat(player.at(2_000_000).text()).isEqualTo("ab é");
                Frame last = player.at(6_000_000);
                assertThat(last.text()).isEqualTo("ab é\n$ x");
                assertThat(last.columns()).isEqualTo(120);
                assertThat(last.rows()).isEqualTo(40);
            }
        }
    }

    @Test
    void missingAndStrangeFilesAreSaid() throws IOException {
        Path timing = write("nothing\n", new byte[0]);
        assertThatThrownBy(() -> Recording.open(timing)).isInstanceOf(ExpectedFailure.class);
        Files.delete(folder.resolve("u_20260301_100000.output"));
        assertThatThrownBy(() -> Recording.open(timing))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("u_20260301_100000.output");
    }

    @Test
    void rubbishNeverEndsInAFault() throws IOException {
        Random random = new Random(2);
        for (int round = 0; round < 100; round++) {
            byte[] timing = TIMING.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 8; i++) {
                timing[random.nextInt(timing.length)] = (byte) "0123456789 -.OHIS\n".charAt(random.nextInt(18));
            }
            Path file = write(new String(timing, StandardCharsets.UTF_8), OUTPUT.getBytes(StandardCharsets.UTF_8));
            try (Recording recording = Recording.open(file)) {
                assertThat(recording.length()).isNotNegative();
            }
        }
    }
}
