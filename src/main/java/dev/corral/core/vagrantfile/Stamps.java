package dev.corral.core.vagrantfile;

import java.io.IOException;
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
    private static final char PART = ' ';
    private static final String CHANGED = "ctime=[^,}]*";

    /** Copies the map. */
    public Stamps {
        known = Map.copyOf(known);
    }

    /** The notes of these files now; reads the file system. */
    public static Stamps of(Collection<String> paths) {
        Map<String, String> known = new TreeMap<>();
        for (String path : paths) {
            if (!Files.isDirectory(Path.of(path))) {
                known.put(path, owner(Path.of(path)) + PART + Seen.stamp(Path.of(path)));
            }
        }
        return new Stamps(known);
    }

    /** The files that were changed or replaced since; reads the file system. */
    public List<String> changed() {
        return known.entrySet().stream()
                .filter(one -> changed(Path.of(one.getKey()), one.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    // Another owner, as a hypervisor gives to a kernel that it boots and takes back, is no other content. Only root can
    // do that, and who
    // does it to hide something has no need to.
    private static boolean changed(Path path, String before) {
        String owner = before.substring(0, before.indexOf(PART));
        String stamp = before.substring(before.indexOf(PART) + 1);
        String now = Seen.stamp(path);
        return !now.equals(stamp)
                && (owner(path).equals(owner) || !now.replaceAll(CHANGED, "").equals(stamp.replaceAll(CHANGED, "")));
    }

    private static String owner(Path path) {
        try {
            return String.valueOf(Files.getAttribute(path, "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }
}
