package dev.corral.core.code;

import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrantfile.FolderNames;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a sandbox's files Vagrant evaluates, as it was when it was copied. Places are relative to Vagrant's root.
 *
 * @param code     the files that were read, and the links
 * @param absent   the places where something was looked for in vain
 * @param folders  the folders that were listed, and the names in them
 * @param patterns the globs that were asked for
 */
record KeptCode(CopiedFiles code, List<String> absent, Map<String, List<String>> folders, List<String> patterns) {
    private static final Logger LOG = LoggerFactory.getLogger(KeptCode.class);
    private static final long LARGEST = 64L << 20;

    KeptCode {
        code = code == null ? new CopiedFiles(Map.of()) : code;
        absent = absent == null ? List.of() : List.copyOf(absent);
        folders = folders == null ? Map.of() : Map.copyOf(folders);
        patterns = patterns == null ? List.of() : List.copyOf(patterns);
    }

    /**
     * A difference.
     *
     * @param place where it is
     * @param added whether nothing was there before
     */
    record Change(String place, boolean added) {
        String words() {
            return PlainText.line(place, 200) + (added ? " (new)" : "");
        }
    }

    /** What was kept of this sandbox; empty where nothing was: one of an older Corral, or in a guest's reach. */
    static Optional<KeptCode> of(SandboxFiles files) throws IOException {
        if (!files.apart()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(file(files)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(SandboxFiles files) throws IOException {
        write(file(files));
    }

    /** Writes it elsewhere. */
    void write(Path file) throws IOException {
        SafeFiles.replace(file, Json.mapper().writeValueAsBytes(this));
    }

    /** What was written there. */
    static KeptCode read(Path file) throws IOException {
        return Json.mapper().readValue(OrdinaryFile.read(file, LARGEST), KeptCode.class);
    }

    private static Path file(SandboxFiles files) {
        return files.own().resolve("kept.json");
    }

    /** What is there now and was not, and what is not as it was. Follows no link; reads no more than was copied. */
    List<Change> changes(SandboxFiles files) throws IOException {
        List<Change> changes = new ArrayList<>();
        if (!Files.isDirectory(files.directory(), LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(files.directory() + " is no folder");
        }
        for (CopiedFiles.Change change : code.changed(files.directory())) {
            changes.add(new Change(change.place(), false));
        }
        Path root = files.directory();
        for (String place : absent) {
            if (Files.exists(root.resolve(place), LinkOption.NOFOLLOW_LINKS)) {
                changes.add(new Change(place, true));
            }
        }
        FolderNames names = names(root);
        for (Map.Entry<String, List<String>> folder : new TreeMap<>(folders).entrySet()) {
            List<String> now =
                    new ArrayList<>(names.in(root.resolve(folder.getKey()).normalize()));
            now.removeAll(folder.getValue());
            now.stream()
                    .map(name -> Path.of(folder.getKey()).resolve(name).toString())
                    .filter(place ->
                            changes.stream().noneMatch(one -> one.place().equals(place)))
                    .forEach(place -> changes.add(new Change(place, true)));
        }
        return changes;
    }

    /** The same after the machines were first made: what the files themselves brought about by then is theirs. */
    KeptCode settled(SandboxFiles files) {
        Path root = files.directory();
        return new KeptCode(
                code,
                absent.stream()
                        .filter(place -> Files.notExists(root.resolve(place), LinkOption.NOFOLLOW_LINKS))
                        .toList(),
                named(root),
                patterns);
    }

    /** The same with the names that these folders have now. */
    KeptCode listing(SandboxFiles files, Map<String, List<String>> listed) throws IOException {
        KeptCode known = new KeptCode(code, absent, listed, patterns);
        return new KeptCode(code, absent, known.named(files.directory()), patterns);
    }

    private Map<String, List<String>> named(Path root) {
        Map<String, List<String>> listed = new TreeMap<>();
        for (String folder : folders.keySet()) {
            try {
                listed.put(folder, names(root).in(root.resolve(folder).normalize()));
            } catch (IOException e) {
                // One with more names than anybody would look at is not watched: data lies there, and no start fails
                // for it.
                LOG.debug("{} is not watched", folder, e);
            }
        }
        return listed;
    }

    private FolderNames names(Path root) {
        return new FolderNames(patterns.stream()
                .map(pattern -> root.resolve(pattern).normalize().toString())
                .toList());
    }
}
