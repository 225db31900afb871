package dev.corral.core.solve;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.inspect.control.ControlChannel;
import dev.corral.core.inspect.control.HumanRun;
import dev.corral.core.inspect.launch.EvalLaunch;
import dev.corral.core.inspect.launch.EvalLauncher;
import dev.corral.core.inspect.launch.RunOutput;
import dev.corral.core.inspect.runs.InspectRun;
import dev.corral.core.inspect.runs.InspectRuns;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins runs of Inspect that a person solves, joins those that somebody else began, and goes on where one was killed. Blocks. */
public final class SolveRuns {
    /** The variable by which Corral's bridge learns that a run is to take over a sandbox instead of starting one. */
    public static final String ADOPT = "CORRAL_ADOPT_SANDBOX";

    private static final Logger LOG = LoggerFactory.getLogger(SolveRuns.class);

    private final SolveWorld world;
    private final SolveStore store;
    private final EvalLauncher launcher;
    private final String by;

    SolveRuns(SolveWorld world, SolveStore store, EvalLauncher launcher, String by) {
        this.world = world;
        this.store = store;
        this.launcher = launcher;
        this.by = by;
    }

    /**
     * A run that waits for a person and has no session yet.
     *
     * @param process the process
     * @param command what it does, to be shown
     * @param task    the task's name
     * @param sample  the sample's id
     * @param epoch   the epoch
     */
    public record Joinable(ProcessIdentity process, String command, String task, String sample, int epoch) {}

    /**
     * Begins a session and its run; comes back as soon as that runs.
     *
     * @throws ExpectedFailure if the session can't be begun or Inspect does not start
     */
    public Stored begin(SolveRequest request) {
        return begin(request, Terms.usual(request));
    }

    /**
     * What is unusual about a session.
     *
     * @param id      its name, of {@link SolveStore#newId}
     * @param purpose see {@link SolveSession#purpose}
     * @param keeps   whether its sandbox stays however its run ends
     * @param facts   what its log says of the run besides
     */
    public record Terms(String id, String purpose, boolean keeps, Map<String, String> facts) {
        /** Copies the map. */
        public Terms {
            facts = Map.copyOf(facts);
        }

        /** Nothing. */
        public static Terms usual(SolveRequest request) {
            return new Terms(SolveStore.newId(request.sample()), "", false, Map.of());
        }
    }

    /**
     * Begins a session and its run; comes back as soon as that runs.
     *
     * @throws ExpectedFailure if the session can't be begun or Inspect does not start
     */
    public Stored begin(SolveRequest request, Terms terms) {
        SolveSession session = new SolveSession(
                terms.id(),
                Instant.now(),
                request.who(),
                request.taskFile().toString(),
                request.task(),
                request.sample(),
                1,
                CacheDirectory.of(world.environment()).toString(),
                false,
                request.options(),
                terms.purpose());
        // A sample that can not be named is refused before anything is made.
        var _ = launch(session, Map.of(), false).arguments();
        Stored stored = store.create(session);
        run(stored, terms.facts(), Map.of(), terms.keeps());
        return stored;
    }

