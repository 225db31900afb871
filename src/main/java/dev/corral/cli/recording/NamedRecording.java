package dev.corral.cli.recording;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.recording.Recordings;
import dev.corral.core.recording.export.Times;
import dev.corral.core.recording.replay.Pauses;
import dev.corral.core.recording.replay.Recording;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The recording that a command is about. */
final class NamedRecording {
    @Parameters(
            index = "0",
            paramLabel = "RECORDING",
            description =
                    "A .cast file, a .timing file of script, the name of a recording, or a sandbox for its newest one.")
    private String named;

    Recording open() throws IOException {
        return Recording.open(new Recordings(Environment.system()).find(named));
    }

    /** The pauses to shorten: none without a limit; waits until the recording is read otherwise. */
    static Pauses pauses(Recording recording, @Nullable Double limitSeconds) throws IOException {
        if (limitSeconds == null) {
            return Pauses.none();
        }
        if (!(limitSeconds >= 0 && limitSeconds < 1e6)) {
            throw ExpectedFailure.usage(
                    "A pause of " + limitSeconds + " seconds makes no sense.", "Give seconds, such as 2.");
        }
        recording.length();
        return recording.pauses((long) (limitSeconds * 1e6));
    }

    /** A moment in microseconds. */
    static long moment(String text) {
        long micros = Times.micros(text);
        if (micros < 0) {
            throw ExpectedFailure.usage(
                    text + " is no moment.", "Give seconds, or minutes and seconds such as 3:20, or 1:03:20.");
        }
        return micros;
    }
}
