package dev.corral.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.read.OperationHistory;
import dev.corral.core.operation.OperationStore;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.EndedSandboxes;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.FailureView;
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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells the story of a sandbox, or of an operation that was about several. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description =
                "Shows what happened to a sandbox or in a cleanup: its journal, with the output of each Vagrant command in its place.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral logs 9f3c2a1b | less",
            "  corral logs 9f3c2a1b --operations   starts, machine verbs and destroys, a line each",
            "  corral logs --operations            cleanups, a line each; corral logs ID shows one"
        })
final class LogsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final long LARGEST_LOG = 256 << 20;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SANDBOX",
            description = "The sandbox; also one whose start failed and that is gone, or the id of a cleanup.")
    private String sandbox;

    @Option(
            names = "--operations",
            description = "Show one line for each operation: those of the sandbox, or without one the cleanups.")
    private boolean operations;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print an array of the lines.")
    private boolean json;

    /** A line, as {@code --json} prints it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Line(Instant at, String source, @Nullable String machine, String level, String text) {}

    /** An operation, as {@code --json} prints it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            String id,
            String kind,
            String target,
            Instant startedAt,
            @Nullable Instant endedAt,
            String state,
            String phase,
            @Nullable String failure) {
        static Row of(String id, OperationView operation) {
            Optional<FailureView> failure = operation.failure();
            String state = failure.isPresent()
                    ? failure.get().cancelled() ? "cancelled" : "failed"
                    : operation.endedAt().isPresent() ? "done" : operation.alive() ? "running" : "interrupted";
            return new Row(
                    id,
                    operation.kind().word(),
                    operation.target().words(),
                    operation.startedAt(),
                    operation.endedAt().orElse(null),
                    state,
                    failure.map(FailureView::phase)
                            .or(() -> operation.currentPhase().map(PhaseSpan::name))
                            .orElse(""),
                    failure.map(FailureView::sentence).orElse(null));
        }
    }

    @Override
    public Integer call() throws IOException {
        if (sandbox == null && !operations) {
            throw new ParameterException(
                    spec.commandLine(), "Name a sandbox or a cleanup, or use --operations to see the cleanups.");
        }
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Path cache = CacheDirectory.of(corral.environment());
            if (operations) {
                rows(sandbox == null ? cleanups(new OperationStore(cache), output) : ofSandbox(cache), output);
            } else {
                lines(story(cache), output);
            }
        }
        return ExitCode.DONE;
    }

    private List<Row> ofSandbox(Path cache) throws IOException {
        SandboxFiles files = files(new SandboxStore(cache));
        return OperationHistory.of(files.own(), new Journal(files.journal()).read()).stream()
                .map(operation -> Row.of(operation.workflow(), operation))
                .toList();
    }

    private static List<Row> cleanups(OperationStore store, Output output) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (OperationStore.Kept kept : store.list().reversed()) {
            try {
                OperationHistory.of(
                                kept.journal().file().resolveSibling(kept.name()),
                                kept.journal().read())
                        .forEach(operation -> rows.add(Row.of(kept.name(), operation)));
            } catch (IOException e) {
                // It must not hide the others.
                output.message(PlainText.line(kept.name() + " can't be read: " + e.getMessage(), 300));
            }
        }
        return rows;
    }

    private void rows(List<Row> rows, Output output) {
        if (json) {
            output.json(rows);
            return;
        }
        if (rows.isEmpty()) {
            output.message("There is none yet.");
        }
        output.table(
                List.of("ID", "BEGAN", "WHAT", "OF", "STATE"),
                rows.stream()
                        .map(row -> List.of(
                                row.id,
                                TIME.format(row.startedAt),
                                row.kind.replace('-', ' '),
                                PlainText.line(row.target, 80),
                                row.state
                                        + (row.phase.isEmpty() || row.state.equals("done")
                                                ? ""
                                                : " in " + PlainText.line(row.phase, 80))))
                        .toList());
    }

    private List<Line> story(Path cache) throws IOException {
        OperationStore store = new OperationStore(cache);
        try {
            SandboxFiles files = files(new SandboxStore(cache));
            return told(files, new Journal(files.journal()));
        } catch (ExpectedFailure e) {
            Optional<OperationStore.Kept> kept = store.find(sandbox);
            if (kept.isEmpty()) {
                throw e;
            }
            return told(kept.get().files(), kept.get().journal());
        }
    }

    private static List<Line> told(SandboxFiles files, Journal journal) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (JournalEntry entry : journal.read()) {
            lines.add(line(entry));
            if (entry.log() != null) {
                lines.addAll(logged(
                        files,
                        entry,
                        Optional.ofNullable(entry.command())
                                .or(() -> Optional.ofNullable(entry.phase()))
                                .orElse("")));
            }
        }
        return lines;
    }

    private static Line line(JournalEntry entry) {
        return new Line(
                entry.at(), "journal", entry.machine(), entry.failure() == null ? "step" : "error", text(entry));
    }

    private void lines(List<Line> lines, Output output) {
        if (json) {
            output.json(lines);
            return;
        }
        lines.forEach(line -> output.line(TIME.format(line.at)
                + (line.source.equals("journal") ? "  " : "  | ")
                + (line.machine == null || line.machine.isEmpty() ? "" : line.machine + ": ")
                + PlainText.of(line.text)));
    }

    private SandboxFiles files(SandboxStore store) throws IOException {
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

    private static List<Line> logged(SandboxFiles files, JournalEntry entry, String source) throws IOException {
        // The journal is the sandbox's own, but nothing outside of its directory is ever shown as its log.
        Path log = files.own().resolve(entry.log()).normalize();
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
                        + Optional.ofNullable(entry.target())
                                .map(OperationTarget.Noted::items)
                                .map(items -> ", " + new OperationTarget.Plan(items).words())
                                .orElse("")
                        + Optional.ofNullable(entry.process())
                                .map(by -> ", process " + by.pid())
                                .orElse("");
            case QUEUED -> "waits for its turn" + (entry.place() == null ? "" : ", place " + entry.place());
            case NOTE -> Objects.requireNonNullElse(entry.note(), "");
            case PHASE -> Objects.requireNonNullElse(entry.phase(), "");
            case PHASE_ENDED ->
                entry.failure() == null
                        ? "done"
                        : "not done: " + entry.failure().sentence();
            case COMMAND_STARTED -> "vagrant " + entry.command();
            case COMMAND_ENDED -> "Vagrant ended with exit code " + entry.exitCode();
            case MACHINE_ADDRESS -> "has the address " + entry.address();
            case MACHINE_BOOTED -> "answers over SSH";
            case START_COMPLETED -> "what the failed start left undone is done";
            case WORKFLOW_ENDED -> "done";
            case WORKFLOW_FAILED ->
                "failed: " + (entry.failure() == null ? "" : entry.failure().sentence());
            case WORKFLOW_CANCELLED -> "cancelled";
        };
    }
}
