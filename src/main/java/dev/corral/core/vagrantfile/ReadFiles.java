package dev.corral.core.vagrantfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content that trust is about: everything that was read while a Vagrantfile loaded and lies outside of Vagrant's own folders, and
 * what runs on this machine later (a trigger's script, a playbook), by its SHA-256 in hexadecimal digits.
 *
 * @param hashes the hashes by absolute path; {@link #ABSENT} for what was looked for and is not there
 */
public record ReadFiles(Map<String, String> hashes) {
    /** Stands for the hash of a file that is not there: it is no longer what was trusted once it appears. */
    public static final String ABSENT = "absent";

    /** Copies the map. */
    public ReadFiles {
        hashes = hashes == null ? Map.of() : Map.copyOf(hashes);
    }

    /** The files of a resolution with their present content; reads them, so it blocks. */
    public static ReadFiles of(Resolution resolution) {
        Map<String, String> hashes = new TreeMap<>();
        Path boxes = Path.of(resolution.home(), "boxes");
        for (Resolution.Read read : resolution.reads()) {
            Path path = Path.of(read.path());
            // What was looked for in vain may be code when it appears.
            if (!read.onlyVagrant() && !path.startsWith(boxes) && (read.content() || Files.notExists(path))) {
                hashes.put(read.path(), now(path));
            }
        }
        NamedFiles.of(resolution).stream()
                .filter(file -> file.onHost() && !Files.isDirectory(file.file()))
                .forEach(file -> hashes.put(file.file().toString(), now(file.file())));
        return new ReadFiles(hashes);
    }

    /** Whether every file still has its content; reads them, so it blocks. */
    public boolean hold() {
        return hashes.entrySet().stream()
                .allMatch(one -> now(Path.of(one.getKey())).equals(one.getValue()));
    }

    private static String now(Path path) {
        try {
            return Files.isRegularFile(path) ? FileState.hash(path) : ABSENT;
        } catch (IOException e) {
            // Nobody can read it, so that nobody can be harmed by it; when that changes it is another file.
            return "unreadable";
        }
    }
}
