package dev.corral.console.editor.file;

import dev.corral.core.base.Json;
import dev.corral.core.base.Located;
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
 * window needs no question because of them. Of one file several may be kept: what is typed before it is decided on an older one takes
 * the place of none. Thread-safe; all methods block.
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

    /**
     * Where one is kept.
     *
     * @param file  the file
     * @param place its own, which no other text has
     */
    public record Slot(Path file, Path place) {}

    /**
     * One that is kept.
     *
     * @param slot  where
     * @param draft what
     */
    public record Kept(Slot slot, Draft draft) {}

    /** @param folder where they are kept; made when it is needed */
    public Drafts(Path folder) {
        this.folder = folder;
    }

    private static String name(Path file) {
        try {
            byte[] name =
                    MessageDigest.getInstance("SHA-256").digest(file.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(name, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A place for a text of this file at which none is kept. */
    public synchronized Slot free(Path file) {
        String name = name(file);
        int number = 0;
        Path place = folder.resolve(name + ENDING);
        while (Files.exists(place)) {
            place = folder.resolve(name + "-" + ++number + ENDING);
        }
        return new Slot(file, place);
    }

    /**
     * Keeps a text instead of what was kept there.
     *
     * @throws IOException if it can not be written
     */
    public synchronized void keep(Slot slot, String base, String text) throws IOException {
        Files.createDirectories(folder.getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, SafeFiles.privateDirectory());
        }
        Draft draft = new Draft(slot.file().toString(), base, text, Instant.now());
        SafeFiles.replace(slot.place(), Json.mapper().writeValueAsBytes(draft));
    }

    /**
     * What was kept of a file, by whatever links it was reached then, the newest first. One that can not be read is as good as none, and is
     * said so in the log.
     */
    public synchronized List<Kept> of(Path file) {
        Path wanted = Located.of(file);
        return all().stream()
                .filter(kept -> kept.slot().file().equals(file)
                        || Located.of(kept.slot().file()).equals(wanted))
                .toList();
    }

    /** Forgets what was kept there. */
    public synchronized void drop(Slot slot) {
        try {
            Files.deleteIfExists(slot.place());
        } catch (IOException e) {
            LOG.warn("a kept text can not be removed", e);
        }
    }

    /** The files of which a text is kept, the newest first; those of a quarter of a year ago are forgotten. */
    public synchronized List<Path> files() {
        return all().stream().map(kept -> kept.slot().file()).distinct().toList();
    }

    private List<Kept> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            Instant old = Instant.now().minus(KEPT);
            return all.filter(place -> place.toString().endsWith(ENDING))
                    .flatMap(place -> read(place, old).stream())
                    .sorted((one, other) ->
                            other.draft().written().compareTo(one.draft().written()))
                    .toList();
        } catch (IOException e) {
            LOG.warn("kept texts can not be listed", e);
            return List.of();
        }
    }

    private static Optional<Kept> read(Path place, Instant old) {
        try {
            FileTime time = Files.getLastModifiedTime(place);
            if (time.toInstant().isBefore(old)) {
                Files.deleteIfExists(place);
                return Optional.empty();
            }
            Draft draft = Json.mapper().readValue(OrdinaryFile.read(place), Draft.class);
            return Optional.of(draft)
                    .filter(found ->
                            found.path().startsWith("/") && found.path().indexOf('\0') < 0)
                    .map(found -> new Kept(new Slot(Path.of(found.path()), place), found));
        } catch (IOException e) {
            LOG.warn("a kept text in {} can not be read: {}", place, e.getMessage());
            return Optional.empty();
        }
    }
}
