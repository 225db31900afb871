package dev.corral.cli.recording;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Recordings of terminals. */
@Command(
        name = "recording",
        mixinStandardHelpOptions = true,
        description = "Lists, shows, replays, exports and searches recordings of terminals.",
        subcommands = {
            ListRecordings.class,
            ShowRecording.class,
            ReplayRecording.class,
            ExportRecording.class,
            SearchRecording.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral shell --record 9f3c2a1b",
            "  corral recording list",
            "  corral recording replay 9f3c2a1b --speed 4 --skip-idle",
            "  corral recording search 9f3c2a1b flag",
            "  corral recording export session.cast --as text"
        })
public final class RecordingCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, show, replay, export or search.");
    }
}
