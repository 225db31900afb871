package dev.corral.core.solve.golden;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.operation.Operations;
import dev.corral.core.solve.SolveRequest;
import dev.corral.core.solve.SolveRuns;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.SolveStory;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandbox of a real run of Inspect whose person is this process: the sample's files, setup and scorer are what they are for a person. A
 * session like others, so that one that was killed in the middle is seen and can be ended.
 */
final class ScoredGround implements GoldenGround {
    private static final Logger LOG = LoggerFactory.getLogger(ScoredGround.class);
    private static final long LOOK_MS = 1_000;
    private static final long MOST_LOOKS_AFTER_END = 600;

    private final Solving solving;
    private final InventoryMonitor inventory;
    private final Operations operations;
    private final SolveRequest request;
    private final boolean keep;
    private final Consumer<String> told;
    private final String id;
    private boolean begun;
    private String sandbox = "";
    private String last = "";

    /** @param told gets what it waits for, a few words each time that changes */
    ScoredGround(
            Solving solving,
            InventoryMonitor inventory,
            Operations operations,
            SolveRequest request,
            boolean keep,
            Consumer<String> told) {
        this.solving = solving;
        this.inventory = inventory;
        this.operations = operations;
        this.keep = keep;
        this.told = told;
        this.id = SolveStore.newId(request.sample());
        this.request = logsApart(request, solving.store().root().resolve(id).resolve("log"));
    }

    // The log is no attempt of anybody's, so it does not go among those.
    private static SolveRequest logsApart(SolveRequest request, Path folder) {
        SolveOptions options = request.options();
        return new SolveRequest(
                request.taskFile(),
                request.task(),
                request.sample(),
                request.who(),
                new SolveOptions(
                        options.user(),
                        options.scoring(),
                        options.recording(),
                        options.answer(),
                        options.needsAnswer(),
                        options.timeLimit(),
                        options.model(),
                        options.logFolder().or(() -> Optional.of(folder.toString()))));
    }

    @Override
    public String start() throws InterruptedException {
        begun = true;
        solving.runs()
                .begin(
                        request,
                        new SolveRuns.Terms(id, SolveSession.GOLDEN, keep, Map.of("corral_golden", request.sample())));
        SolveStatus status = solving.status(id);
        while (!status.state().listening()) {
            if (status.state().over()) {
                throw ExpectedFailure.failed(
                                "The run of Inspect ended before its machine was ready.",
                                "What Inspect printed is in "
                                        + solving.store().find(id).folder().output() + ".")
                        .withDetails(PlainText.line(status.story().fault(), 2_000));
            }
            tell(status.state().words());
            Thread.sleep(LOOK_MS);
            status = solving.status(id);
        }
        sandbox = status.sandbox();
        if (keep) {
            operations.pin(sandbox, true);
        }
        // An answer is taken only while the clock runs.
        tell("the clock");
        solving.start(id);
        return sandbox;
    }

    @Override
    public Outcome submit(String answer) throws InterruptedException {
        SolveStatus now = solving.status(id);
        if (now.state() == SolveState.STOPPED) {
            solving.start(id);
        }
        solving.submit(id, answer);
        return outcome(over());
    }

    /**
     * What a run that is over says of the answer.
     *
     * @throws ExpectedFailure if it went wrong before the scorers could say anything, which says nothing about the answer
     */
    static Outcome outcome(SolveStatus status) {
        Map<String, String> scores = new TreeMap<>();
        status.story().result().forEach((name, value) -> {
            if (name.startsWith("score:")) {
                scores.put(name.substring("score:".length()), value);
            }
        });
        String problem = problem(status, scores.isEmpty());
        if (!problem.isEmpty()) {
            throw ExpectedFailure.failed(
                    "The answer could not be scored: " + problem + ".",
                    "corral solve status " + status.session().id() + " tells what happened; try again.");
        }
        return new Outcome(true, scores, scores.isEmpty() ? "the task has no scorer that said anything" : "");
    }

    private static String problem(SolveStatus status, boolean silent) {
        SolveStory story = status.story();
        String fault = PlainText.line(story.fault(), 300).replaceFirst("\\.+$", "");
        if (status.state() != SolveState.ENDED) {
            return fault.isEmpty() ? status.state().words() : fault;
        }
        if (!silent) {
            return "";
        }
        if (!fault.isEmpty()) {
            return fault;
        }
        if (story.log().isEmpty()) {
            return "the run left no log";
        }
        return story.status().equals("success")
                ? ""
                : "the run ended with the status " + PlainText.line(story.status(), 50);
    }

    private SolveStatus over() throws InterruptedException {
        SolveStatus status = solving.status(id);
        for (long look = 0; !status.state().over(); look++) {
            if (look > MOST_LOOKS_AFTER_END) {
                throw ExpectedFailure.failed(
                                "Inspect does not come to its end.",
                                "corral solve status " + id + " tells how far it is; corral solve quit " + id
                                        + " ends it.")
                        .withKind(ExpectedFailure.Kind.TIMED_OUT);
            }
            tell(status.state().words());
            Thread.sleep(LOOK_MS);
            status = solving.status(id);
        }
        return status;
    }

    @Override
    public boolean end() throws InterruptedException {
        if (!begun
                || solving.store().list().stream()
                        .noneMatch(one -> one.session().id().equals(id))) {
            return false;
        }
        SolveStatus status = solving.status(id);
        if (!status.state().over()) {
            if (status.story().given().isEmpty()) {
                quit();
            } else {
                cancel();
            }
            status = over();
        }
        sandbox = status.sandbox();
        boolean there =
                !sandbox.isEmpty() && inventory.refresh().sandbox(sandbox).isPresent();
        if (there && !keep) {
            // Inspect was killed, or its cleanup failed.
            try {
                operations.destroy(sandbox).done().join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof ExpectedFailure failure ? failure : e;
            }
            there = false;
        }
        if (there) {
            operations.pin(sandbox, true);
        }
        return there;
    }

    // Whatever its human agent says or does not say, the run must end, since its machine goes with it.
    private void quit() throws InterruptedException {
        try {
            solving.quit(id);
        } catch (ExpectedFailure e) {
            LOG.warn("{} is cancelled, since its agent can't be told to quit", id, e);
            solving.cancel(id);
        }
    }

    // Whoever ends it before it is over waits for no score any more, and a scorer may take long.
    private void cancel() {
        try {
            solving.cancel(id);
        } catch (ExpectedFailure e) {
            LOG.warn("{} can't be cancelled, so its own end is waited for", id, e);
        }
    }

    private void tell(String words) {
        if (!words.equals(last)) {
            last = words;
            told.accept("Waiting: " + words);
        }
    }

    @Override
    public String session() {
        return begun ? id : "";
    }

    @Override
    public String log() {
        return begun ? solving.status(id).story().log() : "";
    }

    @Override
    public String sandbox() {
        return sandbox;
    }

    @Override
    public Optional<String> login() {
        return request.options().user();
    }
}
