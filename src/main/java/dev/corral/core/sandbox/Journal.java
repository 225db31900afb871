package dev.corral.core.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.Json;
import dev.corral.core.sandbox.JournalEntry.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sandbox's journal: lines of JSON, only ever appended. Thread-safe, also across processes.
 *
 * @param file the file
 */
public record Journal(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /**
     * Appends an entry. Beginnings and endings are on disk when this returns; phases may be lost with the power.
     *
     * @throws UncheckedIOException if it can not be written
     */
    void append(JournalEntry entry) {
        try {
            byte[] line = (Json.mapper().writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
            SafeFiles.append(file, line, entry.event() != Event.PHASE && entry.event() != Event.MACHINE_ADDRESS);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the journal " + file, e);
        }
    }

    /** Like {@link #append}, but a full disk costs only the entry: what undoes work and frees space must go on without. */
    void appendIfRoom(JournalEntry entry) {
        try {
            append(entry);
        } catch (UncheckedIOException e) {
            if (!DiskFull.is(e)) {
                throw e;
            }
            LOG.warn("no room for an entry in {}", file, e);
        }
    }

    /**
     * All entries; none if there is no journal. A line that is torn or of a later version is passed over.
     *
     * @throws IOException if it is there but can not be read
     */
    public List<JournalEntry> read() throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return entries;
        }
        for (String line : text.split("\n")) {
            entry(line).ifPresent(entries::add);
        }
        return entries;
    }

    private static Optional<JournalEntry> entry(String line) {
        if (line.isBlank()) {
            return Optional.empty();
        }
        try {
            JournalEntry entry = Json.mapper().readValue(line, JournalEntry.class);
            return entry == null || entry.event() == null || entry.at() == null ? Optional.empty() : Optional.of(entry);
        } catch (JsonProcessingException e) {
            // The power went in the middle of this line: what came before it still counts.
            return Optional.empty();
        }
    }
}
