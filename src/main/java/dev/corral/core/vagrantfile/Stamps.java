package dev.corral.core.vagrantfile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the kernel notes of files at one moment. It notes a change even where somebody put the old content and its time back, so that what
 * was read between two looks is known to be what is there. Of folders nothing is kept: their times change with every neighbour.
 *
 * @param known the notes by path
 */
public record Stamps(Map<String, String> known) {
    /** Copies the map. */
    public Stamps {
        known = Map.copyOf(known);
    }

    /** The notes of these files now; reads the file system. */
    public static Stamps of(Collection<String> paths) {
        Map<String, String> known = new TreeMap<>();
        for (String path : paths) {
            if (!Files.isDirectory(Path.of(path))) {
                known.put(path, Seen.stamp(Path.of(path)));
            }
        }
        return new Stamps(known);
    }

    /** The files that were changed or replaced since; reads the file system. */
    public List<String> changed() {
        return known.entrySet().stream()
                .filter(one -> !Seen.stamp(Path.of(one.getKey())).equals(one.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
