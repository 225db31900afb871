package dev.corral.core.vagrantfile;

import dev.corral.core.base.PlainText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The content that trust is about: everything that was read, listed or looked for in vain while a Vagrantfile loaded, and what runs on this
 * machine later (a trigger's script, a playbook), each by what it held: a file by its SHA-256 in hexadecimal digits. What belongs to
 * Vagrant, its boxes and plugins or to the system is not among it.
 *
 * @param hashes   what was there, by absolute path; {@link #ABSENT} for what was looked for and is not there
 * @param patterns the globs that were asked for, absolute
 */
public record ReadFiles(Map<String, String> hashes, List<String> patterns) {
    /** Stands for the hash of a file that is not there: it is no longer what was trusted once it appears. */
    public static final String ABSENT = Seen.ABSENT;

    /** More paths than this are not remembered: a Vagrantfile that reads so many is asked about each time. */
    public static final int MOST = 5_000;

    private static final int SHOWN = 5;
    // Root's own, and what is made anew with each boot.
    private static final List<Path> SYSTEM = List.of(
            Path.of("/proc"),
            Path.of("/sys"),
            Path.of("/dev"),
            Path.of("/run"),
            Path.of("/usr"),
            Path.of("/bin"),
            Path.of("/sbin"),
            Path.of("/lib"),
            Path.of("/lib64"),
            Path.of("/etc"),
            Path.of("/boot"),
            Path.of("/opt/vagrant"));

    /** Copies the maps. */
    public ReadFiles {
        hashes = hashes == null ? Map.of() : Map.copyOf(hashes);
        patterns = patterns == null ? List.of() : List.copyOf(patterns);
    }

    /**
     * A difference to what was there.
     *
     * @param path the absolute path
     * @param what what is the matter, to be read after the path
     */
    public record Change(String path, String what) {
        /** The sentence without its point. */
        public String words() {
            return PlainText.line(path, 300) + " " + what;
        }
    }

    /** Some files as they are now. */
    public static ReadFiles now(Path... files) {
        Map<String, String> hashes = new TreeMap<>();
        for (Path file : files) {
            hashes.put(file.toString(), Seen.file(file));
        }
        return new ReadFiles(hashes, List.of());
    }

    /** The files of a resolution with their present content; reads them, so it blocks. */
    public static ReadFiles of(Resolution resolution) {
        Map<String, String> hashes = new TreeMap<>();
        Seen seen = new Seen(resolution.patterns());
        Set<Path> entered = new HashSet<>();
        resolution.reads().stream()
                .filter(read -> read.how().contains("entry"))
                .forEach(read -> entered.add(Path.of(read.path()).getParent()));
        for (Resolution.Read read : resolution.reads()) {
            Path path = Path.of(read.path());
            if (read.onlyVagrant() || foreign(path, resolution) || hashes.size() > MOST) {
                continue;
            }
            // What was looked for in vain may be code when it appears.
            if (read.content() || Files.notExists(path)) {
                hashes.put(read.path(), Seen.file(path));
            } else if (read.how().contains("list") && Files.isDirectory(path)) {
                hashes.put(read.path(), seen.names(path, !entered.contains(path) && globbed(path, resolution)));
            }
        }
        NamedFiles.of(resolution).stream()
                .filter(file -> file.onHost() && !Files.isDirectory(file.file()))
                .limit(MOST)
                .forEach(file -> hashes.put(file.file().toString(), Seen.file(file.file())));
        return new ReadFiles(hashes, resolution.patterns());
    }

    private static boolean foreign(Path path, Resolution resolution) {
        // A project of root's may lie in such a place.
        return !path.startsWith(resolution.directory())
                && (!resolution.home().isEmpty() && path.startsWith(resolution.home())
                        || SYSTEM.stream().anyMatch(path::startsWith));
    }

    private static boolean globbed(Path folder, Resolution resolution) {
        return resolution.patterns().stream().anyMatch(pattern -> {
            Path fixed = Path.of(pattern.replaceFirst("[*?\\[{\\\\].*", "x")).getParent();
            return fixed != null && (folder.startsWith(fixed) || fixed.startsWith(folder));
        });
    }

    /** Whether it is more than is remembered. */
    public boolean many() {
        return hashes.size() > MOST;
    }

    /** Whether every file still has its content; reads them, so it blocks. */
    public boolean hold() {
        return changes().isEmpty();
    }

    /** What is not as it was, by path; reads everything, so it blocks. */
    public List<Change> changes() {
        Seen seen = new Seen(patterns);
        List<Change> changes = new ArrayList<>();
        new TreeMap<>(hashes).forEach((path, before) -> {
            String now = seen.again(Path.of(path), before);
            if (!now.equals(before)) {
                changes.add(new Change(path, words(before, now)));
            }
        });
        return changes;
    }

    private static String words(String before, String now) {
        if (now.startsWith(Seen.LISTED) || now.startsWith(Seen.GLOBBED)) {
            List<String> added = Seen.added(before, now);
            return added.isEmpty()
                    ? "lists other files"
                    : "has the new "
                            + PlainText.line(String.join(", ", added.subList(0, Math.min(SHOWN, added.size()))), 200);
        }
        if (before.equals(ABSENT)) {
            return "is new";
        }
        return switch (now) {
            case ABSENT -> "is gone";
            case Seen.UNREADABLE -> "can't be read any more";
            default -> "has changed";
        };
    }

    /** Changes in words for one sentence, the first few by name. */
    public static String words(List<Change> changes) {
        List<String> first = changes.stream().limit(SHOWN).map(Change::words).toList();
        return String.join(", ", first) + (changes.size() > SHOWN ? ", and " + (changes.size() - SHOWN) + " more" : "");
    }

    /** The same paths with what is there now. */
    public ReadFiles renewed() {
        Seen seen = new Seen(patterns);
        Map<String, String> now = new TreeMap<>();
        hashes.forEach((path, before) -> now.put(path, seen.again(Path.of(path), before)));
        return new ReadFiles(now, patterns);
    }

    /** These and those of another; what both have is as the other says. */
    public ReadFiles with(ReadFiles other) {
        Map<String, String> both = new TreeMap<>(hashes);
        both.putAll(other.hashes);
        Set<String> globs = new HashSet<>(patterns);
        globs.addAll(other.patterns);
        return new ReadFiles(both, globs.stream().sorted().toList());
    }

    /**
     * The same after a file was saved by the person whose word this is; empty where the file is not among these, or the word was about
     * another content of it than the one that was saved over.
     *
     * @param before the SHA-256 of what the file held, in hexadecimal digits
     * @param after  the same of what was saved
     */
    public Optional<ReadFiles> saved(Path file, String before, String after) {
        String known = hashes.get(file.toString());
        if (known == null || !Seen.hash(known).equals(before)) {
            return Optional.empty();
        }
        Map<String, String> now = new TreeMap<>(hashes);
        now.put(file.toString(), after + Seen.where(known));
        return Optional.of(new ReadFiles(now, patterns));
    }

    /** Whether a file that is among these held that content. True for what is not among them, or too large for a hash. */
    public boolean allows(Path file, String sha256) {
        String known = Seen.hash(hashes.getOrDefault(file.toString(), ""));
        return known.length() != sha256.length() || known.equals(sha256);
    }
}
