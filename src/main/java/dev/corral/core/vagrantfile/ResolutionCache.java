package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.vagrantfile.Resolution.Read;
import dev.corral.core.vagrantfile.Resolution.Variable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers answers, a file each: {@code <question>-<answer>.json}, where the first part is the hash of what was asked and the second that
 * of what decided. An answer holds as long as everything that was touched is as it was, and the variables that were read have their
 * values. Safe for several processes, which replace whole files; a damaged file is one that is not there.
 */
final class ResolutionCache {
    private static final Logger LOG = LoggerFactory.getLogger(ResolutionCache.class);
    private static final int SCHEMA = 1;
    private static final int MOST_OF_ONE = 16;
    private static final int MOST = 500;
    private static final int LARGEST = 4 << 20;
    // A kernel notes times with the last tick of its clock, so that a change may bear a time shortly before it was
    // made.
    private static final long TICK = 12;
    private static final int KEY = 24;
    // They differ between processes and say nothing that a Vagrantfile is made of.
    private static final Set<String> FLEETING =
            Set.of("_", "SHLVL", "PWD", "OLDPWD", "COLUMNS", "LINES", "RANDOM", "SECONDS");
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;

    /** One that keeps its files in this folder, which is made when it is needed. */
    ResolutionCache(Path folder) {
        this.folder = folder;
    }

    /**
     * What is kept. Values of variables are kept as hashes with a salt, since any of them may be a secret.
     *
     * @param suffix  the suffix of machine names, if it was read
     * @param textual whether another suffix is known to have given the same answer with the other one in its place
     */
    record Entry(
            int schema,
            String salt,
            Map<String, String> variables,
            List<FileState> files,
            Optional<String> suffix,
            boolean textual,
            Resolution resolution) {
        /** Takes an absent suffix for none. */
        Entry {
            suffix = Resolution.optional(suffix);
        }

        /** The answer for another suffix, if it can be told. */
        Optional<Resolution> forSuffix(Optional<String> other, boolean known) {
            if (suffix.isEmpty() || suffix.equals(other)) {
                return Optional.of(resolution);
            }
            return known && other.isPresent()
                    ? Optional.of(Suffixes.replaced(resolution, suffix.get(), other.get()))
                    : Optional.empty();
        }
    }

    /**
     * The answer to a question, if it is known and still holds.
     *
     * @param question the hash of the question
     * @param values   the variables that Vagrant would get
     */
    Optional<Resolution> find(String question, Map<String, String> values) {
        for (Path file : entries(question.substring(0, KEY) + "-*.json")) {
            try {
                Entry entry = Json.mapper().readValue(OrdinaryFile.read(file, LARGEST), Entry.class);
                if (entry != null && entry.schema == SCHEMA && holds(entry, values)) {
                    Optional<Resolution> answer = entry.forSuffix(Suffixes.of(values), entry.textual);
                    if (answer.isPresent()) {
                        touch(file);
                        return answer;
                    }
                }
            } catch (IOException | RuntimeException e) {
                // Whatever happened to it, Vagrant can be asked again.
                LOG.info("the remembered answer {} can't be read: {}", file, e.toString());
                discard(file);
            }
        }
        return Optional.empty();
    }

    // Whether an answer for another suffix differs in nothing but that suffix.
    private boolean likeAnother(String question, Map<String, String> values, Resolution resolution) {
        String suffix = Suffixes.of(values).orElseThrow();
        if (resolution.reads().stream().anyMatch(read -> read.path().contains(suffix))) {
            // Which files there are for yet another one decides as well.
            return false;
        }
        for (Path file : entries(question.substring(0, KEY) + "-*.json")) {
            try {
                Entry entry = Json.mapper().readValue(OrdinaryFile.read(file, LARGEST), Entry.class);
                if (entry != null
                        && entry.schema == SCHEMA
                        && entry.suffix.isPresent()
                        && !entry.suffix.equals(Suffixes.of(values))
                        && holds(entry, values)
                        && entry.forSuffix(Suffixes.of(values), true)
                                .map(Suffixes::comparable)
                                .equals(Optional.of(Suffixes.comparable(resolution)))) {
                    return true;
                }
            } catch (IOException | RuntimeException e) {
                LOG.debug("the remembered answer {} can't be read", file, e);
            }
        }
        return false;
    }

