package dev.corral.core.solve;

import dev.corral.core.recording.RecordingFile;
import dev.corral.core.recording.Recordings;
import dev.corral.core.solve.journal.SolveFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recordings of a session's terminals. */
public final class SessionRecordings {
    private static final int MOST = 50;

    private SessionRecordings() {}

    /**
     * Corral's own where there are any, else those that Inspect made in the guest: the same terminal may have been recorded twice, the one
     * within the other.
     *
     * @throws IOException if the folder is there but can not be read
     */
    public static List<Path> of(SolveFolder folder) throws IOException {
        List<Path> ours = Recordings.in(folder.recordings()).stream()
                .map(RecordingFile::file)
                .limit(MOST)
                .toList();
        if (!ours.isEmpty() || !Files.isDirectory(folder.recordings())) {
            return ours;
        }
        try (Stream<Path> files = Files.list(folder.recordings())) {
            return files.filter(one -> one.getFileName().toString().endsWith(".timing"))
                    .sorted()
                    .limit(MOST)
                    .toList();
        }
    }
}
