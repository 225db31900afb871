package dev.corral.core.operation.boot;

import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.hypervisor.console.ConsoleTurn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an operation keeps what a machine showed while it booted: among its logs, so that it stays with the story of a start that was
 * cleaned up. The console's is written while it prints; both stay only where the boot came to no good end.
 *
 * @param logs     the folder of the operation's logs
 * @param workflow the operation's id
 * @param machine  the machine's full name
 */
public record BootFiles(Path logs, String workflow, String machine) {
    private static final long MOST_TEXT = 1 << 20;
    private static final long MOST_PICTURE = 64L << 20;

    /** The last screen of its serial console, as text. */
    public Path console() {
        return logs.resolve("console-" + name() + ".txt");
    }

    /** A picture of its screen, a PNG. */
    public Path picture() {
        return logs.resolve("screen-" + name() + ".png");
    }

    private String name() {
        return ConsoleTurn.fileName(workflow) + "-" + ConsoleTurn.fileName(machine);
    }

    /**
     * What the console showed last; empty if nothing is kept. Blocks.
     *
     * @throws IOException if it is there and can't be read
     */
    public Optional<String> consoleText() throws IOException {
        try {
            return Optional.of(new String(OrdinaryFile.read(console(), MOST_TEXT), StandardCharsets.UTF_8))
                    .filter(text -> !text.isBlank());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * The picture; empty if none is kept. Blocks.
     *
     * @throws IOException if it is there and can't be read
     */
    public Optional<byte[]> pictureBytes() throws IOException {
        try {
            return Optional.of(OrdinaryFile.read(picture(), MOST_PICTURE));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
