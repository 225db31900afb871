package dev.corral.console.settings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Which Vagrantfiles the user has said may run. A Vagrantfile is Ruby that runs on this machine, so an unknown one is
 * asked about once; a changed one is unknown again. Thread-safe; all methods read or write files.
 */
public final class TrustStore {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final Logger LOG = Logger.getLogger(TrustStore.class.getName());

    private final Path file;
    private final List<Path> knownFolders;

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
        this.file = file;
        this.knownFolders = knownFolders.stream().map(TrustStore::real).toList();
    }

    /**
     * Whether this Vagrantfile may run without a question.
     *
     * @throws ExpectedFailure if it can not be read
     */
    public synchronized boolean trusts(Path vagrantfile) {
        Path path = real(vagrantfile);
        if (knownFolders.stream().anyMatch(path::startsWith)) {
            return true;
        }
        Known known = read();
        return known.folders().stream().map(Path::of).anyMatch(path::startsWith)
                || known.hashes().contains(hash(path));
    }

    /** Remembers the present content of a Vagrantfile. */
    public synchronized void trustFile(Path vagrantfile) {
        Known known = read();
        known.hashes().add(hash(real(vagrantfile)));
        write(known);
    }

    /** Remembers a folder with all Vagrantfiles in and below it. */
    public synchronized void trustFolder(Path folder) {
        Known known = read();
        known.folders().add(real(folder).toString());
        write(known);
    }

    private Known read() {
        if (!Files.exists(file)) {
            return new Known(Set.of(), Set.of());
        }
        try {
            return JSON.readValue(file.toFile(), Known.class);
        } catch (IOException damaged) {
            // Nothing is lost by asking again, and the next answer writes the file anew.
            LOG.log(Level.WARNING, "the trusted Vagrantfiles are damaged and forgotten: {0}", file);
            return new Known(Set.of(), Set.of());
        }
    }

    private void write(Known known) {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), known);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Your answer could not be stored in " + file + ".", "Check that the folder can be written.", e);
        }
    }

    private static String hash(Path path) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The Vagrantfile " + path + " can not be read.",
                    Files.exists(path)
                            ? "Check that it is a file and its permissions."
                            : "Check the path; no such file exists.",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
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
