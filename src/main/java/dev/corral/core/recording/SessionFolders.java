package dev.corral.core.recording;

import dev.corral.core.base.Environment;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the session in which a person solves a sample, by its sandbox. Each session is a folder that lists its sandboxes in a file, a line
 * each, and keeps the recordings of their terminals.
 */
final class SessionFolders {
    private static final int MOST = 500;
    private static final long LARGEST = 64 << 10;

    private SessionFolders() {}

    private record Dated(Path folder, FileTime time) {}

    /**
     * The folder for recordings of the newest session that this sandbox belongs to; empty if there is none.
     *
     * @throws IOException if the sessions can not be read
     */
    static Optional<Path> of(Environment environment, String sandbox) throws IOException {
        List<Dated> sessions = new ArrayList<>();
        for (Path folder : SafeFiles.directories(environment.userState().resolve("corral/solve"))) {
            sessions.add(new Dated(folder, Files.getLastModifiedTime(folder)));
        }
        sessions.sort(Comparator.comparing(Dated::time).reversed());
        for (Dated session : sessions.subList(0, Math.min(MOST, sessions.size()))) {
            if (lists(session.folder.resolve("sandboxes"), sandbox)) {
                return Optional.of(session.folder.resolve("recordings"));
            }
        }
        return Optional.empty();
    }

    private static boolean lists(Path file, String sandbox) throws IOException {
        try {
            return new String(OrdinaryFile.read(file, LARGEST), StandardCharsets.UTF_8)
                    .lines()
                    .anyMatch(line -> line.strip().equals(sandbox));
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
