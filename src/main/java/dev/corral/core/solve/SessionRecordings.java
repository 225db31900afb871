package dev.corral.core.solve;

import dev.corral.core.recording.RecordingFile;
import dev.corral.core.recording.Recordings;
import dev.corral.core.solve.journal.SolveFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        return ours.isEmpty() ? timings(folder) : ours;
    }

    /**
     * One that can be played.
     *
     * @param file    the file
     * @param machine the machine; empty where Inspect made it, which records logins without a word about where
     * @param began   when it began, where that is known
     * @param bytes   how large it is
     * @param guests  whether Inspect made it in the guest
     */
    public record Kept(Path file, String machine, Optional<Instant> began, long bytes, boolean guests) {}

    /**
     * All of a session, Corral's own first, oldest first.
     *
     * @throws IOException if the folder is there but can not be read
     */
    public static List<Kept> all(SolveFolder folder) throws IOException {
        List<Kept> all = new ArrayList<>();
        for (RecordingFile one : Recordings.in(folder.recordings())) {
            all.add(new Kept(
                    one.file(), one.header().about().machine(), one.header().began(), one.bytes(), false));
        }
        for (Path timing : timings(folder)) {
            all.add(new Kept(timing, "", Optional.empty(), Files.size(timing), true));
        }
        return all;
    }

    private static List<Path> timings(SolveFolder folder) throws IOException {
        if (!Files.isDirectory(folder.recordings())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.recordings())) {
            return files.filter(one -> one.getFileName().toString().endsWith(".timing"))
                    .sorted()
                    .limit(MOST)
                    .toList();
        }
    }
}