    /**
     * Goes on with a session whose Inspect was killed: a new run that takes over the same sandbox. The sample's files are written anew
     * and its setup script runs again, as at each run's beginning. However that run ends, the sandbox stays.
     *
     * @throws ExpectedFailure if it is not interrupted, has no sandbox any more, or was started by somebody else
     */
    public Stored resume(SolveStatus status) {
        SolveSession session = status.session();
        Stored stored = store.find(session.id());
        try {
            // Two who resume at once would have two runs in one machine: the second sees the first one's.
            return stored.folder().locked(() -> resume(stored, now(stored)));
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The session " + session.id() + " can't be read.",
                    "Give yourself access to " + stored.folder().directory() + ".",
                    e);
        }
    }

    private SolveStatus now(Stored stored) throws IOException {
        return SolveStatus.of(
                stored.session(),
                stored.folder().journal().read(),
                stored.folder().sandboxes(),
                world::life);
    }

    private Stored resume(Stored stored, SolveStatus status) throws IOException {
        SolveSession session = status.session();
        if (status.state() != SolveState.INTERRUPTED) {
            throw ExpectedFailure.failed(
                    "The session " + session.id() + " need not be resumed: "
                            + status.state().words() + ".",
                    status.state().over() ? "Begin a new one." : "");
        }
        if (session.taskFile().isEmpty()) {
            throw ExpectedFailure.failed(
                    "The session " + session.id() + " was begun elsewhere, and its task file is not known.",
                    "Its machine and notes are kept; begin a new session for another try.");
        }
        Optional<SandboxView> sandbox = world.inventory().sandbox(status.sandbox());
        if (sandbox.isEmpty()) {
            throw ExpectedFailure.notFound(
                    "The machine of " + session.id() + " is gone, so there is nothing to go on with.",
                    "Its notes and times are kept; begin a new session for another try.");
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "corral_resumed_after_seconds",
                Long.toString(status.clock().active().toSeconds()));
        facts.put("corral_resumed_sandbox", status.sandbox());
        if (!status.story().log().isEmpty()) {
            String recovered = status.story().recovered();
            facts.put("corral_resumed_log", recovered.isEmpty() ? status.story().log() : recovered);
        }
        if (status.story().over().isEmpty()) {
            if (RunOutput.done(stored.folder().output()).isPresent()) {
                throw ExpectedFailure.failed(
                        "Inspect has ended the run of " + session.id() + " itself, and its log can't be read so far.",
                        "Look again in some minutes: what its log says is the end.");
            }
            // Its log could not be read so far, and now it need not be.
            ended(stored, status);
        }
        // Inspect's cleanup heeds no pin: hours of work must not go because a scorer or the setup failed.
        run(stored, facts, Map.of(ADOPT, status.sandbox()), true);
        return stored;
    }

    private static void ended(Stored stored, SolveStatus status) throws IOException {
        stored.folder()
                .journal()
                .append(SolveEntry.at(RunEnd.lastSeen(status.entries()), EntryKind.GONE, "corral")
                        .withMore(Map.of("log", status.story().log())));
    }

    /** The runs that wait for a person, that this user may talk to, and that no session follows. */
    public List<Joinable> joinable() {
        List<ProcessIdentity> known = known();
        List<Joinable> found = new ArrayList<>();
        for (InspectRun run : new InspectRuns(world.environment()).live()) {
            if (known.stream().noneMatch(one -> same(one, run.process()))) {
                waiting(run, found);
            }
        }
        return found;
    }

    private List<ProcessIdentity> known() {
        return store.list().stream().flatMap(stored -> process(stored).stream()).toList();
    }

    private static Optional<ProcessIdentity> process(Stored stored) {
        try {
            return SolveStory.of(stored.folder().journal().read()).process();
        } catch (IOException e) {
            LOG.warn("the journal of {} is passed over", stored.session().id(), e);
            return Optional.empty();
        }
    }

    private static boolean same(ProcessIdentity one, ProcessIdentity other) {
        return one.pid() == other.pid() && one.startTicks() == other.startTicks();
    }

    private void waiting(InspectRun run, List<Joinable> found) {
        Optional<ControlChannel> channel = world.control(run.process());
        if (channel.isEmpty()) {
            return;
        }
        HumanRun human = new HumanRun(channel.get());
        try {
            for (HumanRun.TaskRow task : human.tasks()) {
                if (task.human() && !task.done()) {
                    human.samples(task.eval()).stream()
                            .filter(row -> row.status().equals("running"))
                            .forEach(row -> found.add(new Joinable(
                                    run.process(), run.command(), task.task(), row.sample(), row.epoch())));
                }
            }
        } catch (IOException e) {
            LOG.debug("process {} does not tell", run.process().pid(), e);
        }
    }

    /**
     * Joins a run that somebody began in a terminal: from now on it is followed, and can be asked here as well.
     *
     * @param who the person
     * @throws ExpectedFailure if a session follows it already
     */
    public Stored join(Joinable run, String who) {
        if (known().stream().anyMatch(one -> same(one, run.process()))) {
            throw ExpectedFailure.failed(
                    "The run of process " + run.process().pid() + " is followed by a session already.",
                    "corral solve list shows it.");
        }
        Optional<Manifest.Origin> origin = world.inventory().sandboxes().stream()
                .flatMap(view -> view.manifest().stream())
                .filter(manifest -> manifest.owner().pid() == run.process().pid()
                        && manifest.owner().startTicks() == run.process().startTicks()
                        && manifest.origin().sample().equals(run.sample()))
                .map(Manifest::origin)
                .findFirst();
        SolveSession session = new SolveSession(
                SolveStore.newId(run.sample()),
                Instant.now(),
                who,
                origin.map(Manifest.Origin::taskFile).orElse(""),
                run.task(),
                run.sample(),
                run.epoch(),
                CacheDirectory.of(world.environment()).toString(),
                true,
                SolveOptions.usual());
        Stored stored = store.create(session);
        note(stored, run.process(), run.command());
        return stored;
    }

    private void run(Stored stored, Map<String, String> facts, Map<String, String> variables, boolean keeps) {
        EvalLaunch launch = launch(stored.session(), facts, keeps);
        SolveOptions options = stored.session().options();
        try {
            SafeFiles.replace(
                    stored.folder().solver(),
                    EvalLaunch.solverSettings(
                            options.user(),
                            options.scoring(),
                            options.recording(),
                            options.answer(),
                            options.needsAnswer()));
            SafeFiles.touch(stored.folder().output());
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The session's directory " + stored.folder().directory() + " can't be written to.",
                    "See that its disk has room.",
                    e);
        }
        ProcessIdentity process = launcher.start(
                launch,
                stored.folder().output(),
                stored.folder().directory().resolve("plugin"),
                new HashMap<>(variables));
        note(stored, process, launch.shown());
    }

    private void note(Stored stored, ProcessIdentity process, String command) {
        try {
            stored.folder()
                    .journal()
                    .append(SolveEntry.at(Moment.now(), EntryKind.RUN, by)
                            .withMore(SolveStory.facts(process, command)));
        } catch (IOException | ExpectedFailure e) {
            // Without it the run would be lost from sight. One that somebody else began goes on.
            boolean own = !stored.session().joined();
            if (own) {
                interrupt(process);
            }
            throw ExpectedFailure.failed(
                    "The run could not be written down"
                            + (own ? ", so it was ended again." : ", so it is not followed."),
                    e instanceof ExpectedFailure full
                            ? full.getMessage() + " Begin a new session for another try."
                            : "See that there is room in " + stored.folder().directory() + ".",
                    e);
        }
    }

    private void interrupt(ProcessIdentity process) {
        try {
            if (world.life(process) == Life.ALIVE) {
                EvalLauncher.interrupt(process);
            }
        } catch (IOException e) {
            LOG.warn("process {} could not be ended", process.pid(), e);
        }
    }

    private EvalLaunch launch(SolveSession session, Map<String, String> facts, boolean keeps) {
        Path taskFile = Path.of(session.taskFile());
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("corral_session", session.id());
        if (!session.who().isBlank()) {
            metadata.put("solved_by", session.who());
        }
        metadata.putAll(facts);
        return new EvalLaunch(
                taskFile,
                session.task(),
                session.sample(),
                store.root().resolve(session.id()).resolve("solver.json"),
                session.options().timeLimit(),
                session.options().model(),
                logFolder(world.environment(), session, taskFile),
                metadata,
                keeps);
    }

    private static Path logFolder(Environment environment, SolveSession session, Path taskFile) {
        Path folder = Objects.requireNonNull(taskFile.toAbsolutePath().getParent());
        return session.options()
                .logFolder()
                .or(() -> environment.get("INSPECT_LOG_DIR"))
                .map(named -> folder.resolve(named))
                .orElseGet(() -> folder.resolve("logs"));
    }
}
