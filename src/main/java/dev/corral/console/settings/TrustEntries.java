package dev.corral.console.settings;

import dev.corral.core.vagrantfile.ReadFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What trusted Vagrantfiles were seen to read, a small file for each content of each. Only the newest are kept. */
final class TrustEntries {
    private static final Logger LOG = LoggerFactory.getLogger(TrustEntries.class);
    private static final int MOST = 500;
    private static final int MOST_OF_ONE = 40;
    private static final int MOST_EARLIER = 10;
    private static final int NAME = 32;
    private static final String ENDING = ".json";

    private final Path folder;

    /**
     * One of them.
     *
     * @param vagrantfile its path
     * @param hash        names its content
     * @param files       itself, and what it was seen to read
     * @param many        whether that is more than is remembered
     * @param earlier     what the word was about before with this content, the newest first: it may be so again
     */
    record Entry(String vagrantfile, String hash, ReadFiles files, boolean many, List<ReadFiles> earlier) {
        Entry {
            // Those of older versions have none.
            earlier = earlier == null ? List.of() : List.copyOf(earlier);
        }

        /** Whether all is as the word has it, or had it once; reads files. */
        boolean holds() {
            return files.hold() || earlier.stream().anyMatch(ReadFiles::hold);
        }

        /**
         * What the word is about after a save by the person whose word it is: the state that was there, or else the newest; empty where it
         * was about another content of that file. Reads files.
         */
        Optional<ReadFiles> saved(Path file, String before, String after) {
            List<ReadFiles> now = Stream.concat(Stream.of(files), earlier.stream())
                    .flatMap(one -> one.saved(file, before, after).stream())
                    .toList();
            return now.stream().filter(ReadFiles::hold).findFirst().or(() -> now.stream()
                    .findFirst());
        }

        /** What the word is about as it is now, where that was allowed once; reads files. */
        ReadFiles holding() {
            return files.hold()
                    ? files
                    : earlier.stream().filter(ReadFiles::hold).findFirst().orElse(files);
        }
    }

    TrustEntries(Path folder) {
        this.folder = folder;
    }

    /** That content's. */
    Optional<Entry> of(Path vagrantfile, String hash) {
        // Nothing is lost by asking again, so a damaged one is none.
        return new StateFile<>(file(vagrantfile, hash), Entry.class)
                .load()
                .filter(entry -> vagrantfile.toString().equals(entry.vagrantfile())
                        && hash.equals(entry.hash())
                        && entry.files() != null
                        && !entry.files().hashes().isEmpty());
    }

    /** The newest one of that Vagrantfile, whatever its content was. */
    Optional<Entry> newest(Path vagrantfile) {
        String beginning = name(vagrantfile.toString());
        return list().stream()
                .filter(file -> file.getFileName().toString().startsWith(beginning))
                .max(Comparator.comparing(TrustEntries::time))
                .flatMap(file -> new StateFile<>(file, Entry.class).load())
                .filter(entry -> vagrantfile.toString().equals(entry.vagrantfile()) && entry.files() != null);
    }

    /** All that are kept, of whichever Vagrantfile. */
    List<Entry> all() {
        return list().stream()
                .flatMap(file -> new StateFile<>(file, Entry.class)
                                .load()
                                .filter(entry ->
                                        entry.vagrantfile() != null && entry.hash() != null && entry.files() != null)
                                .stream())
                .toList();
    }

    /**
     * Keeps what the word is about now, and what it was about before.
     *
     * @param many whether that is more than is remembered
     * @throws IOException if it can't be written
     */
    void write(Path vagrantfile, String hash, ReadFiles files, boolean many) throws IOException {
        Set<ReadFiles> earlier = new LinkedHashSet<>();
        if (!many) {
            of(vagrantfile, hash).filter(before -> !before.many()).ifPresent(before -> Stream.concat(
                            Stream.of(before.files()), before.earlier().stream())
                    // What it was seen to read since then has to be as it is now.
                    .map(files::with)
                    .filter(other -> !other.equals(files) && !other.many())
                    .forEach(earlier::add));
        }
        write(new Entry(
                vagrantfile.toString(),
                hash,
                files,
                many,
                earlier.stream().limit(MOST_EARLIER).toList()));
    }

    private void write(Entry entry) throws IOException {
        new StateFile<>(file(Path.of(entry.vagrantfile()), entry.hash()), Entry.class).write(entry);
        List<Path> all = list();
        // A file that is edited for a day must not push all others out.
        String beginning = name(entry.vagrantfile());
        onlyNewest(
                all.stream()
                        .filter(file -> file.getFileName().toString().startsWith(beginning))
                        .toList(),
                MOST_OF_ONE);
        onlyNewest(all, MOST);
    }

    private static void onlyNewest(List<Path> files, int most) throws IOException {
        if (files.size() > most) {
            for (Path old : files.stream()
                    .sorted(Comparator.comparing(TrustEntries::time))
                    .limit(files.size() - most)
                    .toList()) {
                Files.deleteIfExists(old);
            }
        }
    }

    private Path file(Path vagrantfile, String hash) {
        return folder.resolve(name(vagrantfile.toString()) + "-" + name(hash) + ENDING);
    }

    private List<Path> list() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            files.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("what trusted Vagrantfiles read can't be looked up in {}", folder, e);
        }
        return found;
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            // Another process removed it.
            return FileTime.fromMillis(0);
        }
    }

    private static String name(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, NAME);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
