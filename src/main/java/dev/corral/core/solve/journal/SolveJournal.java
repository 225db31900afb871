package dev.corral.core.solve.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The journal of a session: lines of JSON, only ever appended, each on disk before the next thing happens. It is bounded. Thread-safe, also
 * across processes.
 *
 * @param file the file
 */
public record SolveJournal(Path file) {
    /** More than weeks of work leave; in bytes. */
    static final long LARGEST = 8 << 20;
    // Whoever is in the machine may write notes without end, and start and stop the clock without end. What ends a
    // session, or who may
    // come into it, or that it goes on in a new run, must still find room then; and the clock when notes alone have
    // filled it.
    private static final long KEPT_FOR_THE_END = 256 << 10;
    private static final long KEPT_FOR_THE_CLOCK = 1 << 20;

    /**
     * Appends an entry; it is on disk when this returns.
     *
     * @throws ExpectedFailure if the journal is full
     * @throws IOException     if it can not be written
     */
    public void append(SolveEntry entry) throws IOException {
        if (!offer(entry)) {
            throw ExpectedFailure.failed(
                    "The journal of this session is full (" + (LARGEST >> 20) + " MiB).",
                    "Submit or quit; what it holds stays.");
        }
    }

    /**
     * Appends an entry if there is room for one of its kind.
     *
     * @return whether there was
     * @throws IOException if it can not be written
     */
    public boolean offer(SolveEntry entry) throws IOException {
        byte[] line = (Json.mapper().writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size + line.length > LARGEST - keptFrom(entry.kind())) {
            return false;
        }
        SafeFiles.append(file, line, true);
        return true;
    }

    // How much has to stay free of entries of this kind.
    private static long keptFrom(EntryKind kind) {
        return switch (kind) {
            case NOTE, SCORE, VALIDATE -> KEPT_FOR_THE_CLOCK;
            case START, STOP, IDLE, ACTIVE, DOWN, UP, LOST, FOUND, REBOOTED, BEAT, HANDED, EXTENDED, CAME, LEFT ->
                KEPT_FOR_THE_END;
            default -> 0;
        };
    }

    /**
     * All entries, numbered by their lines; none if there is no journal. A line that is torn or of a later version is passed over.
     *
     * @throws IOException if it is there but can not be read
     */
    public List<SolveEntry> read() throws IOException {
        byte[] content;
        try {
            content = OrdinaryFile.read(file, LARGEST + (1 << 20));
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<SolveEntry> entries = new ArrayList<>();
        int line = 0;
        for (String text : new String(content, StandardCharsets.UTF_8).split("\n")) {
            int number = ++line;
            entry(text).map(entry -> entry.numbered(number)).ifPresent(entries::add);
        }
        return entries;
    }

    private static Optional<SolveEntry> entry(String line) {
        if (line.isBlank()) {
            return Optional.empty();
        }
        try {
            SolveEntry entry = Json.mapper().readValue(line, SolveEntry.class);
            return Optional.ofNullable(entry).filter(known -> known.kind() != null && known.at() != null);
        } catch (JsonProcessingException e) {
            // The power went in the middle of this line: what came before it still counts.
            return Optional.empty();
        }
    }
}
