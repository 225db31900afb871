package dev.corral.core.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.corral.core.base.DiskFull;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.JournalEntry.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    private static final ObjectReader READER = Json.mapper().readerFor(JournalEntry.class);
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /**
     * Appends an entry. Beginnings and endings are on disk when this returns; phases may be lost with the power.
     *
     * @throws UncheckedIOException if it can not be written
     */
    public void append(JournalEntry entry) {
        try {
            byte[] line = (Json.mapper().writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
            SafeFiles.append(file, line, entry.event() != Event.PHASE && entry.event() != Event.MACHINE_ADDRESS);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the journal " + file, e);
        }
    }

    /** Like {@link #append}, but a full disk costs only the entry: what undoes work and frees space must go on without. */
    public void appendIfRoom(JournalEntry entry) {
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
        byte[] content;
        try {
            content = OrdinaryFile.read(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return whole(content).orElseGet(() -> lines(new String(content, StandardCharsets.UTF_8)));
    }

    // In one go while all of it can be read, which is nearly always so.
    private static Optional<List<JournalEntry>> whole(byte[] content) {
        List<JournalEntry> entries = new ArrayList<>();
        // A list would be taken for a list of entries.
        if (content.length == 0 || content[0] != '{') {
            return Optional.empty();
        }
        try (MappingIterator<JournalEntry> values = READER.readValues(content)) {
            while (values.hasNextValue()) {
                JournalEntry entry = values.nextValue();
                if (complete(entry)) {
                    entries.add(entry);
                }
            }
            return Optional.of(entries);
        } catch (IOException e) {
            // The line that can't be read has to be found.
            return Optional.empty();
        }
    }

    private static List<JournalEntry> lines(String text) {
        List<JournalEntry> entries = new ArrayList<>();
        for (String line : text.split("\n")) {
            entry(line).ifPresent(entries::add);
        }
        return entries;
    }

    private static boolean complete(JournalEntry entry) {
        return entry != null && entry.event() != null && entry.at() != null;
    }

    private static Optional<JournalEntry> entry(String line) {
        if (line.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable((JournalEntry) READER.readValue(line)).filter(Journal::complete);
        } catch (JsonProcessingException e) {
            // The power went in the middle of this line: what came before it still counts.
            return Optional.empty();
        }
    }
}
