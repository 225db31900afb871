package dev.corral.core.inspect.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Json;
import dev.corral.core.base.PlainText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run printed into its file: its two records, and the last lines for people. */
public final class RunOutput {
    private static final int TAIL = 256 << 10;
    private static final int LINES = 20;

    private RunOutput() {}

    /**
     * How a run ended.
     *
     * @param status Inspect's word for it: {@code success}, {@code error}, {@code cancelled}
     * @param log    where its log lies; empty if it was interrupted
     */
    public record Done(String status, String log) {}

    /**
     * The record of its end; empty while there is none.
     *
     * @throws IOException if the file is there but can not be read
     */
    public static Optional<Done> done(Path output) throws IOException {
        for (String line : tail(output).reversed()) {
            if (line.startsWith("{\"event\"")) {
                try {
                    JsonNode node = Json.mapper().readTree(line);
                    if (node.path("event").asText().equals("done")) {
                        JsonNode log = node.path("logs").path(0);
                        return Optional.of(new Done(
                                log.path("status").asText("cancelled"),
                                log.path("location").asText("")));
                    }
                    // An older run's end, when one session has several, lies before this one's beginning.
                    return Optional.empty();
                } catch (JsonProcessingException e) {
                    // Something else that looks like it.
                    continue;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The last lines that are not records, made plain.
     *
     * @throws IOException if the file is there but can not be read
     */
    public static List<String> lastLines(Path output) throws IOException {
        List<String> lines = tail(output).stream()
                .filter(line -> !line.startsWith("{\"event\"") && !line.isBlank())
                .map(line -> PlainText.line(line, 300))
                .toList();
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }

    private static List<String> tail(Path output) throws IOException {
        try (FileChannel channel = FileChannel.open(output, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - TAIL);
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(TAIL, channel.size() - from));
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                // Reads on.
                continue;
            }
            String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            return new ArrayList<>(text.lines().toList());
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
