package dev.corral.core.vagrantfile.copy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.Json;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A project on the disk with a resolution made by hand, for what Vagrant would have to be brought to say. */
final class Project {
    final Path top;
    final Path folder;
    private final Map<String, String> variables = new HashMap<>();
    private final List<Map<String, Object>> reads = new ArrayList<>();
    private final List<String> patterns = new ArrayList<>();
    private final List<Map<String, Object>> provisioners = new ArrayList<>();
    private final List<Map<String, Object>> shares = new ArrayList<>();
    private final List<Map<String, Object>> providers = new ArrayList<>();
    private final List<Map<String, Object>> triggers = new ArrayList<>();
    private String name = "Vagrantfile";

    /** The Vagrantfile lies in {@code work/labs/here} below that folder, and the home in {@code home}. */
    Project(Path root) throws IOException {
        top = Files.createDirectories(root.toRealPath().resolve("work"));
        folder = Files.createDirectories(top.resolve("labs/here"));
        Files.writeString(folder.resolve(name), "# asked elsewhere\n");
        variables.put(
                "HOME",
                Files.createDirectories(root.toRealPath().resolve("home")).toString());
    }

    Path cache() {
        return top.resolveSibling("cache");
    }

    Path home() {
        return Path.of(variables.get("HOME"));
    }

    /** Makes a file, relative to the Vagrantfile's folder. */
    Path file(String path, String content) throws IOException {
        Path file = folder.resolve(path).normalize();
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** Makes a file of that size without taking room for it. */
    Path large(String path, long bytes) throws IOException {
        Path file = file(path, "");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        return file;
    }

    Path makeFolder(String path) throws IOException {
        return Files.createDirectories(folder.resolve(path).normalize());
    }

    Path link(String path, String target) throws IOException {
        Path link = folder.resolve(path).normalize();
        Files.createDirectories(link.getParent());
        return Files.createSymbolicLink(link, Path.of(target));
    }

    Project list(String... lines) throws IOException {
        file(".corralcopy", String.join("\n", lines) + "\n");
        return this;
    }

    Project variable(String key, String value) {
        variables.put(key, value);
        return this;
    }

    Project named(String other) throws IOException {
        Files.move(folder.resolve(name), folder.resolve(other));
        name = other;
        return this;
    }

    Project touches(String path, String... how) {
        reads.add(Map.of("path", folder.resolve(path).normalize().toString(), "how", List.of(how)));
        return this;
    }

    Project reads(String... paths) {
        for (String path : paths) {
            touches(path, "read");
        }
        return this;
    }

    Project globs(String pattern) {
        patterns.add(folder + "/" + pattern);
        return this;
    }

    Project script(String path) {
        provisioners.add(Map.of("type", "shell", "settings", Map.of("path", path)));
        return this;
    }

    Project provisioner(String type, Map<String, Object> settings) {
        provisioners.add(Map.of("type", type, "settings", settings));
        return this;
    }

    /** A trigger whose Ruby may read files, of which nobody knows the names. */
    Project rubyTrigger() {
        triggers.add(Map.of("ruby", true, "ruby_reads", true));
        return this;
    }

    Project uploads(String path) {
        provisioners.add(Map.of("type", "file", "settings", Map.of("source", path)));
        return this;
    }

    Project shares(String host) {
        shares.add(Map.of(
                "id",
                "/s" + shares.size(),
                "host",
                host,
                "guest",
                "/s" + shares.size(),
                "file",
                folder.resolve(name).toString(),
                "line",
                1));
        return this;
    }

    Project sharesByDefault() {
        shares.add(Map.of("id", "/vagrant", "host", ".", "guest", "/vagrant"));
        return this;
    }

    Project boxShares(String host) {
        shares.add(Map.of("id", "/b", "host", host, "guest", "/b", "file", home() + "/.vagrant.d/boxes/x/Vagrantfile"));
        return this;
    }

    Project provider(String type, Map<String, Object> settings) {
        providers.add(Map.of("name", type, "known", true, "settings", settings));
        return this;
    }

    Path vagrantfile() {
        return folder.resolve(name);
    }

    Resolution resolution(Path vagrantfile) {
        List<Map<String, Object>> all = new ArrayList<>(reads);
        if (!Files.isSymbolicLink(vagrantfile)) {
            all.add(Map.of("path", vagrantfile.toString(), "how", List.of("read")));
        }
        return Json.mapper()
                .convertValue(
                        Map.of(
                                "vagrantfile", vagrantfile.toString(),
                                "home", home().resolve(".vagrant.d").toString(),
                                "reads", all,
                                "patterns", patterns,
                                "machines",
                                        List.of(Map.of(
                                                "name", "default",
                                                "provisioners", provisioners,
                                                "providers", providers,
                                                "triggers", triggers,
                                                "synced_folders", shares))),
                        Resolution.class);
    }

    Environment environment() {
        return new Environment(variables);
    }

    CopyPlan plan() throws IOException, InterruptedException {
        return plan(vagrantfile());
    }

    CopyPlan plan(Path vagrantfile) throws IOException, InterruptedException {
        return CopyPlan.of(resolution(vagrantfile), vagrantfile, environment(), cache());
    }

    /** The places of all files and links of a plan. */
    static List<String> files(CopyPlan plan) {
        return plan.entries().stream()
                .filter(entry -> entry.kind() != CopyEntry.Kind.FOLDER)
                .map(entry -> entry.place().toString())
                .toList();
    }

    static List<String> folders(CopyPlan plan) {
        return plan.entries().stream()
                .filter(entry -> entry.kind() == CopyEntry.Kind.FOLDER)
                .map(entry -> entry.place().toString())
                .toList();
    }

    /** The links of a plan, as {@code place -> target}. */
    static List<String> links(CopyPlan plan) {
        return plan.entries().stream()
                .filter(entry -> entry.kind() == CopyEntry.Kind.LINK)
                .map(entry -> entry.place() + " -> " + entry.target().orElseThrow())
                .toList();
    }

    /** The notes of a kind, as paths relative to the Vagrantfile's folder. */
    List<String> noted(CopyPlan plan, CopyNote.Kind kind) {
        return plan.notes().stream()
                .filter(note -> note.kind() == kind)
                .map(note -> folder.relativize(note.path()).toString())
                .toList();
    }
}