    private static boolean holds(Entry entry, Map<String, String> values) {
        return entry.variables.entrySet().stream()
                        .allMatch(one -> value(entry.salt, one.getKey(), values).equals(one.getValue()))
                && entry.files.stream().allMatch(FileState::holds);
    }

    /**
     * Remembers an answer, unless it may be another one the next time. A failure to write is no failure: the next time costs a second.
     *
     * @param asked when the question was asked, in milliseconds since 1970: what changed since then may not be what was read
     */
    void store(String question, Map<String, String> values, Resolution resolution, long asked) {
        if (resolution.anyFailure().isPresent() || !resolution.repeatable()) {
            return;
        }
        List<FileState> files = new ArrayList<>();
        resolution.reads().forEach(read -> files.add(FileState.of(read)));
        resolution.installation().forEach(file -> files.add(FileState.of(new Read(file, List.of("read")))));
        boxes(resolution).forEach(box -> files.add(FileState.of(new Read(box, List.of("list")))));
        if (files.stream().anyMatch(file -> file.changedSince(asked - TICK))) {
            return;
        }
        String salt = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
        Map<String, String> variables = new TreeMap<>();
        resolution.variables().stream()
                .map(Variable::name)
                .forEach(name -> variables.put(name, value(salt, name, values)));
        Optional<String> suffix = Suffixes.of(values).filter(value -> variables.remove(Suffixes.VARIABLE) != null);
        Entry entry = new Entry(
                SCHEMA,
                salt,
                variables,
                files,
                suffix,
                suffix.isPresent() && likeAnother(question, values, resolution),
                resolution);
        try {
            byte[] content = Json.mapper().writeValueAsBytes(entry);
            if (content.length <= LARGEST) {
                Map<String, String> unsalted = new TreeMap<>();
                resolution.variables().forEach(one -> unsalted.put(one.name(), value("", one.name(), values)));
                write(
                        folder.resolve(question.substring(0, KEY) + "-"
                                + FileState.hash(files.toString(), unsalted.toString())
                                        .substring(0, KEY) + ".json"),
                        content);
                bound(question);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a resolution can be written as JSON", e);
        } catch (IOException e) {
            LOG.info("what Vagrant said of {} can't be remembered: {}", resolution.vagrantfile(), e.toString());
        }
    }

    // Which boxes are there decides which Vagrantfile of a box is read.
    private static List<String> boxes(Resolution resolution) {
        List<String> folders = new ArrayList<>();
        for (ResolvedMachine machine : resolution.machines()) {
            if (machine.box().name() == null || machine.box().name().isEmpty()) {
                continue;
            }
            Path box = Path.of(
                    resolution.home(),
                    "boxes",
                    machine.box().name().replace(":", "-VAGRANTCOLON-").replace("/", "-VAGRANTSLASH-"));
            folders.add(box.toString());
            for (Path version : children(box)) {
                folders.add(version.toString());
                children(version).forEach(below -> folders.add(below.toString()));
            }
        }
        return folders.stream().distinct().toList();
    }

    private static List<Path> children(Path folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            // No such box: its absence is what is noted.
            return List.of();
        }
        return found;
    }

    private static String value(String salt, String name, Map<String, String> values) {
        if (name.equals(Resolution.ALL_VARIABLES)) {
            Map<String, String> all = new TreeMap<>(values);
            all.keySet().removeAll(FLEETING);
            return FileState.hash(salt, all.toString());
        }
        String value = values.get(name);
        return value == null ? "unset" : FileState.hash(salt, name, value);
    }

    private List<Path> entries(String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            files.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            // Nothing has been remembered yet.
            return List.of();
        }
        found.sort(Comparator.comparing(ResolutionCache::time).reversed());
        return found;
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.from(Instant.EPOCH);
        }
    }

    private void bound(String question) {
        List<Path> ofOne = entries(question.substring(0, KEY) + "-*.json");
        ofOne.stream().skip(MOST_OF_ONE).forEach(ResolutionCache::discard);
        List<Path> all = entries("*.json");
        all.stream().skip(MOST).forEach(ResolutionCache::discard);
    }

    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            LOG.debug("the time of {} can't be set", file, e);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} can't be removed", file, e);
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(folder, attributes("rwx------"));
        Path next = Files.createTempFile(folder, "next-", ".part", attributes("rw-------"));
        try {
            Files.write(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
