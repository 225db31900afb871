package dev.corral.console;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the window opens.
 *
 * @param trustedFolders folders whose Vagrantfiles run without a question, for instance the samples that come with Corral
 * @param stateFolder    where the window keeps its state; empty means the user's configuration directory
 * @param shown          is run on the FX thread when the window has drawn its first frame
 */
public record WindowOptions(List<Path> trustedFolders, Optional<Path> stateFolder, Runnable shown) {

    /** Copies the list. */
    public WindowOptions {
        trustedFolders = List.copyOf(trustedFolders);
        Objects.requireNonNull(stateFolder, "stateFolder");
        Objects.requireNonNull(shown, "shown");
    }

    /** The usual ones. */
    public static WindowOptions usual() {
        return new WindowOptions(List.of(), Optional.empty(), () -> {});
    }

    /** The usual ones, and Vagrantfiles in and below these folders run without a question. */
    public static WindowOptions trusting(List<Path> folders) {
        return new WindowOptions(folders, Optional.empty(), () -> {});
    }
}
