package dev.corral.core.vagrantfile.mutant;

import dev.corral.core.vagrantfile.ResolveCase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A project in memory that is changed step by step. Paths are relative to its folder. Not thread-safe. */
public final class Mutant {
    private static final String STUB_LINE = "Stub.world =";

    private final String base;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final SortedMap<String, String> links = new TreeMap<>();
    private final SortedSet<String> folders = new TreeSet<>();
    private final SortedMap<String, String> environment = new TreeMap<>();
    private final List<String> applied = new ArrayList<>();
    private String vagrantfile;
    private int made;

    /** The project as it lies in the collection. */
    Mutant(ResolveCase from, Path laidOut) throws IOException {
        base = from.name();
        vagrantfile = from.vagrantfile();
        environment.putAll(from.env());
        links.putAll(from.link());
        try (Stream<Path> all = Files.walk(laidOut)) {
            for (Path file : all.filter(one -> Files.isRegularFile(one) && !Files.isSymbolicLink(one))
                    .toList()) {
                files.put(laidOut.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    private Mutant(Mutant other) {
        base = other.base;
        vagrantfile = other.vagrantfile;
        environment.putAll(other.environment);
        links.putAll(other.links);
        files.putAll(other.files);
    }

    Mutant copy() {
        return new Mutant(this);
    }

    /** The name of the project that it was made of. */
    public String base() {
        return base;
    }

    /** The Vagrantfile. */
    public String vagrantfile() {
        return vagrantfile;
    }

    /** Variables that it runs with. */
    public Map<String, String> environment() {
        return environment;
    }

    /** What was done to it, in that order. */
    public List<String> applied() {
        return List.copyOf(applied);
    }

    /** All files with their content. */
    public Map<String, byte[]> files() {
        return files;
    }

    boolean apply(Mutation mutation, RandomGenerator random) {
        boolean changed = mutation.change().apply(this, random);
        if (changed) {
            applied.add(mutation.name());
        }
        return changed;
    }

    /** Whether the Vagrantfile is text that may be rewritten: some of the collection are not UTF-8, or not even that. */
    boolean isText() {
        return !text(source()).contains("\0") && valid(file(source()));
    }

    /** Whether what lies around the Vagrantfile may change: it is no link, and nothing lists the folders above. */
    boolean isMovable() {
        return isText() && !links.containsKey(vagrantfile) && ruby().contains(STUB_LINE);
    }

    /** Whether a file names a Vagrantfile, which then has to keep its name. */
    boolean isLookedFor() {
        return files.keySet().stream().anyMatch(path -> text(path).contains("Vagrantfile"));
    }

    private static boolean valid(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private byte[] file(String path) {
        byte[] bytes = files.get(path);
        if (bytes == null) {
            throw new IllegalStateException(base + " has no " + path);
        }
        return bytes;
    }

    private String text(String path) {
        return new String(file(path), StandardCharsets.UTF_8);
    }

    // Where the Vagrantfile's text is, behind a link or not.
    private String source() {
        String link = links.get(vagrantfile);
        return link == null ? vagrantfile : plain(link);
    }

    /** The Vagrantfile's text. */
    String ruby() {
        return text(source());
    }

    void ruby(String text) {
        files.put(source(), text.getBytes(StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return new ArrayList<>(List.of(ruby().split("\n", -1)));
    }

    void lines(List<String> lines) {
        ruby(String.join("\n", lines));
    }

    /** Puts lines of Ruby after all others, before data that may follow. */
    void append(String lines) {
        int end = endSection();
        ruby(ruby().substring(0, end) + lines + ruby().substring(end));
    }

    /** Where the lines of Ruby end. */
    int endSection() {
        int end = ruby().startsWith("__END__\n") ? 0 : ruby().indexOf("\n__END__\n") + 1;
        return end > 0 || ruby().startsWith("__END__") ? end : withLastLine();
    }

    private int withLastLine() {
        if (!ruby().endsWith("\n")) {
            ruby(ruby() + "\n");
        }
        return ruby().length();
    }

    /** Where the lines begin that follow those that fetch the stub of a provider; negative if there are none such. */
    int afterStub() {
        int at = ruby().indexOf(STUB_LINE);
        return at < 0 ? -1 : ruby().indexOf('\n', at) + 1;
    }

    /** Adds a file at a place relative to the Vagrantfile's folder, which may be above it. */
    void add(String place, String text) {
        files.put(at(place), text.getBytes(StandardCharsets.UTF_8));
        wayTo(place);
    }

    // A path that goes into a folder and out of it again needs that folder.
    private void wayTo(String place) {
        for (int up = place.indexOf("/../"); up > 0; up = place.indexOf("/../", up + 1)) {
            folders.add(at(place.substring(0, up)));
        }
    }

    /** Adds an empty folder. */
    void addFolder(String place) {
        folders.add(at(place));
        wayTo(place);
    }

    /** Adds a link. */
    void addLink(String place, String target) {
        links.put(at(place), target);
        wayTo(place);
    }

    boolean has(String place) {
        return files.containsKey(at(place));
    }

    /** Moves a file. */
    void move(String from, String to) {
        byte[] bytes = file(at(from));
        String target = at(to);
        files.remove(at(from));
        files.put(target, bytes);
        wayTo(to);
    }

    void rename(String name) {
        String to = at(name);
        byte[] bytes = file(vagrantfile);
        files.remove(vagrantfile);
        files.put(to, bytes);
        vagrantfile = to;
    }

    /** A number that no other thing of this project got. */
    int next() {
        return ++made;
    }

    // Relative to the project's folder; where that is not enough, everything moves one folder down.
    private String at(String place) {
        String at = plain(folder() + place);
        while (at.startsWith("..")) {
            nest();
            at = plain(folder() + place);
        }
        return at;
    }

    private String folder() {
        int slash = vagrantfile.lastIndexOf('/');
        return slash < 0 ? "" : vagrantfile.substring(0, slash + 1);
    }

    private static String plain(String path) {
        return Path.of(path).normalize().toString();
    }

    private void nest() {
        String below = List.of("labs", "my lab", "Übung", "env.d").get(next() % 4) + "/";
        below(files, below);
        below(links, below);
        List<String> names = List.copyOf(folders);
        folders.clear();
        String prefix = below;
        names.forEach(name -> folders.add(prefix + name));
        vagrantfile = below + vagrantfile;
    }

    private static <T> void below(Map<String, T> all, String prefix) {
        Map<String, T> old = new TreeMap<>(all);
        all.clear();
        old.forEach((path, value) -> all.put(prefix + path, value));
    }

    /** Writes all of it into a folder. */
    public void layOut(Path target) throws IOException {
        Files.createDirectories(target);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path to = target.resolve(file.getKey());
            Files.createDirectories(to.getParent());
            Files.write(to, file.getValue());
            to.toFile().setExecutable(file.getKey().endsWith(".sh"));
        }
        for (String folder : folders) {
            Files.createDirectories(target.resolve(folder));
        }
        for (Map.Entry<String, String> link : links.entrySet()) {
            Path from = target.resolve(link.getKey());
            Files.createDirectories(from.getParent());
            // A mutation may have put files where the link was: then they are there, and no link.
            if (Files.notExists(from, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(from, Path.of(link.getValue()));
            }
        }
    }
}
