package dev.corral.core.solve.attempts;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.recording.replay.Mark;
import dev.corral.core.recording.replay.Recording;
import dev.corral.core.solve.SessionRecordings;
import dev.corral.core.solve.journal.SolveFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many commands the recordings of a session show. */
public final class CommandCount {
    private static final Logger LOG = LoggerFactory.getLogger(CommandCount.class);

    private CommandCount() {}

    /** The number, as far as usual prompts tell; empty if there is no recording, or one can't be read. Blocks while all are read. */
    public static Optional<Integer> of(SolveFolder folder) {
        try {
            List<Path> recordings = SessionRecordings.of(folder);
            int count = 0;
            for (Path file : recordings) {
                try (Recording recording = Recording.open(file)) {
                    recording.length();
                    count += (int) recording.marks().stream()
                            .filter(mark -> mark.kind() == Mark.Kind.COMMAND)
                            .count();
                }
            }
            return recordings.isEmpty() ? Optional.empty() : Optional.of(count);
        } catch (IOException | ExpectedFailure e) {
            LOG.warn("the commands of {} can't be counted", folder.directory(), e);
            return Optional.empty();
        }
    }
}
