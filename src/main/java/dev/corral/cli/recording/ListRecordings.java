package dev.corral.cli.recording;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.output.Sizes;
import dev.corral.core.base.Environment;
import dev.corral.core.recording.RecordingFile;
import dev.corral.core.recording.Recordings;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists recordings. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Lists the recordings of terminals, newest first; those of a session in which a sample is solved lie with it.")
final class ListRecordings implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    @Option(names = "--json", description = "Print an array.")
    private boolean json;

    /** A recording, as {@code --json} prints it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            String file,
            String sandbox,
            String machine,
            String via,
            @Nullable Instant beganAt,
            Instant writtenAt,
            long bytes) {
        static Row of(RecordingFile one) {
            return new Row(
                    one.file().toString(),
                    one.header().about().sandbox(),
                    one.header().about().machine(),
                    one.header().about().via(),
                    one.header().began().orElse(null),
                    one.modified(),
                    one.bytes());
        }
    }

    @Override
    public Integer call() throws IOException {
        Output output = new Output();
        Recordings recordings = new Recordings(Environment.system());
        List<RecordingFile> found = recordings.list();
        if (json) {
            output.json(found.stream().map(Row::of).toList());
            return ExitCode.DONE;
        }
        if (found.isEmpty()) {
            output.message("There is none yet in " + recordings.folder()
                    + ". corral shell --record makes one, and with " + Recordings.VARIABLE
                    + "=yes every terminal does.");
        }
        output.table(
                List.of("NAME", "SANDBOX", "MACHINE", "BEGAN", "LAST WRITTEN", "SIZE"),
                found.stream()
                        .map(one -> List.of(
                                one.file().getFileName().toString(),
                                one.header().about().sandbox(),
                                one.header().about().machine(),
                                one.header().began().map(TIME::format).orElse(""),
                                TIME.format(one.modified()),
                                Sizes.of(one.bytes())))
                        .toList());
        return ExitCode.DONE;
    }
}
