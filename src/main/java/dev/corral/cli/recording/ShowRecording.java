package dev.corral.cli.recording;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.core.recording.export.Times;
import dev.corral.core.recording.replay.Mark;
import dev.corral.core.recording.replay.Recording;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a recording holds. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Shows how long a recording is and which commands, notes and scorings it has. Commands are recognised by usual"
                        + " prompts.")
final class ShowRecording implements Callable<Integer> {
    @Mixin
    private NamedRecording named = new NamedRecording();

    @Option(names = "--json", description = "Print an object.")
    private boolean json;

    /** A place, as {@code --json} prints it. */
    record Place(double seconds, String kind, String text) {
        static Place of(Mark mark) {
            return new Place(mark.micros() / 1e6, mark.kind().name().toLowerCase(Locale.ROOT), mark.text());
        }
    }

    /** A recording, as {@code --json} prints it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Shown(
            String file,
            @Nullable Instant beganAt,
            double seconds,
            double secondsWithoutIdle,
            int columns,
            int rows,
            String title,
            long damagedLines,
            List<Place> places) {}

    private static final long IDLE = 2_000_000;

    @Override
    public Integer call() throws IOException {
        Output output = new Output();
        try (Recording recording = named.open()) {
            long length = recording.length();
            long without = recording.pauses(IDLE).toShort(length);
            List<Mark> marks = recording.marks();
            if (json) {
                output.json(new Shown(
                        recording.file().toString(),
                        recording.header().began().orElse(null),
                        length / 1e6,
                        without / 1e6,
                        recording.header().columns(),
                        recording.header().rows(),
                        recording.header().title(),
                        recording.passed(),
                        marks.stream().map(Place::of).toList()));
                return ExitCode.DONE;
            }
            output.line(recording.file().toString());
            output.line(Times.clock(length) + " long, " + Times.clock(without) + " with pauses cut to 2 s, "
                    + recording.header().columns() + " x " + recording.header().rows());
            if (recording.passed() > 0) {
                output.message(recording.passed() + " lines are damaged and were left out.");
            }
            marks.forEach(mark -> output.line(Times.clock(mark.micros()) + "  "
                    + mark.kind().name().toLowerCase(Locale.ROOT) + "  " + mark.text()));
        }
        return ExitCode.DONE;
    }
}
