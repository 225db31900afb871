package dev.corral.core.recording.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the journal of a session says of the time in which one of its terminals was recorded: notes, scorings, the clock. */
final class SessionMarks {
    private static final Logger LOG = LoggerFactory.getLogger(SessionMarks.class);
    private static final int LONGEST = 2000;

    private SessionMarks() {}

    /** Those of the journal beside the folder that the recording lies in; none where there is no journal. */
    static List<Mark> of(Path recording, Instant began) {
        Path folder = recording.toAbsolutePath().getParent();
        if (folder == null || !folder.endsWith("recordings")) {
            return List.of();
        }
        try {
            List<Mark> marks = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            new String(OrdinaryFile.read(folder.resolveSibling("journal.jsonl")), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> mark(line, began, seen).ifPresent(marks::add));
            return marks;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            // A recording can be looked at without its notes.
            LOG.warn("the notes beside {} can't be read", recording, e);
            return List.of();
        }
    }

    private static Optional<Mark> mark(String line, Instant began, Set<String> seen) {
        JsonNode node;
        Instant at;
        try {
            node = Json.mapper().readTree(line);
            at = Instant.parse(node.path("at").asText(""));
        } catch (JsonProcessingException | DateTimeException e) {
            // Torn when the power went.
            return Optional.empty();
        }
        String uuid = node.path("more").path("uuid").asText("");
        if (at.isBefore(began) || !uuid.isEmpty() && !seen.add(uuid)) {
            return Optional.empty();
        }
        String text = PlainText.line(node.path("text").asText(""), LONGEST);
        String word = node.path("kind").asText("");
        Optional<Mark.Kind> kind =
                switch (word) {
                    case "note" -> Optional.of(Mark.Kind.NOTE);
                    case "score" -> Optional.of(Mark.Kind.SCORE);
                    case "start", "stop", "submit", "quit" -> Optional.of(Mark.Kind.MARKER);
                    default -> Optional.empty();
                };
        return kind.map(
                known -> new Mark(Duration.between(began, at).toMillis() * 1000, known, text.isEmpty() ? word : text));
    }
}
