package dev.corral.cli.solve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.terminal.EndingSignals;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.tasks.TaskReference;
import dev.corral.core.solve.batch.Batch;
import dev.corral.core.solve.batch.Batches;
import dev.corral.core.solve.journal.SolveOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Solves samples one after another. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        description =
                "Solves samples one after another, in this order: while one is solved, the machine of the next one starts. Ctrl-C "
                        + "begins nothing more, and ends what waits ahead; a session in which somebody has begun goes on. Exits with 4 "
                        + "if a session failed or Inspect ended under it.",
        subcommands = {
            SolveBatchCommand.ListBatches.class,
            SolveBatchCommand.Status.class,
            SolveBatchCommand.Skip.class,
            SolveBatchCommand.Stop.class,
            SolveBatchCommand.Resume.class
        })
final class SolveBatchCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(SolveBatchCommand.class);

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TASKFILE[@TASK]",
            arity = "0..1",
            description = "A task file; running it runs its Python code.")
    private @Nullable String taskFile;

    @Option(
            names = "--sample",
            paramLabel = "ID",
            description = "A sample's id; may be given more than once. Default: all.")
    private List<String> samples = new ArrayList<>();

    @Option(names = "--who", paramLabel = "NAME", description = "The person who solves; default: your login.")
    private @Nullable String who;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "The login in the machines; default: the machine's own.")
    private @Nullable String user;

    @Option(names = "--no-recording", description = "Inspect does not record the logins in the machines.")
    private boolean noRecording;

    @Option(names = "--model", paramLabel = "NAME", description = "The model, for scorers that need one.")
    private @Nullable String model;

    @Option(
            names = "--log-dir",
            paramLabel = "DIR",
            description = "Where the logs go; default: logs beside the task file.")
    private @Nullable Path logFolder;

    @Mixin
    private LimitOptions limit = new LimitOptions();

    @Option(names = "--json", description = "Print the batch as one JSON object when it is over.")
    private boolean json;

    /** A batch, as {@code --json} prints it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Document(String batch, String who, boolean stopped, boolean running, boolean over, List<SampleRow> samples) {
        static Document of(Batches.View view) {
            return new Document(
                    view.batch().id(),
                    view.batch().who(),
                    view.stopped(),
                    view.run(),
                    view.over(),
                    view.rows().stream().map(SampleRow::of).toList());
        }
    }

    /** A sample of it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SampleRow(String task, String sample, String session, String state, boolean skipped, boolean current) {
        static SampleRow of(Batches.Row row) {
            return new SampleRow(
                    row.item().task(),
                    row.item().sample(),
                    row.session(),
                    row.state().map(state -> state.word()).orElse(""),
                    row.skipped(),
                    row.current());
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (taskFile == null) {
            throw new ParameterException(spec.commandLine(), "Name a task file, or one of the commands.");
        }
        TaskReference reference = TaskReference.parse(taskFile);
        return run(json, corral -> {
            Batch batch = batches(corral)
                    .create(
                            items(SolveSample.all(corral, reference), reference),
                            who == null ? SolveHere.person(corral) : who,
                            new SolveOptions(
                                            Optional.ofNullable(user),
                                            true,
                                            !noRecording,
                                            Optional.empty(),
                                            true,
                                            0,
                                            Optional.ofNullable(model),
                                            Optional.ofNullable(logFolder).map(folder -> folder.toAbsolutePath()
                                                    .toString()))
                                    .withActiveLimit(limit.seconds(), limit.then()));
            return batch.id();
        });
    }

    private List<Batch.Item> items(List<SolveSample> all, TaskReference reference) {
        List<String> ids =
                samples.isEmpty() ? all.stream().map(one -> one.sample().id()).toList() : samples;
        List<Batch.Item> items = new ArrayList<>();
        for (String id : ids) {
            List<SolveSample> fitting =
                    all.stream().filter(one -> one.sample().id().equals(id)).toList();
            if (fitting.size() != 1) {
                throw ExpectedFailure.usage(
                        reference + (fitting.isEmpty() ? " has no sample " : " has more than one sample ") + id + ".",
                        "corral list samples " + reference + " shows them; name the task as well.");
            }
            SolveSample one = fitting.getFirst();
            items.add(new Batch.Item(one.task().file().toString(), one.task().name(), id));
        }
        return items;
    }

    private static Batches batches(Corral corral) {
        return new Batches(corral.environment(), SolveHere.open(corral));
    }

    private interface Named {
        String id(Corral corral);
    }

    private static int run(boolean json, Named named) throws InterruptedException {
        Output output = new Output();
        try (EndingSignals signals = EndingSignals.interrupting()) {
            try (Corral corral = Core.open()) {
                String id = named.id(corral);
                output.message("Batch " + id);
                Batches batches = batches(corral);
                batches.run(id, output::message);
                Batches.View view = batches.find(id);
                print(view, json, output);
                return view.rows().stream().anyMatch(Batches.Row::bad) ? ExitCode.PARTLY : ExitCode.DONE;
            } catch (InterruptedException e) {
                output.message("Nothing more begins. corral solve batch resume goes on.");
                return signals.exitCode().orElse(ExitCode.INTERRUPTED);
            } catch (ExpectedFailure e) {
                if (signals.exitCode().isEmpty()) {
                    throw e;
                }
                // A file that was at hand when the signal came is closed by it, which looks like a disk that fails.
                LOG.info("what was under way when the signal came", e);
                output.message("Interrupted.");
                return signals.exitCode().getAsInt();
            }
        }
    }

    private static void print(Batches.View view, boolean json, Output output) {
        if (json) {
            output.json(Document.of(view));
            return;
        }
        output.line(view.batch().id() + "  "
                + (view.over() ? "over" : view.run() ? "runs" : view.stopped() ? "stopped" : "nobody runs it"));
        output.table(
                List.of("", "TASK", "SAMPLE", "SESSION", "STATE"),
                view.rows().stream()
                        .map(row -> List.of(
                                row.current() ? ">" : "",
                                row.item().task(),
                                row.item().sample(),
                                row.session(),
                                row.skipped()
                                        ? "left out"
                                        : row.state()
                                                .map(state -> state.words())
                                                .orElse("")))
                        .toList());
    }

    /** A command about one batch. */
    abstract static class OfOne implements Callable<Integer> {
        @Parameters(
                index = "0",
                paramLabel = "BATCH",
                description = "The batch; an unambiguous part of its name will do.")
        protected String batch = "";

        @Option(names = "--json", description = "Print the batch as one JSON object.")
        protected boolean json;

        /** Does it. */
        abstract void work(Batches batches, Output output) throws InterruptedException;

        @Override
        public Integer call() throws InterruptedException {
            Output output = new Output();
            try (Corral corral = Core.open()) {
                Batches batches = batches(corral);
                work(batches, output);
                print(batches.find(batch), json, output);
                return ExitCode.DONE;
            }
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the batches, newest first.")
    static final class ListBatches implements Callable<Integer> {
        @Option(names = "--json", description = "Print an array.")
        private boolean json;

        @Override
        public Integer call() {
            Output output = new Output();
            try (Corral corral = Core.open()) {
                List<Batches.View> all = batches(corral).list();
                if (json) {
                    output.json(all.stream().map(Document::of).toList());
                } else {
                    all.forEach(view -> print(view, false, output));
                }
                return ExitCode.DONE;
            }
        }
    }

    @Command(name = "status", mixinStandardHelpOptions = true, description = "Shows a batch with its samples.")
    static final class Status extends OfOne {
        @Override
        void work(Batches batches, Output output) {
            batches.find(batch);
        }
    }

    @Command(
            name = "skip",
            mixinStandardHelpOptions = true,
            description = "Leaves a sample of a batch out; a session that it has is ended.")
    static final class Skip extends OfOne {
        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "SAMPLE",
                description = "The sample's id; default: the one that is at hand.",
                defaultValue = "")
        private String sample = "";

        @Override
        void work(Batches batches, Output output) throws InterruptedException {
            batches.skip(batch, sample, output::message);
        }
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Begins nothing more of a batch, and ends what waits ahead; after a crash, too.")
    static final class Stop extends OfOne {
        @Option(names = "--now", description = "End the session that is worked in as well.")
        private boolean now;

        @Override
        void work(Batches batches, Output output) throws InterruptedException {
            batches.stop(batch, now, output::message);
        }
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Goes on with a batch that was stopped, or whose process has ended.")
    static final class Resume extends OfOne {
        @Override
        void work(Batches batches, Output output) {
            batches.find(batch);
        }

        @Override
        public Integer call() throws InterruptedException {
            return run(json, corral -> batches(corral).find(batch).batch().id());
        }
    }
}
