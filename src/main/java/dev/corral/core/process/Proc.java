package dev.corral.core.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /proc} tells. Processes come and go while it is read, so that everything may be absent at any moment. */
final class Proc {
    /** The first pid namespace of every kernel has this inode. */
    static final long INITIAL_NAMESPACE = 0xEFFFFFFCL;

    private static final Path ROOT = Path.of("/proc");
    private static final int LONGEST_COMMAND = 32 * 1024;
    private static final Pattern NAMESPACE = Pattern.compile("pid:\\[(\\d+)]");
    private static final Pattern HIDING = Pattern.compile("(?:^|,)hidepid=(?!0|off)");

    private Proc() {}

    /** Whether there is one. */
    static boolean there() {
        return Files.isDirectory(ROOT.resolve("self"));
    }

    /** Whether its pids are those of our own pid namespace: a namespace without a mount of its own shows its parent's. */
    static boolean countsAsWeDo() {
        try {
            return Files.readSymbolicLink(ROOT.resolve("self"))
                    .toString()
                    .equals(Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether processes of other users may be hidden ({@code hidepid}). */
    static boolean hidesProcesses() {
        try (var lines = Files.lines(ROOT.resolve("self/mountinfo"))) {
            // The last mount on a point is the one that is seen. Fields: id, parent, device, root, point, options,
            // tags, -, type, source, options.
            return lines.filter(line -> line.contains(" /proc ") && line.contains(" - proc "))
                    .reduce((first, second) -> second)
                    .map(line -> HIDING.matcher(line.substring(line.lastIndexOf(' ') + 1))
                                    .find()
                            || HIDING.matcher(line.split(" ")[5]).find())
                    .orElse(true);
        } catch (IOException | java.io.UncheckedIOException e) {
            return true;
        }
    }

    /** All pids; empty if they can not be listed. */
    static List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(ROOT, "[0-9]*")) {
            entries.forEach(entry -> pids.add(Long.parseLong(entry.getFileName().toString())));
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        return pids;
    }

    /**
     * When a process started, in clock ticks since boot; -1 if there is no such process or it is a zombie.
     *
     * @throws IllegalStateException if it is there and does not tell
     */
    static long startTicks(String pid) {
        try {
            String stat = new String(first(pid, "stat"), StandardCharsets.ISO_8859_1);
            // The second field is the program's name in parentheses and may hold anything, so count from its end.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") || fields[0].equals("X") ? -1 : Long.parseLong(fields[19]);
        } catch (IOException e) {
            // The kernel answers ESRCH when a process ends while its file is read.
            if (!Files.exists(ROOT.resolve(pid))) {
                return -1;
            }
            throw new IllegalStateException("can't read the start time of process " + pid, e);
        }
    }

    /** The inode of a process's pid namespace; 0 if it can not be told: it has ended, or is another user's. */
    static long pidNamespace(String pid) {
        try {
            Matcher link = NAMESPACE.matcher(
                    Files.readSymbolicLink(ROOT.resolve(pid).resolve("ns/pid")).toString());
            return link.matches() ? Long.parseLong(link.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The pids of one process, from that in our namespace to that in its own; empty if it has ended or is hidden. */
    static List<Long> nestedPids(long pid) {
        try {
            for (String line : Files.readString(
                            ROOT.resolve(Long.toString(pid)).resolve("status"), StandardCharsets.ISO_8859_1)
                    .split("\n")) {
                if (line.startsWith("NSpid:")) {
                    return Arrays.stream(line.substring(6).strip().split("\\s+"))
                            .map(Long::parseLong)
                            .toList();
                }
            }
            return List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The command line; empty for kernel threads, zombies, and what has ended or is hidden. Only its first 32 KiB. */
    static List<String> command(long pid) {
        try {
            String text = new String(first(Long.toString(pid), "cmdline"), StandardCharsets.UTF_8);
            return text.isEmpty() ? List.of() : List.of(text.split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    // The plain stream: the other ways look at the file before they read it, which doubles the price of a walk.
    private static byte[] first(String pid, String name) throws IOException {
        try (FileInputStream in = new FileInputStream("/proc/" + pid + "/" + name)) {
            return in.readNBytes(LONGEST_COMMAND);
        }
    }

    /** The directory of a process, or another of its files. */
    static Path file(long pid, String name) {
        return ROOT.resolve(Long.toString(pid)).resolve(name);
    }
}
