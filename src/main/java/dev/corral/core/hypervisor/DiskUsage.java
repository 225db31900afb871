package dev.corral.core.hypervisor;

import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * What files really take on disk: images of machines are sparse, so that their length says little. Java does not tell
 * the blocks of a file, so one {@code find} is asked for many files and trees at once. Links are never
 * followed. Blocks.
 */
public final class DiskUsage {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LONGEST_COMMAND = 100_000;
    private static final long BLOCK = 512;

    /** Whether a file is there. */
    public enum Presence {
        /** It is. */
        THERE,
        /** It certainly is not. */
        GONE,
        /** A directory on the way may not be searched. */
        UNKNOWN
    }

    private DiskUsage() {}

    /**
     * Bytes allocated for files and whole directory trees together; a file with several names counts once, what can not
     * be read or is not there counts nothing.
     *
     * @throws IOException if they can not be measured at all
     */
    public static long bytesOf(Collection<Path> paths) throws IOException {
        Set<String> seen = new HashSet<>();
        long total = 0;
        for (Found found : find(paths)) {
            total += seen.add(found.inode) ? found.bytes : 0;
        }
        return total;
    }

    /**
     * Bytes allocated for each of these files or trees by itself; within one, a file with several names counts once. Those
     * that are not there are left out.
     *
     * @throws IOException if they can not be measured at all
     */
    public static Map<Path, Long> each(Collection<Path> paths) throws IOException {
        Map<String, Path> given = new HashMap<>();
        paths.forEach(path -> given.put(absolute(path), path));
        Set<String> seen = new HashSet<>();
        Map<Path, Long> sizes = new LinkedHashMap<>();
        for (Found found : find(paths)) {
            if (given.containsKey(found.root)) {
                sizes.merge(
                        given.get(found.root), seen.add(found.root + "\0" + found.inode) ? found.bytes : 0, Long::sum);
            }
        }
        return sizes;
    }

    /** Whether a file is there; a link counts as itself. */
    public static Presence presence(Path path) {
        try {
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return Presence.THERE;
        } catch (NoSuchFileException e) {
            return Presence.GONE;
        } catch (IOException e) {
            return Presence.UNKNOWN;
        }
    }

    /**
     * Bytes allocated behind links that the kernel makes up for open files ({@code /proc/PID/fd/N}), which lead to the
     * file even when it was deleted; those that can not be read are left out.
     */
    public static Map<Path, Long> behind(Collection<Path> links) throws IOException {
        Map<Path, Long> sizes = new HashMap<>();
        for (List<String> part : parts(links)) {
            List<String> command = new ArrayList<>(List.of("stat", "-L", "--printf", "%b %B %n\\0", "--"));
            command.addAll(part);
            for (String line : run(command).out().split("\0")) {
                String[] fields = line.split(" ", 3);
                if (fields.length == 3) {
                    sizes.put(Path.of(fields[2]), Long.parseLong(fields[0]) * Long.parseLong(fields[1]));
                }
            }
        }
        return sizes;
    }

    private record Found(String inode, long bytes, String root) {}

    private static List<Found> find(Collection<Path> paths) throws IOException {
        List<Found> all = new ArrayList<>();
        for (List<String> part : parts(paths)) {
            if (!gnu()) {
                all.addAll(du(part));
                continue;
            }
            List<String> command = new ArrayList<>(List.of("find", "-P"));
            command.addAll(part);
            command.addAll(List.of("-printf", "%D:%i %b %H\\0"));
            for (String line : run(command).out().split("\0")) {
                String[] fields = line.split(" ", 3);
                if (fields.length == 3) {
                    all.add(new Found(fields[0], Long.parseLong(fields[1]) * BLOCK, fields[2]));
                }
            }
        }
        return all;
    }

    // Other systems' find can not print blocks; their du can, in KiB, and counts a file with several names once itself.
    private static List<Found> du(List<String> paths) throws IOException {
        List<String> command = new ArrayList<>(List.of("du", "-sk", "--"));
        command.addAll(paths);
        List<Found> all = new ArrayList<>();
        for (String line : run(command).out().split("\n")) {
            String[] fields = line.split("\t", 2);
            if (fields.length == 2) {
                all.add(new Found(fields[1], Long.parseLong(fields[0]) * 1024, fields[1]));
            }
        }
        return all;
    }

    private static boolean gnu() {
        return System.getProperty("os.name").startsWith("Linux");
    }

    private static ProcessResult run(List<String> command) throws IOException {
        try {
            // The exit code is not zero as soon as one of many has vanished.
            return Processes.run(command, null, null, new byte[0], LIMIT);
        } catch (TimeoutException e) {
            throw new IOException("measuring files took more than " + LIMIT.toSeconds() + " s", e);
        }
    }

    // A leading slash keeps names from being read as options.
    private static String absolute(Path path) {
        return path.toAbsolutePath().toString();
    }

    private static List<List<String>> parts(Collection<Path> paths) {
        List<List<String>> parts = new ArrayList<>();
        int length = LONGEST_COMMAND;
        for (String path : paths.stream().map(DiskUsage::absolute).distinct().toList()) {
            // In the worst case a character takes four bytes.
            length += path.length() * 4 + 8;
            if (length > LONGEST_COMMAND) {
                parts.add(new ArrayList<>());
                length = path.length() * 4 + 8;
            }
            parts.getLast().add(path);
        }
        return parts;
    }
}
