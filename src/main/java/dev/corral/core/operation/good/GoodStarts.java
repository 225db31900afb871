package dev.corral.core.operation.good;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.EndedSandboxes;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what starts were made with: each one's own beside its sandbox, and of each Vagrantfile the last that worked, which outlives it.
 * Only the Vagrantfiles that were started last are kept. All methods read or write files; thread-safe across processes.
 */
public final class GoodStarts {
    private static final Logger LOG = LoggerFactory.getLogger(GoodStarts.class);
    private static final long LARGEST = 32L << 20;
    private static final int KEPT = 200;
    private static final String END = ".json";

    private final Path directory;

    /** Those of this cache directory, which need not exist. */
    public GoodStarts(Path cache) {
        directory = cache.resolve(SandboxStore.OWN).resolve("good");
    }

    /** Where a sandbox keeps what its own start was made with. */
    public static Path own(SandboxFiles files) {
        return files.own().resolve(EndedSandboxes.FACTS);
    }

    /**
     * Keeps what a start was made with.
     *
     * @param good whether it worked
     */
    public void keep(SandboxFiles files, StartFacts facts, boolean good) throws IOException {
        byte[] content = Json.mapper().writeValueAsBytes(facts);
        SafeFiles.replace(own(files), content);
        if (good) {
            Files.createDirectories(directory, SafeFiles.privateDirectory());
            SafeFiles.replace(file(facts.vagrantfile()), content);
            forgetOldest();
        }
    }

    private void forgetOldest() throws IOException {
        record Dated(Path file, long time) {}
        List<Dated> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + END)) {
            for (Path file : files) {
                all.add(new Dated(file, Files.getLastModifiedTime(file).toMillis()));
            }
        }
        all.sort(Comparator.comparingLong(Dated::time).reversed());
        for (Dated old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Files.deleteIfExists(old.file);
        }
    }

    private Path file(String vagrantfile) {
        try {
            return directory.resolve(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest(vagrantfile.getBytes(StandardCharsets.UTF_8)))
                    + END);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * The last start of a Vagrantfile that worked; empty if none is known.
     *
     * @throws IOException if it is kept and can't be read
     */
    public Optional<StartFacts> of(String vagrantfile) throws IOException {
        return read(file(vagrantfile)).filter(facts -> facts.vagrantfile().equals(vagrantfile));
    }

    /**
     * What a sandbox's start was made with; empty where nothing was noted.
     *
     * @throws IOException if it is kept and can't be read
     */
    public static Optional<StartFacts> of(SandboxFiles files) throws IOException {
        return read(own(files));
    }

    private static Optional<StartFacts> read(Path file) throws IOException {
        try {
            return Optional.ofNullable(Json.mapper().readValue(OrdinaryFile.read(file, LARGEST), StartFacts.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            LOG.warn("{} can't be understood", file, e);
            return Optional.empty();
        }
    }
}
