package dev.corral.cli.solve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.output.Sizes;
import dev.corral.cli.recording.PlayOptions;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.recording.replay.Recording;
import dev.corral.core.solve.SessionRecordings;
import dev.corral.core.solve.SessionRecordings.Kept;
import dev.corral.core.solve.journal.SolveStore;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays what was recorded of a session, or lists it. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Plays what was recorded of a session's terminals in this one: the last recording, or another by its number. Space pauses,"
                        + " left and right go 5 seconds, + and - change the speed, n and p go to the next and previous command or note, i"
                        + " skips pauses, q ends.")
final class SolveReplayCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    @Parameters(
            index = "0",
            paramLabel = "SESSION",
            description = "The session; an unambiguous part of its name will do.")
    private String session;

    @Option(names = "--list", description = "Show which recordings there are, and play none.")
    private boolean list;

    @Option(names = "--number", paramLabel = "N", description = "Play this one of the list; default: the last.")
    private @Nullable Integer number;

    @Option(names = "--json", description = "With --list: print an array.")
    private boolean json;

    @Mixin
    private PlayOptions options = new PlayOptions();

    /** A recording, as {@code --json} prints it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            int number,
            String file,
            String machine,
            @Nullable Instant beganAt,
            long bytes,
            String by) {
        static Row of(int number, Kept one) {
            return new Row(
                    number,
                    one.file().toString(),
                    one.machine(),
                    one.began().orElse(null),
                    one.bytes(),
                    one.guests() ? "inspect" : "corral");
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SolveStore.Stored stored = new SolveStore(Environment.system()).find(session);
        List<Kept> all = SessionRecordings.all(stored.folder());
        if (list || json) {
            tell(all);
            return ExitCode.DONE;
        }
        if (all.isEmpty()) {
            throw ExpectedFailure.notFound(
                    "Nothing was recorded of " + stored.session().id() + ".",
                    "Terminals that Corral opens in its machine are recorded while it runs.");
        }
        int chosen = number == null ? all.size() : number;
        if (chosen < 1 || chosen > all.size()) {
            throw ExpectedFailure.usage(
                    "There is no recording " + chosen + " of "
                            + stored.session().id() + ": it has " + all.size() + ".",
                    "corral solve replay --list " + stored.session().id() + " shows them.");
        }
        options.play(() -> Recording.open(all.get(chosen - 1).file()));
        return ExitCode.DONE;
    }

    private void tell(List<Kept> all) throws IOException {
        Output output = new Output();
        List<Row> rows = new ArrayList<>();
        for (Kept one : all) {
            rows.add(Row.of(rows.size() + 1, one));
        }
        if (json) {
            output.json(rows);
            return;
        }
        output.table(
                List.of("NUMBER", "MACHINE", "BEGAN", "SIZE", "BY", "FILE"),
                rows.stream()
                        .map(row -> List.of(
                                Integer.toString(row.number()),
                                row.machine(),
                                row.beganAt() == null ? "" : TIME.format(row.beganAt()),
                                Sizes.of(row.bytes()),
                                row.by(),
                                row.file()))
                        .toList());
    }
}
