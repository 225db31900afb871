package dev.corral.core.code;

import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrantfile.NamedFile;
import dev.corral.core.vagrantfile.NamedFiles;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import dev.corral.core.vagrantfile.copy.CopyEntry;
import dev.corral.core.vagrantfile.copy.CopyPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps a start's code beside the sandbox, where no guest can reach it. Reads and writes files. */
public final class CodeKeeper {
    private static final int MOST = 5_000;
    // Vagrant evaluates these without having been asked to, and makes the second one itself for plugins that a file
    // wants.
    private static final String PLUGINS = ".vagrantplugins";
    private static final String PLUGIN_LIST = ".vagrant/plugins.json";
    private static final Path STATE = Path.of(".vagrant");

    /**
     * Keeps what was copied and will be evaluated: what was read, what runs on this machine later, links; and where nothing may appear.
     *
     * @param files  the sandbox's, right after the copy and before any guest
     * @param copied what was copied
     * @throws IOException if it can't be kept
     */
    public static void keep(SandboxFiles files, Resolution resolution, CopyPlan plan, CopiedFiles copied)
            throws IOException {
        if (!files.apart()) {
            return;
        }
        CodeKeeper code = new CodeKeeper(files, resolution);
        Path kept = Files.createDirectories(folder(files), SafeFiles.privateDirectory());
        code.note(plan, copied, files.directory(), kept, Set.of()).write(files);
    }

    /** What will be evaluated, while nothing of it is in the sandbox yet. */
    static CodeKeeper of(SandboxFiles files, Resolution resolution) {
        return new CodeKeeper(files, resolution);
    }

    private final SandboxFiles files;
    private final Resolution resolution;
    private final Set<Path> written = new LinkedHashSet<>();
    private final Set<Path> read = new LinkedHashSet<>();
    private final Set<Path> later = new LinkedHashSet<>();

    private CodeKeeper(SandboxFiles files, Resolution resolution) {
        this.files = files;
        this.resolution = resolution;
        for (Resolution.Read one : resolution.reads()) {
            Path path = Path.of(one.path());
            if (one.how().contains("write")) {
                written.add(path);
            } else if (one.content() && !one.onlyVagrant()) {
                withReal(read, path);
            }
        }
        NamedFiles.of(resolution).stream().filter(NamedFile::onHost).forEach(file -> withReal(later, file.file()));
    }

    /** The places of the files that will be evaluated. */
    List<Path> places(CopyPlan plan) {
        return plan.entries().stream()
                .filter(entry -> entry.kind() == CopyEntry.Kind.FILE)
                .filter(entry -> entry.place().equals(plan.vagrantfile())
                        || read.contains(entry.source())
                        || later.stream().anyMatch(entry.source()::startsWith))
                .map(CopyEntry::place)
                .limit(MOST)
                .toList();
    }

    /**
     * Copies their bytes.
     *
     * @param root   where they lie now, as if that were Vagrant's root
     * @param kept   the folder that gets them
     * @param vanish places of the sandbox where something is that will not be
     */
    KeptCode note(CopyPlan plan, CopiedFiles copied, Path root, Path kept, Set<Path> vanish) throws IOException {
        CopiedFiles code = copied.only(places(plan));
        for (Map.Entry<String, CopiedFiles.Copied> one : code.files().entrySet()) {
            if (one.getValue().link() == null) {
                Files.copy(
                        root.resolve(CopiedFiles.place(one.getKey())).normalize(),
                        kept.resolve(name(one.getKey())),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
        return new KeptCode(code, absent(vanish), listed(), patterns(resolution));
    }

    /**
     * Takes note that the machines were made: what came to be meanwhile where something had been looked for is the files' own doing.
     *
     * @throws IOException if that can't be kept
     */
    public static void settle(SandboxFiles files) throws IOException {
        var known = KeptCode.of(files);
        if (known.isPresent()) {
            known.get().settled(files).write(files);
        }
    }

    /** The folder with the bytes. */
    static Path folder(SandboxFiles files) {
        return files.own().resolve("kept");
    }

    /** The name there of what was copied to a place. */
    static String name(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void withReal(Set<Path> paths, Path path) {
        paths.add(path);
        try {
            paths.add(path.toRealPath());
        } catch (IOException e) {
            // It is not there any more, so nothing of it was copied.
            paths.add(path.normalize());
        }
    }

    private List<String> absent(Set<Path> vanish) {
        Set<String> absent = new LinkedHashSet<>();
        List<Path> places = new ArrayList<>(List.of(Path.of(PLUGINS)));
        if (resolution.missingPlugins().isEmpty()) {
            places.add(Path.of(PLUGIN_LIST));
        }
        for (Resolution.Read read : resolution.reads()) {
            Path path = Path.of(read.path());
            Path place = resolution.directory().relativize(path);
            if (!read.onlyVagrant() && !written.contains(path) && !place.startsWith(STATE) && Files.notExists(path)) {
                places.add(place);
            }
        }
        for (Path place : places) {
            Path target = files.directory().resolve(place).normalize();
            if (target.startsWith(files.folder())
                    && (vanish.contains(target) || Files.notExists(target, LinkOption.NOFOLLOW_LINKS))) {
                absent.add(place.toString());
            }
        }
        return absent.stream().limit(MOST).toList();
    }

    // The names come when the machines have been made: until then nobody but the files themselves is there.
    /** The folders that were listed, as far as they are there; without their names. */
    Map<String, List<String>> listed() {
        Map<String, List<String>> folders = new TreeMap<>();
        for (Resolution.Read read : resolution.reads()) {
            Path place = resolution.directory().relativize(Path.of(read.path()));
            Path target = files.directory().resolve(place).normalize();
            if (read.how().contains("list")
                    && target.startsWith(files.folder())
                    && Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)
                    && folders.size() < MOST) {
                folders.put(place.toString(), List.of());
            }
        }
        return folders;
    }

    private static List<String> patterns(Resolution resolution) {
        return resolution.patterns().stream()
                .map(pattern ->
                        resolution.directory().relativize(Path.of(pattern)).toString())
                .limit(MOST)
                .toList();
    }
}
