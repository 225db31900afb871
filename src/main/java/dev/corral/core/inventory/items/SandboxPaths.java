package dev.corral.core.inventory.items;

import dev.corral.core.sandbox.SandboxNames;
import java.nio.file.Path;
import java.util.Optional;

/** Tells by a path alone of which sandbox of a cache directory it is. Pure. */
final class SandboxPaths {
    private SandboxPaths() {}

    /**
     * The id of the sandbox that had this as Vagrant's root: {@code CACHE/ID}, with a folder of another INSPECT_SANDBOX_CACHE_SUFFIX
     * between, or deeper in that where there had to be room above. Empty for what is no sandbox's of this cache directory.
     */
    static Optional<String> id(Path cache, Path project) {
        if (!project.startsWith(cache) || project.equals(cache)) {
            return Optional.empty();
        }
        Path inside = cache.relativize(project);
        String id = inside.getFileName().toString();
        if (!SandboxNames.isSandbox(id)) {
            return Optional.empty();
        }
        boolean first = inside.getName(0).toString().equals(id);
        boolean second =
                inside.getNameCount() > 1 && inside.getName(1).toString().equals(id);
        return first || second ? Optional.of(id) : Optional.empty();
    }
}
