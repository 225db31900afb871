package dev.corral.core.vagrantfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The names in folders, as far as globs ask for them. */
public final class FolderNames {
    private final Seen seen;
    private final boolean globbed;

    /** For these globs, which are absolute; none means that every name counts. */
    public FolderNames(List<String> patterns) {
        this.seen = new Seen(patterns);
        this.globbed = !patterns.isEmpty();
    }

    /**
     * The names in that folder; none where a link or something else lies in its place.
     *
     * @throws IOException if it can't be listed, or has more names than anybody would look at
     */
    public List<String> in(Path folder) throws IOException {
        Path parent = Objects.requireNonNull(folder.getParent());
        if (!Files.isDirectory(folder)
                || !folder.toRealPath().equals(parent.toRealPath().resolve(folder.getFileName()))) {
            return List.of();
        }
        return seen.list(folder, globbed).orElseThrow(() -> new IOException(folder + " holds too many files")).stream()
                .toList();
    }
}
