package dev.corral.core.inventory.read;

import dev.corral.core.base.FileFacts;
import dev.corral.core.base.FileLook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory at one moment: its time and size tell whether it has changed since.
 *
 * @param modified nanoseconds since the epoch
 * @param size     bytes
 * @param key      tells it from another file of the same name
 */
record Stamp(long modified, long size, @Nullable Object key) {
    /** Of what is not there. */
    static final Stamp ABSENT = new Stamp(-1, -1, null);

    // File systems count time in steps of up to two seconds.
    private static final Duration STEP = Duration.ofSeconds(2);
    // Like none that a file has.
    private static final Stamp YOUNG = new Stamp(-2, -2, null);

    /** The file that this look finds under this name, a link followed. */
    static Stamp of(Path file, FileLook look) {
        FileFacts facts = look.at(file).orElse(null);
        return facts == null
                ? ABSENT
                : facts.isLink() ? followed(file) : new Stamp(facts.modified(), facts.size(), facts.key());
    }

    private static Stamp followed(Path link) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(link, BasicFileAttributes.class);
            return new Stamp(
                    attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            // It leads nowhere.
            return ABSENT;
        }
    }

    /**
     * The stamp by which to remember what is read now. What changed a moment ago may change once more at the same time by its file
     * system's clock: then it is remembered by one that no file has.
     */
    Stamp toRemember(Instant now) {
        Instant settled = now.minus(STEP);
        long before = TimeUnit.SECONDS.toNanos(settled.getEpochSecond()) + settled.getNano();
        return modified < before ? this : YOUNG;
    }
}
