package dev.corral.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.EndedSandboxes;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.LogText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the story of a sandbox. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description =
                "Shows what happened to a sandbox: its journal, with the output of each Vagrant command in its place.",
        footerHeading = "%nExample:%n",
        footer = "  corral logs 9f3c2a1b | less")
final class LogsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final long LARGEST_LOG = 256 << 20;

    @Parameters(
            index = "0",
            paramLabel = "SANDBOX",
            description = "The sandbox; also one whose start failed and that is gone.")
    private String sandbox;

    @Option(names = "--json", description = "Print an array of the lines.")
    private boolean json;

    /** A line, as {@code --json} prints it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Line(Instant at, String source, @Nullable String machine, String level, String text) {}

    @Override
    public Integer call() throws IOException {
        Output output = new Output();
        List<Line> lines = new ArrayList<>();
        SandboxFiles files = files();
        for (JournalEntry entry : new Journal(files.journal()).read()) {
            lines.add(new Line(
                    entry.at(), "journal", entry.machine(), entry.failure() == null ? "step" : "error", text(entry)));
            if (entry.log() != null) {
                lines.addAll(logged(
                        files,
                        entry,
                        Optional.ofNullable(entry.command())
                                .or(() -> Optional.ofNullable(entry.phase()))
                                .orElse("")));
            }
        }
        if (json) {
            output.json(lines);
        } else {
            lines.forEach(line -> output.line(TIME.format(line.at)
                    + (line.source.equals("journal") ? "  " : "  | ")
                    + (line.machine == null || line.machine.isEmpty() ? "" : line.machine + ": ")
                    + PlainText.of(line.text)));
        }
        return ExitCode.DONE;
    }

    private SandboxFiles files() throws IOException {
        try (Corral corral = Core.open()) {
            SandboxStore store = new SandboxStore(CacheDirectory.of(corral.environment()));
            try {
                return store.find(sandbox);
            } catch (ExpectedFailure e) {
                return EndedSandboxes.list(store.endedDirectory()).stream()
                        .filter(ended -> ended.id().equals(sandbox)
                                || sandbox.length() > 2
                                        && (ended.id().startsWith(sandbox)
                                                || ended.id().endsWith(sandbox)))
                        .findFirst()
                        .orElseThrow(() -> e);
            }
        }
    }

    private static List<Line> logged(SandboxFiles files, JournalEntry entry, String source) throws IOException {
        // The journal is the sandbox's own, but nothing outside of its directory is ever shown as its log.
        Path log = files.directory().resolve(entry.log()).normalize();
        if (!log.startsWith(files.logs()) || Files.isSymbolicLink(log)) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        Instant last = entry.at();
        String text;
        try {
            text = new String(OrdinaryFile.read(log, LARGEST_LOG), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of(new Line(last, source, null, "warn", "The log of this command is gone."));
        }
        for (String raw : text.split("\n")) {
            for (LogLine line : LogText.of(raw)) {
                last = line.at().orElse(last);
                lines.add(new Line(
                        last, source, line.machine(), line.level().name().toLowerCase(Locale.ROOT), line.text()));
            }
        }
        return lines;
    }

    private static String text(JournalEntry entry) {
        return switch (entry.event()) {
            case WORKFLOW_STARTED ->
                entry.kind() + " begins"
                        + Optional.ofNullable(entry.process())
                                .map(by -> ", process " + by.pid())
                                .orElse("");
            case QUEUED -> "waits for a start slot" + (entry.place() == null ? "" : ", place " + entry.place());
            case PHASE -> String.valueOf(entry.phase());
            case COMMAND_STARTED -> "vagrant " + entry.command();
            case COMMAND_ENDED -> "Vagrant ended with exit code " + entry.exitCode();
            case MACHINE_ADDRESS -> "has the address " + entry.address();
            case MACHINE_BOOTED -> "answers over SSH";
            case WORKFLOW_ENDED -> "done";
            case WORKFLOW_FAILED ->
                "failed: " + (entry.failure() == null ? "" : entry.failure().sentence());
            case WORKFLOW_CANCELLED -> "cancelled";
        };
    }
}
