package dev.corral.core.recording.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.recording.replay.Pauses;
import dev.corral.core.recording.replay.Recording;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings as something else. */
@Tag("unit")
class ExportTest {
    @TempDir
    private Path folder;

    private Recording recording() throws IOException {
        return Recording.open(Files.writeString(folder.resolve("x.cast"), """
                {"version": 2, "width": 20, "height": 3, "timestamp": 1772359200}
                [1.0, "o", "a@b:~$ =cmd \\"x\\"\\r\\n"]
                [61.5, "o", "\\u001b[31mred\\u001b[0m 0123456789012345678901234\\r\\n"]
                [62.0, "o", "\\u001b[?1049hvim"]
                [70.0, "o", "\\u001b[?1049l"]
                [3700.0, "o", "\\u001b]0;title\\u0007last\\r\\n"]
                [3701.0, "m", "note: done"]
                """));
    }

    @Test
    void asText() throws IOException {
        try (Recording recording = recording()) {
            StringWriter out = new StringWriter();
            TextExport.write(recording, true, out);
            assertThat(out.toString()).isEqualTo("""
                    [a full-screen program ran from 0:01:02 to 0:01:10]
                    [0:00:01]  a@b:~$ =cmd "x"
                    [0:01:01]  red 0123456789012345678901234
                    [1:01:40]  last
                    """.replace("""
                    [a full-screen program ran from 0:01:02 to 0:01:10]
                    [0:00:01]  a@b:~$ =cmd "x"
                    """, """
                    [0:00:01]  a@b:~$ =cmd "x"
                    [a full-screen program ran from 0:01:02 to 0:01:10]
                    """));
            StringWriter plain = new StringWriter();
            TextExport.write(recording, false, plain);
            assertThat(plain.toString()).startsWith("a@b:~$ =cmd \"x\"\n");
        }
    }

    @Test
    void asOneFileThatReadsTheSame() throws IOException {
        try (Recording recording = recording()) {
            StringWriter out = new StringWriter();
            CastExport.write(recording, Pauses.none(), out);
            Path copy = Files.writeString(folder.resolve("copy.cast"), out.toString());
            try (Recording again = Recording.open(copy)) {
                assertThat(again.length()).isEqualTo(recording.length());
                assertThat(again.marks()).isEqualTo(recording.marks());
                StringWriter twice = new StringWriter();
                CastExport.write(again, Pauses.none(), twice);
                assertThat(twice.toString()).isEqualTo(out.toString());
            }
            StringWriter cut = new StringWriter();
            CastExport.write(recording, recording.pauses(2_000_000), cut);
            assertThat(cut.toString()).contains("[8.500000, \"m\", \"note: done\"]");
        }
    }

    @Test
    void asATableThatNoSpreadsheetRuns() throws IOException {
        try (Recording recording = recording()) {
            StringWriter out = new StringWriter();
            CommandsCsv.write(recording, out);
            assertThat(out.toString())
                    .isEqualTo("seconds,at,kind,text\r\n"
                            + "1.000,2026-03-01T10:00:01Z,command,\"'=cmd \"\"x\"\"\"\r\n"
                            + "3701.000,2026-03-01T11:01:41Z,note,\"done\"\r\n");
        }
    }

    @Test
    void momentsAreReadAsTheyAreWritten() {
        assertThat(Times.micros("1:01:40")).isEqualTo(3_700_000_000L);
        assertThat(Times.micros("90.5")).isEqualTo(90_500_000L);
        assertThat(Times.micros("1:30")).isEqualTo(90_000_000L);
        assertThat(Times.micros("-1")).isNegative();
        assertThat(Times.micros("x")).isNegative();
        assertThat(Times.micros("")).isNegative();
        assertThat(Times.micros("NaN")).isNegative();
        assertThat(Times.clock(3_700_900_000L)).isEqualTo("1:01:40");
    }
}
