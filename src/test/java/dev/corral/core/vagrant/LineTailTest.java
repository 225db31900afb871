package dev.corral.core.vagrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of programs that end no line. */
@Tag("unit")
class LineTailTest {
    @TempDir
    Path temp;

    private List<String> lines(String... parts) throws IOException {
        Path log = temp.resolve("log");
        List<String> lines = new ArrayList<>();
        try (LineTail tail = new LineTail(log);
                OutputStream out = Files.newOutputStream(log)) {
            for (String part : parts) {
                out.write(part.getBytes(StandardCharsets.UTF_8));
                tail.read(lines::add);
            }
            tail.flushLast(lines::add);
        }
        return lines;
    }

    @Test
    void aLineWithoutAnEndIsCut() throws IOException {
        String part = "x".repeat(1 << 20);
        assertThat(lines("first\n", part, part, part, "\nnext\n")).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(1)).hasSize(LineTail.LONGEST_LINE + 2).endsWith("x …");
            assertThat(lines.get(2)).isEqualTo("next");
        });
        assertThat(lines(part, part)).hasSize(1).first().asString().hasSize(LineTail.LONGEST_LINE + 2);
    }

    @Test
    void ofProgressTheNewestStays() throws IOException {
        String[] parts = new String[100_000];
        for (int percent = 0; percent < parts.length; percent++) {
            parts[percent] = "Progress: " + percent + "%\r";
        }
        assertThat(lines(String.join("", parts) + "done\n"))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("Progress: 99999%\rdone");
    }
}
