package dev.corral.cli.recording;

import dev.corral.cli.terminal.LocalTerminal;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.recording.replay.PlayClock;
import dev.corral.core.recording.replay.Recording;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a recording is played in this terminal. */
public final class PlayOptions {
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

    /** Opens what is to be played; nobody opens it where it could not be played. */
    @FunctionalInterface
    public interface Source {
        /**
         * The recording.
         *
         * @throws IOException if it can not be read
         */
        Recording open() throws IOException;
    }

    /**
     * Plays it until its end, or until the person has seen enough.
     *
     * @throws ExpectedFailure if the options make no sense, or there is no terminal
     * @throws IOException     if it can not be read
     */
    public void play(Source source) throws IOException, InterruptedException {
        long begin = NamedRecording.moment(from);
        if (!(speed >= PlayClock.SLOWEST && speed <= PlayClock.FASTEST)) {
            throw ExpectedFailure.usage("A speed of " + speed + " is not possible.", "It is 0.5 to 16.");
        }
        LocalTerminal terminal = LocalTerminal.find()
                .filter(there -> System.console() != null && System.console().isTerminal())
                .orElseThrow(() -> ExpectedFailure.failed(
                        "There is no terminal to play it in.", "Use corral recording export to get it as text."));
        try (Recording recording = source.open();
                TerminalPlayer player = new TerminalPlayer(recording, terminal)) {
            player.begin(begin, speed, NamedRecording.pauses(recording, skipIdle));
            player.play();
        }
    }
}
