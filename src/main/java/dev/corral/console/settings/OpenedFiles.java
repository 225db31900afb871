package dev.corral.console.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * The task files and folders that the next window opens again, and those that were opened before. Whole paths; one that names a single
 * task ends with {@code @task}.
 *
 * @param open   those that are open, in the order in which they were opened
 * @param recent the last few that were opened, newest first
 */
public record OpenedFiles(List<String> open, List<String> recent) {
    /** How many recent ones are remembered. */
    public static final int MOST_RECENT = 10;

    private static final int MOST_OPEN = 50;

    /** Drops what is absent, twice there or no path. */
    public OpenedFiles {
        open = clean(open, MOST_OPEN);
        recent = clean(recent, MOST_RECENT);
    }

    /** Nothing yet. */
    public static OpenedFiles none() {
        return new OpenedFiles(List.of(), List.of());
    }

    private static List<String> clean(List<String> paths, int most) {
        return paths == null
                ? List.of()
                : paths.stream()
                        .filter(Objects::nonNull)
                        .filter(OpenedFiles::path)
                        .distinct()
                        .limit(most)
                        .toList();
    }

    // The file may have been edited, or come from another system.
    static boolean path(String text) {
        try {
            return Path.of(text).isAbsolute();
        } catch (InvalidPathException other) {
            return false;
        }
    }

    /** With one more opened. */
    public OpenedFiles opened(Path path) {
        List<String> all = new ArrayList<>(open);
        all.add(path.toString());
        return new OpenedFiles(
                all, Stream.concat(Stream.of(path.toString()), recent.stream()).toList());
    }

    /** With one closed; it stays among the recent ones. */
    public OpenedFiles closed(Path path) {
        return new OpenedFiles(
                open.stream().filter(each -> !each.equals(path.toString())).toList(), recent);
    }

    /** With the recent ones that another window has remembered meanwhile, after the own ones. */
    public OpenedFiles with(OpenedFiles other) {
        SequencedSet<String> all = new LinkedHashSet<>(recent);
        all.addAll(other.recent);
        return new OpenedFiles(open, List.copyOf(all));
    }

    /** The open ones as paths. */
    public List<Path> openPaths() {
        return open.stream().map(Path::of).toList();
    }

    /** The recent ones as paths. */
    public List<Path> recentPaths() {
        return recent.stream().map(Path::of).toList();
    }
}
