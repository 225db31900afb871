package dev.corral.cli.recording;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.core.recording.export.Times;
import dev.corral.core.recording.replay.Recording;
import dev.corral.core.recording.replay.TextSearch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds text in a recording. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Tells when a text came onto the screen. Exit code 3 if it never did.")
final class SearchRecording implements Callable<Integer> {
    @Mixin
    private NamedRecording named = new NamedRecording();

    @Parameters(index = "1", paramLabel = "TEXT", description = "The text, as it stands in one line.")
    private String text;

    @Option(names = "--match-case", description = "Capital and small letters differ.")
    private boolean matchCase;

    @Option(names = "--json", description = "Print an array.")
    private boolean json;

    /** A hit, as {@code --json} prints it. */
    record Row(double seconds, String line) {}

    @Override
    public Integer call() throws IOException {
        Output output = new Output();
        try (Recording recording = named.open()) {
            List<TextSearch.Hit> hits = TextSearch.find(recording, text, !matchCase, () -> false);
            if (json) {
                output.json(hits.stream()
                        .map(hit -> new Row(hit.micros() / 1e6, hit.line()))
                        .toList());
            } else {
                hits.forEach(hit -> output.line(Times.clock(hit.micros()) + "  " + hit.line()));
                if (hits.isEmpty()) {
                    output.message("It is nowhere in the recording.");
                } else if (hits.size() == TextSearch.MOST) {
                    output.message("These are the first " + hits.size() + "; there may be more.");
                }
            }
            return hits.isEmpty() ? ExitCode.NOT_FOUND : ExitCode.DONE;
        }
    }
}
