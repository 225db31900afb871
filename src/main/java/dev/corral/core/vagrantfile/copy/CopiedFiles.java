package dev.corral.core.vagrantfile.copy;

import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was copied into a sandbox, to be compared later: its files are code that this machine runs, and a guest may have them as a shared
 * folder. Immutable.
 *
 * @param files what was copied, by its place relative to Vagrant's root; a name that is no text begins with {@code uri:}
 */
public record CopiedFiles(Map<String, Copied> files) {
    private static final String ODD = "uri:";
    private static final Path TOP = Path.of("/");
    private static final long LARGEST = 64L << 20;
    private static final int PART = 1 << 16;

    /** Copies the map. */
    public CopiedFiles {
        files = files == null ? Map.of() : Map.copyOf(files);
    }

    /**
     * One thing that was copied.
     *
     * @param size   a file's size in bytes
     * @param sha256 its hash in hexadecimal digits; null for a link
     * @param link   where a link leads, as it is written there; null for a file
     */
    public record Copied(
            long size, @Nullable String sha256, @Nullable String link) {}

    /**
     * A difference to what was copied.
     *
     * @param place    the place relative to Vagrant's root
     * @param vanished whether nothing is there any more; otherwise it is something else now
     */
    public record Change(String place, boolean vanished) {}

    /** What a place is called here. */
    public static String key(Path place) {
        String text = place.toString();
        if (!text.startsWith(ODD) && Paths.of(text).filter(place::equals).isPresent()) {
            return text;
        }
        return ODD + TOP.resolve(place).toUri().getRawPath();
    }

    /** What was copied to a place relative to Vagrant's root; empty if nothing was. */
    public Optional<Copied> at(Path place) {
        return Optional.ofNullable(files.get(key(place)));
    }

    /** Of what was copied only these places, and all links. */
    public CopiedFiles only(Collection<Path> places) {
        Map<String, Copied> some = new TreeMap<>();
        files.forEach((key, copied) -> {
            if (copied.link() != null) {
                some.put(key, copied);
            }
        });
        for (Path place : places) {
            at(place).ifPresent(copied -> some.put(key(place), copied));
        }
        return new CopiedFiles(some);
    }

    /** The place of something that was copied. */
    public static Path place(String key) {
        if (!key.startsWith(ODD)) {
            return Path.of(key);
        }
        Path whole = Path.of(URI.create("file://" + key.substring(ODD.length())));
        return whole.subpath(0, whole.getNameCount());
    }

    /**
     * Stores it so that power loss leaves the old or the new.
     *
     * @throws IOException if the file can not be written
     */
    public void write(Path file) throws IOException {
        SafeFiles.replace(
                file,
                Json.mapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsBytes(new CopiedFiles(new TreeMap<>(files))));
    }

    /**
     * What was stored.
     *
     * @throws NoSuchFileException if nothing was
     * @throws IOException         if it can not be read or makes no sense
     */
    public static CopiedFiles read(Path file) throws IOException {
        CopiedFiles read = Json.mapper().readValue(OrdinaryFile.read(file, LARGEST), CopiedFiles.class);
        if (read == null) {
            throw new IOException(file + " holds nothing");
        }
        return read;
    }

    /**
     * What of the copied files is no longer as it was copied. Files that were added since are none of it. Links that somebody put in the
     * place of a file or folder are not followed, and no more is read than was copied. Blocks.
     *
     * @param root Vagrant's root
     * @throws IOException if the root itself can not be looked at
     */
    public List<Change> changed(Path root) throws IOException {
        Path real = root.toRealPath();
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<String, Copied> one : new TreeMap<>(files).entrySet()) {
            try {
                if (!same(real, place(one.getKey()), one.getValue())) {
                    changes.add(new Change(one.getKey(), false));
                }
            } catch (NoSuchFileException e) {
                changes.add(new Change(one.getKey(), true));
            } catch (IOException | IllegalArgumentException e) {
                // What nobody can read, or a place that is none, is not what was copied.
                changes.add(new Change(one.getKey(), false));
            }
        }
        return changes;
    }

    /**
     * Whether something that was copied is still as it was copied. Blocks.
     *
     * @param root Vagrant's root
     * @param key  its place, as among {@link #files}; false for what is not
     */
    public boolean holds(Path root, String key) {
        Copied copied = files.get(key);
        try {
            return copied != null && same(root.toRealPath(), place(key), copied);
        } catch (IOException | IllegalArgumentException e) {
            // What nobody can read is not what was copied.
            return false;
        }
    }

    /**
     * Whether this is what was copied to a place, for one who has read it already: what is read again may be something else.
     *
     * @param place relative to Vagrant's root
     */
    public boolean holds(Path place, byte[] content) {
        Hash hash = new Hash();
        hash.add(content, content.length);
        String digits = hash.digits();
        return at(place).filter(copied -> digits.equals(copied.sha256())).isPresent();
    }

    private static boolean same(Path root, Path place, Copied copied) throws IOException {
        Path file = root.resolve(place).normalize();
        Path folder = file.getParent();
        if (folder == null || !folder.toRealPath().equals(folder)) {
            return false;
        }
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (copied.link() != null) {
            return attributes.isSymbolicLink()
                    && Files.readSymbolicLink(file).toString().equals(copied.link());
        }
        return attributes.isRegularFile()
                && attributes.size() == copied.size()
                && hash(file, copied.size()).equals(copied.sha256());
    }

    private static String hash(Path file, long size) throws IOException {
        Hash hash = new Hash();
        long left = size;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] part = new byte[PART];
            for (int read = in.read(part); read > 0 && left > 0; read = in.read(part)) {
                hash.add(part, (int) Math.min(read, left));
                left -= read;
            }
        }
        return hash.digits();
    }
}
