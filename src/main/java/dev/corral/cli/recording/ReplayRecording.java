package dev.corral.cli.recording;

import dev.corral.cli.output.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Plays a recording in this terminal. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Plays a recording in this terminal. Space pauses, left and right go 5 seconds, + and - change the speed, n and p go"
                        + " to the next and previous command or note, i skips pauses, q ends.")
public final class ReplayRecording implements Callable<Integer> {
    @Mixin
    private NamedRecording named = new NamedRecording();

    @Mixin
    private PlayOptions options = new PlayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.play(named::open);
        return ExitCode.DONE;
    }
}
