package dev.corral.core.vagrantfile.copy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that comes along.
 *
 * @param source where it lies now, absolute; for a file or folder that is shown by a link, what the link shows
 * @param place  where it lies in the copy, relative to Vagrant's root; begins with {@code ..} for what lies above
 * @param kind   what it is
 * @param size   a file's size in bytes when it was planned; 0 for the others
 * @param target for a link: the place that it leads to, as {@code place}
 */
public record CopyEntry(Path source, Path place, Kind kind, long size, Optional<Path> target) {
    /** What an entry is. */
    public enum Kind {
        /** A file, with its content. */
        FILE,
        /** A folder; what lies in it has entries of its own. */
        FOLDER,
        /** A symbolic link that leads to another place of the copy. */
        LINK
    }

    static CopyEntry file(Path source, Path place, long size) {
        return new CopyEntry(source, place, Kind.FILE, size, Optional.empty());
    }

    static CopyEntry folder(Path source, Path place) {
        return new CopyEntry(source, place, Kind.FOLDER, 0, Optional.empty());
    }

    static CopyEntry link(Path source, Path place, Path target) {
        return new CopyEntry(source, place, Kind.LINK, 0, Optional.of(target));
    }
}
