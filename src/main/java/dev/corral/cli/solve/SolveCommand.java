package dev.corral.cli.solve;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.tasks.TaskReference;
import dev.corral.core.solve.SolveRequest;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.journal.SolveOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Begins to solve a sample by hand; its subcommands work on what was begun. */
@Command(
        name = "solve",
        mixinStandardHelpOptions = true,
        description =
                "Solves one sample by hand: begins a run of Inspect whose solver is a person, with a clock and a journal that "
                        + "outlive it. It ends in a log of Inspect's.",
        subcommands = {
            SolveListCommand.class,
            SolveStatusCommand.class,
            SolveAsk.Start.class,
            SolveAsk.Pause.class,
            SolveAsk.Note.class,
            SolveAsk.Validate.class,
            SolveAsk.Score.class,
            SolveAsk.Submit.class,
            SolveAsk.Quit.class,
            SolveClockCommand.Strike.class,
            SolveClockCommand.Keep.class,
            SolveAttachCommand.class,
            SolveResumeCommand.class,
            SolveJoinCommand.class,
            SolveReplayCommand.class,
            SolveExportCommand.class,
            SolveCompareCommand.class,
            SolveRecoverCommand.Log.class,
            SolveRecoverCommand.Fetch.class,
            SolveBatchCommand.class,
            HandOverCommand.class,
            RateCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral solve evals.py@basic --sample which-debian",
            "  corral solve attach which-debian-3fa9c1d2",
            "  corral solve submit which-debian-3fa9c1d2 12",
            "  corral solve export which-debian-3fa9c1d2 --golden which-debian.golden.json",
            "  corral solve --check which-debian.golden.json"
        })
public final class SolveCommand implements Callable<Integer> {
    private static final long LOOK_MS = 1_000;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TASKFILE[@TASK]",
            arity = "0..1",
            description = "A task file; running it runs its Python code.")
    private @Nullable String taskFile;

    @Option(names = "--sample", paramLabel = "ID", description = "The sample's id.")
    private @Nullable String sample;

    @Option(names = "--who", paramLabel = "NAME", description = "The person who solves; default: your login.")
    private @Nullable String who;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "The login in the machine; default: the machine's own.")
    private @Nullable String user;

    @Option(names = "--no-scoring", description = "No scoring of answers on the way.")
    private boolean noScoring;

    @Option(
            names = "--no-recording",
            description = "Inspect does not record the logins in the machine, for machines without script(1).")
    private boolean noRecording;

    @Option(
            names = "--answer",
            paramLabel = "PATTERN",
            description = "A pattern that an answer must match from its beginning; an empty one: no answer is needed.")
    private @Nullable String answer;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "Inspect's own limit: it ends the sample after so long. Pauses count.")
    private int timeLimit;

    @Mixin
    private LimitOptions limit = new LimitOptions();

    @Option(names = "--model", paramLabel = "NAME", description = "The model, for scorers that need one.")
    private @Nullable String model;

    @Option(
            names = "--log-dir",
            paramLabel = "DIR",
            description = "Where the log goes; default: logs beside the task file.")
    private @Nullable Path logFolder;

    @Option(names = "--no-wait", description = "Come back at once, not when the machine is ready.")
    private boolean noWait;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @ArgGroup(exclusive = false, heading = "%nInstead of a person:%n")
    private @Nullable SolveCheck check;

    @Override
    public Integer call() throws InterruptedException {
        if (check != null) {
            return check.run(
                    taskFile,
                    new SolveCheck.With(
                            Optional.ofNullable(model),
                            Optional.ofNullable(logFolder)
                                    .map(folder -> folder.toAbsolutePath().toString())),
                    json);
        }
        if (taskFile == null) {
            throw new ParameterException(spec.commandLine(), "Name a task file, or one of the commands.");
        }
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Solving solving = SolveHere.open(corral);
            String id =
                    solving.runs().begin(request(corral, taskFile)).session().id();
            SolveStatus status = solving.status(id);
            output.message(status.story().command());
            output.message("Session " + id);
            if (!noWait) {
                status = ready(solving, id, output);
            }
            if (json) {
                output.json(SolveDocument.of(status));
            } else {
                output.line(id);
            }
            if (!noWait) {
                output.message("Ready. corral solve attach " + id + " opens a shell in it, which starts the clock.");
            }
            return ExitCode.DONE;
        }
    }

    private static SolveStatus ready(Solving solving, String id, Output output) throws InterruptedException {
        SolveStatus status = solving.status(id);
        while (!status.state().listening()) {
            if (status.state().over()) {
                throw ExpectedFailure.failed(
                                "The run ended before the machine was ready.",
                                "What Inspect printed is in "
                                        + solving.store().find(id).folder().output() + ".")
                        .withDetails(status.story().fault());
            }
            if (status.state() == SolveState.ENDING) {
                return status;
            }
            output.progress("Waiting: " + status.state().words());
            Thread.sleep(LOOK_MS);
            status = solving.status(id);
        }
        output.progress("");
        return status;
    }

    private SolveRequest request(Corral corral, String reference) {
        SolveSample found = SolveSample.find(corral, TaskReference.parse(reference), sample);
        return new SolveRequest(
                found.task().file(),
                found.task().name(),
                found.sample().id(),
                who == null ? SolveHere.person(corral) : who,
                new SolveOptions(
                                Optional.ofNullable(user),
                                !noScoring,
                                !noRecording,
                                Optional.ofNullable(answer).filter(pattern -> !pattern.isEmpty()),
                                answer == null || !answer.isEmpty(),
                                Math.max(0, timeLimit),
                                Optional.ofNullable(model),
                                Optional.ofNullable(logFolder)
                                        .map(folder -> folder.toAbsolutePath().toString()))
                        .withActiveLimit(limit.seconds(), limit.then()));
    }
}
