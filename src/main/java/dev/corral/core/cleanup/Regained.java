package dev.corral.core.cleanup;

import dev.corral.core.hypervisor.DiskUsage;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures what a removal gives back: what files took before it, as far as they are gone after it. */
final class Regained {
    private static final Logger LOG = LoggerFactory.getLogger(Regained.class);

    private final @Nullable Map<Path, Long> before;

    private Regained(@Nullable Map<Path, Long> before) {
        this.before = before;
    }

    /** Measures now what these files and trees take. Blocks. */
    static Regained measure(Collection<String> files) {
        List<Path> paths = new ArrayList<>();
        for (String file : files) {
            if (file.isEmpty()) {
                // A container's layer is no file; an empty path would be the working directory.
                continue;
            }
            try {
                if (file.startsWith("/")) {
                    paths.add(Path.of(file));
                }
            } catch (InvalidPathException e) {
                LOG.debug("a hypervisor names the disk {}", file, e);
            }
        }
        try {
            return new Regained(paths.isEmpty() ? Map.of() : DiskUsage.each(paths));
        } catch (IOException e) {
            // The removal matters more than its measure.
            LOG.warn("what {} take can't be measured", paths, e);
            return new Regained(null);
        }
    }

    /** Bytes that are free now, -1 when they could not be measured. */
    long now() {
        return before == null
                ? -1
                : before.entrySet().stream()
                        .filter(entry -> DiskUsage.presence(entry.getKey()) == DiskUsage.Presence.GONE)
                        .mapToLong(Map.Entry::getValue)
                        .sum();
    }
}
