package dev.corral.console.editor.file;

import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts that were not saved when the window ended, one file each, for their user only. Of a crash they are what is left, and closing the
 * window needs no question because of them. Thread-safe; all methods block.
 */
public final class Drafts {
    private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);
    private static final String ENDING = ".json";
    private static final Duration KEPT = Duration.ofDays(90);

    private final Path folder;

    /**
     * A text that was not saved.
     *
     * @param path    the file
     * @param base    what the file had when it was read or saved last
     * @param text    what was typed
     * @param written when
     */
    public record Draft(String path, String base, String text, Instant written) {
        /** Fills what is absent. */
        public Draft {
            path = Objects.requireNonNullElse(path, "");
            base = Objects.requireNonNullElse(base, "");
            text = Objects.requireNonNullElse(text, "");
            written = Objects.requireNonNullElse(written, Instant.EPOCH);
        }
    }

    /** @param folder where they are kept; made when it is needed */
    public Drafts(Path folder) {
        this.folder = folder;
    }

    private Path place(Path file) {
        try {
            byte[] name =
                    MessageDigest.getInstance("SHA-256").digest(file.toString().getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(name, 0, 16) + ENDING);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Keeps a text instead of what was kept of that file.
     *
     * @throws IOException if it can not be written
     */
    public synchronized void keep(Path file, String base, String text) throws IOException {
        Files.createDirectories(folder.getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, SafeFiles.privateDirectory());
        }
        Draft draft = new Draft(file.toString(), base, text, Instant.now());
        SafeFiles.replace(place(file), Json.mapper().writeValueAsBytes(draft));
    }

    /** What was kept of a file. One that can not be read is as good as none, and is said so in the log. */
    public synchronized Optional<Draft> of(Path file) {
        Path place = place(file);
        if (!Files.exists(place)) {
            return Optional.empty();
        }
        try {
            Draft draft = Json.mapper().readValue(OrdinaryFile.read(place), Draft.class);
            return Optional.of(draft).filter(found -> found.path().equals(file.toString()));
        } catch (IOException e) {
            LOG.warn("a kept text in {} can not be read: {}", place, e.getMessage());
            return Optional.empty();
        }
    }

    /** Forgets what was kept of a file. */
    public synchronized void drop(Path file) {
        try {
            Files.deleteIfExists(place(file));
        } catch (IOException e) {
            LOG.warn("a kept text can not be removed", e);
        }
    }

    /** The files of which a text is kept, the newest first; those of a quarter of a year ago are forgotten. */
    public synchronized List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            Instant old = Instant.now().minus(KEPT);
            return all.filter(place -> place.toString().endsWith(ENDING))
                    .flatMap(place -> read(place, old).stream())
                    .sorted((one, other) -> other.written().compareTo(one.written()))
                    .map(draft -> Path.of(draft.path()))
                    .toList();
        } catch (IOException e) {
            LOG.warn("kept texts can not be listed", e);
            return List.of();
        }
    }

    private static Optional<Draft> read(Path place, Instant old) {
        try {
            FileTime time = Files.getLastModifiedTime(place);
            if (time.toInstant().isBefore(old)) {
                Files.deleteIfExists(place);
                return Optional.empty();
            }
            Draft draft = Json.mapper().readValue(OrdinaryFile.read(place), Draft.class);
            return Optional.of(draft)
                    .filter(found ->
                            found.path().startsWith("/") && found.path().indexOf('\0') < 0);
        } catch (IOException e) {
            LOG.warn("a kept text in {} can not be read: {}", place, e.getMessage());
            return Optional.empty();
        }
    }
}
