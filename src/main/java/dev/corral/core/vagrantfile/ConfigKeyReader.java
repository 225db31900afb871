package dev.corral.core.vagrantfile;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantRun;
import dev.corral.core.vagrantfile.Resolution.Read;
import dev.corral.core.vagrantfile.keys.ConfigKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Vagrant which settings it and its plugins know, and remembers the answer until Vagrant or a plugin is another one. No file of the
 * user's is run. Thread-safe; blocks for two or three seconds when the answer is not remembered.
 */
public final class ConfigKeyReader {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigKeyReader.class);
    private static final int SCHEMA = 1;
    private static final long LARGEST = 16L << 20;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Vagrant vagrant;
    private final Path folder;
    private @Nullable Kept known;

    /**
     * @param vagrant the Vagrant to ask
     * @param folder  where the answer is remembered; made when it is needed
     */
    public ConfigKeyReader(Vagrant vagrant, Path folder) {
        this.vagrant = vagrant;
        this.folder = folder;
    }

    /** What is remembered, with the files on which it depends. */
    private record Kept(int schema, List<FileState> files, ConfigKeys keys) {
        static Kept of(ConfigKeys keys) {
            return new Kept(
                    SCHEMA,
                    keys.installation().stream()
                            .map(file -> FileState.of(new Read(file, List.of("read"))))
                            .toList(),
                    keys);
        }

        boolean holds() {
            return schema == SCHEMA && files.stream().allMatch(FileState::holds);
        }
    }

    /**
     * The settings.
     *
     * @throws ExpectedFailure       if Vagrant does not answer
     * @throws CancellationException if the calling thread is interrupted
     */
    public synchronized ConfigKeys read() {
        Kept kept = known;
        if (kept == null || !kept.holds()) {
            kept = remembered().orElseGet(this::asked);
            known = kept;
        }
        return kept.keys;
    }

    private Path file() {
        Map<String, String> values = vagrant.variables(Map.of());
        return folder.resolve("keys-"
                + FileState.hash(
                                vagrant.executable().toString(),
                                vagrant.home().toString(),
                                Objects.requireNonNullElse(values.get("VAGRANT_NO_PLUGINS"), ""))
                        .substring(0, 24)
                + ".known");
    }

    private Optional<Kept> remembered() {
        Path file = file();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Kept kept = Json.mapper().readValue(OrdinaryFile.read(file, LARGEST), Kept.class);
            return Optional.ofNullable(kept).filter(Kept::holds);
        } catch (IOException | RuntimeException e) {
            // Whatever happened to it, Vagrant can be asked again.
            LOG.info("the remembered settings {} can't be read: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private Kept asked() {
        try {
            Path place = Files.createTempDirectory("corral-keys-");
            try {
                Kept kept = Kept.of(ask(place));
                keep(kept);
                return kept;
            } finally {
                SafeFiles.deleteTree(place);
            }
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "Vagrant can't be asked which settings it knows: " + e.getMessage(),
                    "Check that vagrant runs in a terminal.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Asking Vagrant for its settings was stopped.");
        }
    }

    private ConfigKeys ask(Path place) throws IOException, InterruptedException {
        Path empty = Files.createDirectory(place.resolve("empty"));
        Path script = place.resolve("keys.rb");
        try (InputStream in = Objects.requireNonNull(ConfigKeyReader.class.getResourceAsStream("keys.rb"), "keys.rb")) {
            Files.copy(in, script);
        }
        Path answer = place.resolve("answer.json");
        VagrantRun run = vagrant.start(
                empty,
                List.of("corral-keys"),
                Map.of(
                        "VAGRANT_CWD",
                        empty.toString(),
                        "VAGRANT_VAGRANTFILE",
                        script.toString(),
                        "VAGRANT_DOTFILE_PATH",
                        place.resolve("state").toString(),
                        "CORRAL_KEYS",
                        answer.toString()),
                place.resolve("log"));
        try {
            run.waitFor(LIMIT);
        } finally {
            run.kill();
        }
        if (!Files.exists(answer)) {
            throw new IOException("it gave no answer");
        }
        return Json.mapper().readValue(OrdinaryFile.read(answer, LARGEST), ConfigKeys.class);
    }

    private void keep(Kept kept) {
        try {
            Files.createDirectories(folder);
            Path next = Files.createTempFile(folder, "keys-", ".part");
            try {
                Files.write(next, Json.mapper().writeValueAsBytes(kept));
                Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            LOG.info("the settings that Vagrant knows can't be remembered: {}", e.toString());
        }
    }
}
