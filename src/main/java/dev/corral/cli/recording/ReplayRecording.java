package dev.corral.cli.recording;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.terminal.LocalTerminal;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.recording.replay.PlayClock;
import dev.corral.core.recording.replay.Recording;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(names = "--speed", paramLabel = "TIMES", description = "How fast, 0.5 to 16.")
    private double speed = 1;

    @Option(
            names = "--skip-idle",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "2",
            description = "Cut pauses to so many seconds; 2 if none are given.")
    private @Nullable Double skipIdle;

    @Option(names = "--from", paramLabel = "TIME", description = "Begin there, such as 90 or 1:30.")
    private String from = "0";

    @Override
    public Integer call() throws IOException, InterruptedException {
        long begin = NamedRecording.moment(from);
        if (!(speed >= PlayClock.SLOWEST && speed <= PlayClock.FASTEST)) {
            throw ExpectedFailure.usage("A speed of " + speed + " is not possible.", "It is 0.5 to 16.");
        }
        LocalTerminal terminal = LocalTerminal.find()
                .filter(there -> System.console() != null && System.console().isTerminal())
                .orElseThrow(() -> ExpectedFailure.failed(
                        "There is no terminal to play it in.", "Use corral recording export to get it as text."));
        try (Recording recording = named.open();
                TerminalPlayer player = new TerminalPlayer(recording, terminal)) {
            player.begin(begin, speed, NamedRecording.pauses(recording, skipIdle));
            player.play();
        }
        return ExitCode.DONE;
    }
}
