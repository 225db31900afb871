package dev.corral.console.settings;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which Vagrantfiles the user has said may run. A Vagrantfile is Ruby that runs on this machine, so an unknown one is
 * asked about once; a changed one is unknown again. Thread-safe; all methods read or write files.
 */
public final class TrustStore {
    private final StateFile<Known> store;
    private final List<Path> knownFolders;

    /**
     * A Vagrantfile as it was at one moment: what a person is shown and what the answer is about.
     *
     * @param file where it is
     * @param text what it holds
     * @param hash names that content
     */
    public record Content(Path file, String text, String hash) {}

    /** The file's content. */
    record Known(Set<String> hashes, Set<String> folders) {
        Known {
            hashes = new TreeSet<>(Objects.requireNonNullElse(hashes, Set.of()));
            folders = new TreeSet<>(Objects.requireNonNullElse(folders, Set.of()));
        }
    }

    /**
     * @param file         where it is kept
     * @param knownFolders folders whose Vagrantfiles need no question, for instance the samples that come with Corral
     */
    public TrustStore(Path file, List<Path> knownFolders) {
        this.store = new StateFile<>(file, Known.class);
        this.knownFolders = knownFolders.stream().map(TrustStore::real).toList();
    }

    /**
     * Reads a Vagrantfile as it is now.
     *
     * @throws ExpectedFailure if it can not be read
     */
    public Content read(Path vagrantfile) {
        try {
            byte[] bytes = OrdinaryFile.read(real(vagrantfile));
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new Content(vagrantfile, new String(bytes, StandardCharsets.UTF_8), hash);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The Vagrantfile " + vagrantfile + " can not be read.",
                    Files.exists(vagrantfile)
                            ? "Check that it is a file and its permissions."
                            : "Check the path; no such file exists.",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What has to be shown and asked about before this Vagrantfile may run; empty when it may run as it is. In a trusted folder nothing is
     * read.
     *
     * @throws ExpectedFailure if it can not be read
     */
    public synchronized Optional<Content> unknown(Path vagrantfile) {
        Path path = real(vagrantfile);
        Known known = known();
        if (Stream.concat(knownFolders.stream(), known.folders().stream().map(Path::of))
                .anyMatch(path::startsWith)) {
            return Optional.empty();
        }
        return Optional.of(read(vagrantfile)).filter(content -> !known.hashes().contains(content.hash()));
    }

    /**
     * Remembers a content: the one that was shown, whatever the file holds by now.
     *
     * @throws ExpectedFailure if that can't be written
     */
    public synchronized void trustContent(Content shown) {
        Known known = known();
        known.hashes().add(shown.hash());
        write(known);
    }

    /**
     * Remembers a folder with all Vagrantfiles in and below it.
     *
     * @throws ExpectedFailure if that can't be written
     */
    public synchronized void trustFolder(Path folder) {
        Known known = known();
        known.folders().add(real(folder).toString());
        write(known);
    }

    private Known known() {
        // Nothing is lost by asking again, and the next answer writes a damaged file anew.
        return store.load().orElseGet(() -> new Known(Set.of(), Set.of()));
    }

    private void write(Known known) {
        try {
            store.write(known);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Your answer could not be stored in " + store.path() + ".",
                    "Check that the folder can be written.",
                    e);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            // A file that does not exist is reported when it is read.
            return path.toAbsolutePath().normalize();
        }
    }
}
