package dev.corral.core.sandbox;

import dev.corral.core.sandbox.Manifest.StartContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The copied Vagrantfile of a sandbox, whether it has a manifest or not. */
public final class SandboxVagrantfile {
    private static final String USUAL = "Vagrantfile";

    private SandboxVagrantfile() {}

    /** Its path. */
    public static Path of(SandboxFiles files, Optional<Manifest> manifest) {
        return of(files.directory(), manifest);
    }

    /** Its path, of the sandbox with this root of Vagrant's. */
    public static Path of(Path root, Optional<Manifest> manifest) {
        return root.resolve(manifest.map(known -> known.context().environment().get(StartContext.NAME_OF_FILE))
                .orElse(USUAL));
    }

    /** The variable that a start of a file of this name needs; empty for the usual name. */
    public static Optional<String> named(Path vagrantfile) {
        return Optional.of(vagrantfile.getFileName().toString()).filter(name -> !name.equals(USUAL));
    }

    /** Secrets that it reads and that were kept nowhere, see {@link StartContext#withheld}. */
    public static List<String> secrets(Optional<Manifest> manifest) {
        return manifest.map(known -> known.context().withheld()).orElse(List.of());
    }
}
