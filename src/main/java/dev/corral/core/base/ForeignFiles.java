package dev.corral.core.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells whether anybody but this process's user (and root, above a directory) could have put something into a directory: then
 * nothing in it may be executed, and nothing deleted by its path. Reads the file system and changes nothing. Thread-safe.
 */
public final class ForeignFiles {
    private static final int ROOT = 0;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;
    // The system looks through its list of users for each name, and thousands of files are nearly all the user's own.
    private static final String NAMES = "unix:gid,owner,group";

    private ForeignFiles() {}

    /**
     * Why a directory is not to be trusted.
     *
     * @param foreign  whether it belongs to another user
     * @param sentence what was found
     * @param nextStep what the user can do
     */
    public record Fault(boolean foreign, String sentence, String nextStep) {
        /** The failure of whoever would have used it. */
        public ExpectedFailure failure() {
            return ExpectedFailure.failed(sentence, nextStep);
        }
    }

    /** The first fault of a directory and of what lies in it under these names, links not followed; what is not there has none. */
    public static Optional<Fault> fault(Path directory, String... names) {
        return fault(new FileLook(), directory, names);
    }

    /** As {@link #fault(Path, String...)}, of files as this look finds them. */
    public static Optional<Fault> fault(FileLook look, Path directory, String... names) {
        Optional<Fault> fault = of(look, directory, false);
        for (int next = 0; fault.isEmpty() && next < names.length; next++) {
            fault = of(look, directory.resolve(names[next]), false);
        }
        return fault;
    }

    /** The first fault of the directories above this one: whoever can write one of them can put another in its place. */
    public static Optional<Fault> faultAbove(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        Optional<Fault> named = above(absolute);
        if (named.isPresent()) {
            return named;
        }
        try {
            Path real = absolute.toRealPath();
            return real.equals(absolute) ? Optional.empty() : above(real);
        } catch (IOException e) {
            // It is not there yet, or nobody may look: then nothing of it is executed either.
            return Optional.empty();
        }
    }

    private static Optional<Fault> above(Path directory) {
        FileLook look = new FileLook();
        for (Path parent = directory.getParent(); parent != null; parent = parent.getParent()) {
            Optional<Fault> fault = of(look, parent, true);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    // Where nobody may look nothing is executed either, and a system without owners has no others.
    private static Optional<Fault> of(FileLook look, Path path, boolean above) {
        FileFacts facts = look.at(path).filter(FileFacts::owned).orElse(null);
        if (facts == null) {
            return Optional.empty();
        }
        int owner = facts.uid();
        int mode = facts.mode();
        if (owner != self() && !(above && owner == ROOT)) {
            return Optional.of(new Fault(
                    true,
                    name(path) + " belongs to another user ("
                            + PlainText.line(String.valueOf(names(path).get("owner")), 60)
                            + "), so nothing in it is run or removed.",
                    "Only that user can work with it."));
        }
        // What a link allows is what its directory allows; in a sticky directory nobody can replace what is another's.
        boolean writable = (mode & OTHERS_WRITE) != 0 || (mode & GROUP_WRITES) != 0 && !privateGroup(names(path));
        if (!facts.isLink() && writable && !(above && (mode & STICKY) != 0)) {
            return Optional.of(new Fault(
                    false,
                    "Other users can write to " + name(path) + ", so nothing in it is run or removed.",
                    "See that nothing in it is somebody else's, then run chmod go-w " + name(path) + "."));
        }
        return Optional.empty();
    }

    private static String name(Path path) {
        return PlainText.line(path.toString(), 300);
    }

    private static Map<String, Object> names(Path path) {
        try {
            return Files.readAttributes(path, NAMES, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            // Gone meanwhile: its names are nobody's.
            return Map.of();
        }
    }

    // Many distributions give each user a group of the same name that nobody else is in.
    private static boolean privateGroup(Map<String, Object> attributes) {
        String owner = String.valueOf(attributes.get("owner"));
        String group = String.valueOf(attributes.get("group"));
        if (!attributes.containsKey("group")
                || !group.equals(owner) && !Integer.valueOf(ROOT).equals(attributes.get("gid"))) {
            return false;
        }
        try (Stream<String> groups = Files.lines(Path.of("/etc/group"))) {
            return groups.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length == 4 && fields[0].equals(group))
                    .flatMap(fields -> Arrays.stream(fields[3].split(",")))
                    .allMatch(
                            member -> member.isBlank() || List.of(owner, "root").contains(member));
        } catch (IOException | RuntimeException e) {
            // Nobody says who is in it.
            return false;
        }
    }

    private static int self() {
        return Self.UID;
    }

    private static final class Self {
        static final int UID = read();

        // The effective one; the owner of /proc/self would be root's for a program with capabilities of its own.
        private static int read() {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                return lines.filter(line -> line.startsWith("Uid:"))
                        .map(line -> Integer.parseUnsignedInt(line.split("\\s+")[2]))
                        .findFirst()
                        .orElseThrow();
            } catch (IOException | RuntimeException e) {
                // No Linux: the user's home is the user's.
                try {
                    return (Integer) Files.getAttribute(Path.of(System.getProperty("user.home")), "unix:uid");
                } catch (IOException | RuntimeException none) {
                    none.addSuppressed(e);
                    throw new IllegalStateException("nobody says which user this is", none);
                }
            }
        }
    }
}
