package dev.corral.core.sandbox;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.FileLook;
import dev.corral.core.base.ForeignFiles;
import dev.corral.core.base.ForeignFiles.Fault;
import dev.corral.core.base.Json;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandboxes below one cache directory. The directory is the database: every process reads and writes it, none owns
 * it. Thread-safe.
 */
public final class SandboxStore {
    /** Our own folder beside the sandboxes: stories of ended starts, start times, what is being deleted. */
    public static final String OWN = ".corral";

    private static final Logger LOG = LoggerFactory.getLogger(SandboxStore.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path cache;

    /** A store in this directory, which need not exist yet. */
    public SandboxStore(Path cache) {
        this.cache = cache.toAbsolutePath().normalize();
    }

    /** The cache directory. */
    public Path cache() {
        return cache;
    }

    /** What is left of starts that failed and were cleaned up. */
    public Path endedDirectory() {
        return cache.resolve(OWN).resolve("ended");
    }

    /** The names of all sandboxes that were ever made here. */
    public MadeLog made() {
        return new MadeLog(cache.resolve(OWN).resolve("made"));
    }

    /** Where a cache directory keeps what is ours of its sandboxes, each in a folder of its name. */
    public static Path ours(Path cache) {
        return cache.resolve(SandboxFiles.OURS);
    }

    /** What removals left behind when they were cut off. */
    public Path trash() {
        return cache.resolve(OWN).resolve("trash");
    }

    /** What Vagrant said of Vagrantfiles. */
    public Path resolvedFolder() {
        return cache.resolve(OWN).resolve("resolved");
    }

    /** How long starts took. */
    public Path historyFile() {
        return cache.resolve(OWN).resolve("history.jsonl");
    }

    /**
     * Makes an empty directory for a new sandbox, readable by its user only.
     *
     * @param sample the sample's id, may be empty; up to 8 of its characters begin the name
     * @throws ExpectedFailure if the cache directory can not be used
     */
    public SandboxFiles create(String sample) {
        CacheDirectory.prepare(cache);
        String prefix = SandboxNames.prefix(sample);
        while (true) {
            byte[] random = new byte[4];
            RANDOM.nextBytes(random);
            String id = prefix + HexFormat.of().formatHex(random);
            Path own = ours(cache).resolve(id);
            try {
                made().add(id);
                Path directory = Files.createDirectory(cache.resolve(id), SafeFiles.privateDirectory());
                Files.createDirectories(own, SafeFiles.privateDirectory());
                return new SandboxFiles(directory, own);
            } catch (FileAlreadyExistsException e) {
                // Another process drew the same eight digits: draw again.
                continue;
            } catch (IOException e) {
                throw CacheDirectory.unusable(cache, e);
            }
        }
    }

    /**
     * Puts Vagrant's root deeper into the sandbox's folder, so that there is room above it for what the Vagrantfile reads there.
     * Only before anything lies in the root.
     *
     * @param above the folders between the sandbox's folder and Vagrant's root, relative; they are made
     * @return the sandbox with its new root
     * @throws IOException if they can not be made
     */
    public SandboxFiles withRoomAbove(SandboxFiles files, Path above) throws IOException {
        Path root = files.folder().resolve(above).resolve(files.id()).normalize();
        if (!files.apart() || !root.startsWith(files.folder()) || root.equals(files.folder())) {
            throw new IOException(root + " is no folder in sandbox " + files.id());
        }
        Files.createDirectories(root, SafeFiles.privateDirectory());
        Files.createSymbolicLink(
                files.own().resolve(SandboxFiles.ROOT), files.own().relativize(root));
        return new SandboxFiles(root, files.own());
    }

    /**
     * Every sandbox directory, also those of the original plugin and those one level deeper that belong to another
     * INSPECT_SANDBOX_CACHE_SUFFIX. Links are not followed.
     *
     * @throws IOException if the cache directory is there but can not be read
     */
    public List<SandboxFiles> list() throws IOException {
        return look().sandboxes();
    }

    /**
     * What lies in a cache directory, each directory judged by itself: one that can't be read hides no other.
     *
     * @param sandboxes  the sandboxes
     * @param others     the directories that are none, but may hold or become some: one that is just being made, or one of another
     *                   INSPECT_SANDBOX_CACHE_SUFFIX
     * @param unreadable the directories that can't be looked into
     */
    public record Listing(List<SandboxFiles> sandboxes, List<Path> others, List<Path> unreadable) {}

    /**
     * Everything of {@link #list}, and what that can not tell.
     *
     * @throws IOException if the cache directory is there but can not be read
     */
    public Listing look() throws IOException {
        return look(new FileLook());
    }

    /** As {@link #look()}, of files as this look finds them. */
    public Listing look(FileLook look) throws IOException {
        return SandboxFinder.look(cache, look);
    }

    /** The same sandbox as it lies now: where its root goes is known only after its manifest was written. Looks at few files. */
    public SandboxFiles again(SandboxFiles files) {
        return files.apart() ? SandboxFinder.apart(files.cache(), files.own()) : files;
    }

    /** The sandbox whose Vagrant's root this is; empty if it is none. Looks at few files. */
    public Optional<SandboxFiles> files(Path root) {
        return SandboxFinder.at(cache, root);
    }

    /**
     * The sandbox of that id; an unambiguous beginning or end of the id is enough.
     *
     * @throws ExpectedFailure if there is none, or more than one, or others than the user could have put something into it
     */
    public SandboxFiles find(String id) {
        List<SandboxFiles> all;
        try {
            all = list();
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The sandbox cache directory " + cache + " can't be read.", "Give yourself access to it.", e);
        }
        List<SandboxFiles> exact =
                all.stream().filter(files -> files.id().equals(id)).toList();
        List<SandboxFiles> matching = !exact.isEmpty() || id.length() < 3
                ? exact
                : all.stream()
                        .filter(files -> files.id().startsWith(id) || files.id().endsWith(id))
                        .toList();
        if (matching.isEmpty()) {
            throw ExpectedFailure.notFound(
                    "There is no sandbox " + id + " in " + cache + ".",
                    "corral list sandboxes shows those that exist.");
        }
        if (matching.size() > 1) {
            throw ExpectedFailure.usage(
                    id + " fits " + matching.size() + " sandboxes: "
                            + String.join(
                                    ", ",
                                    matching.stream().map(SandboxFiles::id).toList()) + ".",
                    "Give more of the name.");
        }
        return trusted(matching.getFirst());
    }

    /**
     * The sandbox in this directory, which a list named before.
     *
     * @throws ExpectedFailure if it is none, any more or at all, or others than the user could have put something into it
     */
    public SandboxFiles at(Path directory) {
        try {
            return trusted(list().stream()
                    .filter(files -> files.directory().equals(directory))
                    .findFirst()
                    .orElseThrow(() -> ExpectedFailure.notFound(
                            "There is no sandbox in " + directory + ".",
                            "corral list sandboxes shows those that exist.")));
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The sandbox cache directory " + cache + " can't be read.", "Give yourself access to it.", e);
        }
    }

    private SandboxFiles trusted(SandboxFiles files) {
        fault().or(() -> fault(files)).ifPresent(fault -> {
            throw fault.failure();
        });
        return files;
    }

    /** Why nothing in this cache directory may be executed or removed: others than the user could have put it there. */
    public Optional<Fault> fault() {
        return ForeignFiles.fault(cache, OWN).or(() -> ForeignFiles.faultAbove(cache));
    }

    /** Why nothing in this sandbox may be executed or removed, the cache directory's own faults apart. */
    public Optional<Fault> fault(SandboxFiles files) {
        return fault(files, new FileLook());
    }

    /** As {@link #fault(SandboxFiles)}, of files as this look finds them. */
    public Optional<Fault> fault(SandboxFiles files, FileLook look) {
        return fault(files.folder(), look)
                .or(() -> ForeignFiles.fault(look, files.directory(), "Vagrantfile", ".vagrant"))
                .or(() -> ForeignFiles.fault(look, files.own(), "corral.json", "ssh-config"));
    }

    /** Why nothing in this folder of the cache directory may be executed or removed, the cache directory's own faults apart. */
    public Optional<Fault> fault(Path folder) {
        return fault(folder, new FileLook());
    }

    private Optional<Fault> fault(Path folder, FileLook look) {
        Path parent = folder.getParent();
        return (parent == null || parent.equals(cache) || !parent.startsWith(cache)
                        ? Optional.<Fault>empty()
                        : ForeignFiles.fault(look, parent))
                .or(() -> ForeignFiles.fault(look, folder));
    }

    /** Writes the manifest; it is on disk when this returns. */
    public void write(SandboxFiles files, Manifest manifest) throws IOException {
        SafeFiles.replace(
                files.manifest(), Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
    }

    /**
     * Reads the manifest, changes it and writes it, while nobody else does.
     *
     * @param change gets the manifest as it is now
     * @return what was written; empty if there is no manifest
     * @throws ExpectedFailure if it is of a newer version
     * @throws IOException     if it can not be read or written
     */
    public Optional<Manifest> change(SandboxFiles files, UnaryOperator<Manifest> change) throws IOException {
        return ManifestFile.locked(files, () -> {
            Optional<Manifest> now = ManifestFile.read(files).known(files);
            Optional<Manifest> then = now.map(change);
            if (then.isPresent() && !then.equals(now)) {
                write(files, then.get());
            }
            return then;
        });
    }

    /**
     * The manifest; empty if there is none or it is not one that this version understands.
     *
     * @throws IOException if it is there but can not be read
     */
    public static Optional<Manifest> manifest(SandboxFiles files) throws IOException {
        return ManifestFile.read(files).manifest();
    }

    /**
     * The manifest, for who is about to do something to the sandbox; empty if there is none or it is damaged.
     *
     * @throws ExpectedFailure if a newer Corral wrote it
     * @throws IOException     if it is there but can not be read
     */
    public static Optional<Manifest> known(SandboxFiles files) throws IOException {
        return ManifestFile.read(files).known(files);
    }

    /**
     * Removes a sandbox's directory. It goes out of sight at once by a rename; a crash in the middle leaves only rubbish,
     * which is listed as a leftover and cleaned up as a step of its own.
     *
     * @param keepStory whether manifest, journal and logs are kept among the ended ones
     * @throws IOException if it can not be removed; then it is still a sandbox, or out of sight
     */
    public void remove(SandboxFiles files, boolean keepStory) throws IOException {
        if (keepStory) {
            keepStory(files);
        }
        // Ours last: as long as anything is left of a sandbox, its manifest tells what it was.
        List<Path> rubbish = new ArrayList<>(outOfSight(files.id(), files.folder()));
        if (files.apart()) {
            rubbish.addAll(outOfSight(files.id(), files.own()));
        }
        for (Path left : rubbish) {
            try {
                SafeFiles.deleteTree(left);
            } catch (IOException e) {
                throw ExpectedFailure.failed(
                        "Sandbox " + files.id() + " is destroyed, but not all of its files could be deleted: "
                                + PlainText.line(String.valueOf(e.getMessage()), 300) + ".",
                        "Give yourself access to what is left in " + left + ", then clean up again.",
                        e);
            }
        }
    }

    // Where it is now; nowhere if it was not there, or had to be deleted at once.
    private List<Path> outOfSight(String id, Path directory) throws IOException {
        if (!directory.startsWith(cache) || directory.equals(cache) || Files.isSymbolicLink(directory)) {
            throw new IOException("not a directory below " + cache + ": " + directory);
        }
        if (Files.notExists(directory)) {
            return List.of();
        }
        Path rubbish = trash().resolve(id + "-" + HexFormat.of().toHexDigits(RANDOM.nextLong()));
        try {
            Files.createDirectories(trash(), SafeFiles.privateDirectory());
            Files.move(directory, rubbish);
            return List.of(rubbish);
        } catch (IOException e) {
            if (!DiskFull.is(e)) {
                throw e;
            }
            // No room even for a name elsewhere: then it goes where it is.
            SafeFiles.deleteTree(directory);
            return List.of();
        }
    }

    /**
     * Removes a folder of this cache directory that is no sandbox: rubbish of an earlier removal, or a start that was cut off
     * before there was anything.
     *
     * @throws IOException if it is a sandbox, a link or elsewhere, or can not be removed
     */
    public void removeFolder(Path directory) throws IOException {
        if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!directory.startsWith(cache)
                || !directory.equals(directory.normalize())
                || directory.equals(cache)
                || isOfASandbox(directory)
                || Files.isSymbolicLink(directory)
                || !directory.toRealPath().startsWith(cache.toRealPath())) {
            throw new IOException(directory + " is not a folder of " + cache + " that could be removed");
        }
        Optional<Fault> fault = fault().or(() -> fault(directory));
        if (fault.isPresent()) {
            throw fault.get().failure();
        }
        SafeFiles.deleteTree(directory);
    }

    // What was killed between the rename and the first deletion looks like a sandbox still, but is in no list.
    private boolean isOfASandbox(Path directory) throws IOException {
        return list().stream()
                .anyMatch(files -> directory.startsWith(files.folder()) || directory.startsWith(files.own()));
    }

    // A full disk must not keep a sandbox from being removed: that is how room is made.
    private void keepStory(SandboxFiles files) throws IOException {
        try {
            EndedSandboxes.keep(files, endedDirectory());
        } catch (IOException e) {
            if (!DiskFull.is(e)) {
                throw e;
            }
            LOG.warn("no room to keep the story of {}", files.id(), e);
        }
    }
}
