package dev.corral.core.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the code in a sandbox means, as Vagrant said it of the original when it was copied last. Kept out of the guests' reach. */
public final class KeptResolution {
    private static final Logger LOG = LoggerFactory.getLogger(KeptResolution.class);
    private static final long LARGEST = 64L << 20;

    private KeptResolution() {}

    private static Path file(SandboxFiles files) {
        return files.own().resolve("resolution.json");
    }

    /**
     * What was kept; empty for a sandbox of an older Corral, and where it makes no sense any more.
     *
     * @throws IOException if it is there and can't be read
     */
    public static Optional<Resolution> of(SandboxFiles files) throws IOException {
        try {
            return Optional.ofNullable(
                    Json.mapper().readValue(OrdinaryFile.read(file(files), LARGEST), Resolution.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            LOG.warn("{} can't be understood", file(files), e);
            return Optional.empty();
        }
    }

    /** Keeps it, in the place of what was kept before. */
    public static void write(SandboxFiles files, Resolution resolution) throws IOException {
        SafeFiles.replace(file(files), Json.mapper().writeValueAsBytes(resolution));
    }
}
