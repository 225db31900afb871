package dev.corral.core.vagrantfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.PatternSyntaxException;

/**
 * What is at a path, in words that can be kept and compared: a file's hash, the names in a folder, or that nothing is there. Bounded,
 * whatever lies there; reads the file system.
 */
final class Seen {
    static final String ABSENT = "absent";
    static final String UNREADABLE = "unreadable";
    /** Before the names in a folder that was listed, or of which a glob asked; the names are parted by slashes. */
    static final String LISTED = "names ";

    static final String GLOBBED = "globbed ";
    // Beyond this size in bytes a file is not read again while the times that the kernel keeps are the same.
    private static final long LARGE = 8L << 20;
    // Beyond this one they alone stand for its content.
    private static final long HUGE = 256L << 20;
    private static final String STAMP = "stamp ";
    private static final String CONTENT = " content ";
    private static final String REAL = " at ";
    private static final int MOST_ENTRIES = 50_000;
    private static final int MOST_NAMES = 200;
    // Vagrant makes it beside every Vagrantfile that is used.
    private static final String STATE_FOLDER = ".vagrant";
    private static final boolean UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private final List<PathMatcher> globs = new ArrayList<>();
    private boolean any;

    /** For folders of which these globs asked, which are absolute. */
    Seen(List<String> patterns) {
        for (String pattern : patterns) {
            try {
                globs.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern));
                // Of no folder at all in its place a glob of Java's knows nothing.
                globs.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("**/", "")));
            } catch (PatternSyntaxException | UnsupportedOperationException e) {
                // One of Ruby's that means nothing to Java: then every name decides.
                any = true;
            }
        }
    }

    /** What is there now, to be compared with what was there: asked in the same way. */
    String again(Path path, String before) {
        if (before.startsWith(LISTED) || before.startsWith(GLOBBED)) {
            return Files.isDirectory(path) ? names(path, before.startsWith(GLOBBED)) : file(path);
        }
        if (!before.startsWith(STAMP)) {
            return file(path);
        }
        if (before.startsWith(STAMP + stamp(path)) && where(path).equals(where(before))) {
            return before;
        }
        // A hypervisor gives a kernel or a disk that it boots from to a user of its own, and takes it back: the kernel
        // notes that, too.
        String now = file(path);
        return !content(before).isEmpty()
                        && content(now).equals(content(before))
                        && where(now).equals(where(before))
                ? before
                : now;
    }

    /** The state of a file or of what is in its place. Where a link led there, that place decides as well. */
    static String file(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            String where = where(path);
            if (!attributes.isRegularFile()) {
                return (attributes.isDirectory() ? "folder" : "other") + where;
            }
            if (attributes.size() > LARGE) {
                return large(path, attributes.size()) + where;
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] content = in.readNBytes((int) LARGE + 1);
                return (content.length > LARGE ? large(path, content.length) : FileState.hash(content)) + where;
            }
        } catch (IOException e) {
            // Nobody can read it, so that nobody can be harmed by it; when that changes it is another file.
            return Files.notExists(path, LinkOption.NOFOLLOW_LINKS)
                    ? ABSENT
                    : Files.notExists(path) ? "dangling" : UNREADABLE;
        }
    }

    // The stamp first: what is written while it is read does not go unnoticed.
    private static String large(Path path, long size) throws IOException {
        String stamp = STAMP + stamp(path);
        return size > HUGE ? stamp : stamp + CONTENT + FileState.hash(path);
    }

    private static String where(Path path) {
        try {
            Path real = path.toRealPath();
            return real.equals(path) ? "" : REAL + real;
        } catch (IOException e) {
            // Gone meanwhile: the place of nothing is that of no file.
            return REAL;
        }
    }

    private static boolean ofFolder(String state) {
        return state.startsWith(LISTED) || state.startsWith(GLOBBED);
    }

    /** The part of a file's state that tells where a link led; empty where none did. */
    static String where(String state) {
        int where = ofFolder(state) ? -1 : state.indexOf(REAL);
        return where < 0 ? "" : state.substring(where);
    }

    // The hash of a large file; empty if its state is another one.
    private static String content(String state) {
        int content = state.startsWith(STAMP) ? state.indexOf(CONTENT) : -1;
        return content < 0
                ? ""
                : state.substring(
                        content + CONTENT.length(),
                        state.length() - where(state).length());
    }

    /** A state's hash of a file's content, if it is that; something that is no hash otherwise. */
    static String hash(String state) {
        String large = content(state);
        return large.isEmpty()
                ? state.substring(0, state.length() - where(state).length())
                : large;
    }

    /** What the kernel notes of a file, its content's and its own last change among it; only the kernel sets the latter. */
    static String stamp(Path path) {
        try {
            if (UNIX) {
                return new TreeMap<String, Object>(
                                Files.readAttributes(path, "unix:size,ino,dev,lastModifiedTime,ctime"))
                        .toString();
            }
            BasicFileAttributes known = Files.readAttributes(path, BasicFileAttributes.class);
            return Map.of("size", known.size()) + " " + known.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " "
                    + known.fileKey();
        } catch (IOException e) {
            return ABSENT;
        }
    }

    /** The names in a folder; of a glob only what it may find, and the folders, into which it may look. */
    String names(Path folder, boolean globbed) {
        String kind = globbed ? GLOBBED : LISTED;
        try {
            return list(folder, globbed)
                    .map(names -> kind
                            + (names.size() > MOST_NAMES
                                    ? "#" + names.size() + " " + FileState.hash(names.toArray(String[]::new))
                                    : String.join("/", names)))
                    .orElse(kind + "#many");
        } catch (IOException e) {
            return UNREADABLE;
        }
    }

    /** The same as names; empty for more than are looked at. */
    Optional<SortedSet<String>> list(Path folder, boolean globbed) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            int looked = 0;
            for (Path entry : entries) {
                if (++looked > MOST_ENTRIES) {
                    return Optional.empty();
                }
                if (!entry.endsWith(STATE_FOLDER) && (!globbed || asked(entry))) {
                    names.add(entry.getFileName().toString());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return Optional.of(names);
    }

    private boolean asked(Path entry) {
        return any
                || globs.stream().anyMatch(glob -> glob.matches(entry))
                || Files.isDirectory(entry) && !entry.getFileName().toString().startsWith(".");
    }

    /** The names that are in the second state of a folder and not in the first, as far as they were kept. */
    static List<String> added(String before, String now) {
        TreeSet<String> added = new TreeSet<>(names(now));
        names(before).forEach(added::remove);
        return List.copyOf(added);
    }

    private static List<String> names(String state) {
        String names = state.substring(state.indexOf(' ') + 1);
        return names.isEmpty() || names.startsWith("#") ? List.of() : Arrays.asList(names.split("/"));
    }
}
