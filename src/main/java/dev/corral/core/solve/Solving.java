package dev.corral.core.solve;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.inspect.control.HumanState;
import dev.corral.core.inspect.launch.EvalLauncher;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.operation.Operations;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.solve.clock.Interval;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveStore;
import dev.corral.core.solve.journal.SolveStore.Stored;
import dev.corral.core.ssh.GuestConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples solved by hand: begins sessions, follows them, and asks their human agents. A session is a directory that outlives this
 * process and Inspect's; any number of windows and commands may work on it at once. Thread-safe; its methods block.
 */
public final class Solving {
    private static final Logger LOG = LoggerFactory.getLogger(Solving.class);
    private static final Duration QUICK = Duration.ofMinutes(2);
    private static final Duration SCORING = Duration.ofMinutes(10);

    private final SolveWorld world;
    private final SolveStore store;
    private final String by;
    private final Duration quiet;
    private final Map<String, Follower> followers = new ConcurrentHashMap<>();
    private final Map<String, GuestProbe> probes = new ConcurrentHashMap<>();
    private final Set<String> fetched = ConcurrentHashMap.newKeySet();

    /**
     * @param by what this process is, in the journal: {@code window}, {@code command line}
     */
    public Solving(
            Environment environment,
            InventoryMonitor inventory,
            Operations operations,
            BiFunction<String, String, GuestConnection> connect,
            String by) {
        this(SolveWorld.real(environment, inventory, operations, connect), by, GuestProbe.QUIET);
    }

    Solving(SolveWorld world, String by, Duration quiet) {
        this.world = world;
        this.by = by;
        this.quiet = quiet;
        store = new SolveStore(world.environment());
    }

    /** Where the sessions lie. */
    public SolveStore store() {
        return store;
    }

    /** Begins sessions and goes on with them. */
    public SolveRuns runs() {
        return new SolveRuns(world, store, new EvalLauncher(world.environment()), by);
    }

    /** Saves what there is of sessions whose Inspect was killed. */
    public SolveRecovery recovery() {
        return new SolveRecovery(world, this, by, fetched);
    }

    /** Keeps the limits of active time. */
    public LimitKeeper limits() {
        return new LimitKeeper(this, by);
    }

    /** All sessions as their journals have them, newest first; nobody is asked. One whose journal can't be read is left out. */
    public List<SolveStatus> list() {
        return store.list().stream().flatMap(this::readable).toList();
    }

    /** The same; one whose run has ended since somebody looked last is looked at, which may take as long as reading its log does. */
    public List<SolveStatus> listWithEnds() {
        return list().stream().map(this::withEnd).toList();
    }

    private SolveStatus withEnd(SolveStatus status) {
        boolean ended = status.story().live()
                && status.story().process().map(world::life).equals(Optional.of(Life.ENDED));
        try {
            return ended ? status(status.session().id()) : status;
        } catch (ExpectedFailure e) {
            LOG.warn("how {} ended can't be read", status.session().id(), e);
            return status;
        }
    }

    private Stream<SolveStatus> readable(Stored stored) {
        try {
            return Stream.of(read(stored));
        } catch (ExpectedFailure e) {
            LOG.warn("the session {} is passed over", stored.session().id(), e);
            return Stream.empty();
        }
    }

    SolveStatus read(Stored stored) {
        try {
            return follower(stored).known();
        } catch (IOException e) {
            throw unreadable(stored, e);
        }
    }

    /**
     * A session as it is now: its run and machine are looked at, and what became of them is written down.
     *
     * @throws ExpectedFailure if there is no such session, or its directory can't be used
     */
    public SolveStatus status(String id) {
        Stored stored = store.find(id);
        try {
            SolveStatus status = follower(stored).sync();
            recovery().afterKill(status);
            return limits().announced(stored, status);
        } catch (IOException e) {
            throw unreadable(stored, e);
        }
    }

    /** Why what is seen of a session can't be written down, as on a full disk; empty while it can. It is kept until that goes again. */
    public Optional<ExpectedFailure> trouble(String id) {
        return Optional.ofNullable(followers.get(id))
                .flatMap(Follower::trouble)
                .map(why -> unreadable(store.find(id), why));
    }

    /** What Inspect's human agent told last of a session that this process follows. */
    public Optional<HumanState> human(String id) {
        return Optional.ofNullable(followers.get(id)).flatMap(Follower::human);
    }

    /** Looks whether the machine is there and whether somebody works in it, and writes down what has changed. */
    public void probe(SolveStatus status) {
        Stored stored = store.find(status.session().id());
        try {
            probe(stored).look(status);
        } catch (IOException e) {
            throw unreadable(stored, e);
        }
    }

    /** Says that the person does something on the session here, beside its machine. */
    public void touched(String id) {
        Optional.ofNullable(probes.get(id)).ifPresent(GuestProbe::touched);
    }

    /** Starts the clock. */
    public String start(String id) throws InterruptedException {
        return asked(id, "start", Map.of(), QUICK);
    }

    /** Stops the clock. */
    public String stop(String id) throws InterruptedException {
        return asked(id, "stop", Map.of(), QUICK);
    }

    /** Whether the clock stands, as Inspect's human agent itself says now. */
    boolean paused(String id) throws InterruptedException {
        return asked(id, "status", Map.of(), QUICK).lines().anyMatch(line -> line.strip()
                .matches("Status:\\s+Stopped\\b.*"));
    }

    /** Writes a note into Inspect's transcript, and so into the journal. */
    public String note(String id, String text) throws InterruptedException {
        if (text.isBlank()) {
            throw ExpectedFailure.usage("The note is empty.", "Write something.");
        }
        return asked(id, "note", Map.of("content", "## Human Agent Note\n" + text), QUICK);
    }

    /**
     * Asks whether an answer could be handed in; changes nothing.
     *
     * @return why not; empty if it could
     */
    public String validate(String id, String answer) throws InterruptedException {
        String said = asked(id, "validate", Map.of("answer", answer), QUICK);
        noted(
                store.find(id),
                SolveEntry.now(EntryKind.VALIDATE, by).withText(answer).withMore(Map.of("said", said)));
        return said;
    }

    /**
     * Has an answer scored on the way.
     *
     * @return the agent's words
     * @throws ExpectedFailure if its form is wrong, the clock is stopped, or the run was begun without that
     */
    public String score(String id, String answer) throws InterruptedException {
        // What is scored in the end is what a scorer takes for the answer; this is what the person wrote.
        refuse(validate(id, answer));
        return asked(id, "score", Map.of("answer", answer), SCORING);
    }

    /**
     * Hands the answer in, which ends the session: Inspect scores it and destroys the machines.
     *
     * @throws ExpectedFailure if its form is wrong, or the clock is stopped
     */
    public void submit(String id, String answer) throws InterruptedException {
        refuse(asked(id, "validate", Map.of("answer", answer), QUICK));
        Stored stored = store.find(id);
        last(id, EntryKind.SUBMIT, Map.of("answer", answer));
        given(stored, EntryKind.SUBMIT, answer);
    }

    /**
     * Gives up, which ends the session; before there is a human agent, the run is ended.
     *
     * @throws ExpectedFailure if it is over, or its answer is handed in and being scored
     */
    public void quit(String id) throws InterruptedException {
        SolveStatus status = status(id);
        Stored stored = store.find(id);
        if (status.state().over()) {
            throw AgentCall.over(status);
        }
        if (status.state() == SolveState.ENDING) {
            // To end the run now would cancel the scoring.
            throw ExpectedFailure.failed(
                    status.story().given().equals(Optional.of(EntryKind.SUBMIT))
                            ? "The answer is handed in and is being scored."
                            : "The session " + id + " is given up already; Inspect cleans up.",
                    status.story()
                            .process()
                            .map(run -> "Wait; kill -INT " + run.pid() + " ends the run without it.")
                            .orElse(""));
        }
        if (status.state().listening()) {
            last(id, EntryKind.QUIT, Map.of());
        } else {
            EarlyEnd.of(world, status, status.story().process().orElseThrow(() -> AgentCall.over(status)));
        }
        given(stored, EntryKind.QUIT, "");
    }

    /** Waits until Inspect has brought all of its agent into the machine, a minute at most: a login before that fails. */
    public void settle(String id) throws InterruptedException {
        new AgentCall(world, status(id)).settle();
    }

    /**
     * Ends the run without asking its human agent, as {@link #quit} does before there is one: Inspect cancels the sample and cleans up.
     *
     * @throws ExpectedFailure if that can't be asked for, or the run holds other samples
     */
    public void cancel(String id) {
        SolveStatus status = status(id);
        if (!status.state().over()) {
            EarlyEnd.of(world, status, status.story().process().orElseThrow(() -> AgentCall.over(status)));
            given(store.find(id), EntryKind.QUIT, "");
        }
    }

    /**
     * Says that the machine of a session need not be kept any more.
     *
     * @throws ExpectedFailure if that can't be written down
     */
    public void release(String id) {
        String sandbox = status(id).sandbox();
        if (world.inventory().sandbox(sandbox).isPresent()) {
            world.pin(sandbox, false);
        }
    }

    // The machine may be gone before it has answered; what counts is whether Inspect took it.
    private void last(String id, EntryKind kind, Map<String, String> params) throws InterruptedException {
        try {
            var _ = asked(id, kind.word(), params, SCORING);
        } catch (ExpectedFailure e) {
            SolveStory story = status(id).story();
            if (!story.given().equals(Optional.of(kind)) && !story.unclear()) {
                throw e;
            }
        }
    }

    // Whoever follows the run sees the end too, a moment later; the first word counts.
    private void given(Stored stored, EntryKind kind, String answer) {
        noted(stored, SolveEntry.now(kind, by).withText(answer));
    }

    // What was asked for is done by now: that it can't be written down must not look as if it were not.
    private void noted(Stored stored, SolveEntry entry) {
        try {
            if (!write(stored, known -> Optional.of(entry).filter(one -> KeptJournal.adds(one, known)))) {
                LOG.info("{} has that already, or no room: {}", stored.session().id(), entry.kind());
            }
        } catch (ExpectedFailure e) {
            LOG.warn("{} is done, and is not in the journal", entry.kind(), e);
        }
    }

    /** Writes down what was done, by what is known then; see {@link Follower#write}. */
    boolean write(Stored stored, Function<List<SolveEntry>, Optional<SolveEntry>> entry) {
        try {
            return follower(stored).write(entry);
        } catch (IOException e) {
            throw unreadable(stored, e);
        }
    }

    /**
     * Says of an interval of the clock that it counts or does not. Of a session that is over the log is told, too.
     *
     * @param interval its id
     * @param counts   whether it counts
     * @param reason   why; what goes into the log stands beside the person's name
     * @throws ExpectedFailure if there is no such interval, or no reason
     */
    public SolveStatus decide(String id, String interval, boolean counts, String reason) {
        SolveStatus status = status(id);
        SolveStatus after = clock().decide(store.find(id), status, interval, counts, reason);
        return ClockInLog.of(after).isEmpty() ? after : intoLog(id);
    }

    /**
     * Writes the clock with all its intervals into the finished or recovered log of a session, as a change that names the person and why.
     *
     * @throws ExpectedFailure if it has no such log, or that can't be written
     */
    public SolveStatus intoLog(String id) {
        return clock().write(store.find(id), status(id));
    }

    private ClockInLog clock() {
        return new ClockInLog(world, this, by);
    }

    /** Whether the log of a session that is over has its clock as it is now. */
    public static boolean logged(SolveStatus status) {
        return ClockInLog.written(status);
    }

    /** The intervals that a person may decide about. */
    public static List<Interval> decidable(SolveStatus status) {
        return status.clock().intervals().stream().filter(Interval::decidable).toList();
    }

    private String asked(String id, String method, Map<String, String> params, Duration patience)
            throws InterruptedException {
        SolveStatus status = status(id);
        String said = new AgentCall(world, status).ask(method, params, patience);
        touched(status.session().id());
        if (!method.equals("submit") && !method.equals("quit")) {
            try {
                status(id);
            } catch (ExpectedFailure e) {
                LOG.warn("{} was done, and what came of it can't be seen", method, e);
            }
        }
        return said;
    }

    private static void refuse(String said) {
        if (!said.isEmpty() && !said.equals("null")) {
            throw ExpectedFailure.failed(
                    "The answer is not taken: " + PlainText.line(said.replaceFirst("^FAILED:\\s*", ""), 300), "");
        }
    }

    private Follower follower(Stored stored) {
        return followers.computeIfAbsent(stored.session().id(), made -> new Follower(world, stored));
    }

    private GuestProbe probe(Stored stored) {
        return probes.computeIfAbsent(stored.session().id(), made -> new GuestProbe(world, stored, quiet));
    }

    static ExpectedFailure unreadable(Stored stored, IOException cause) {
        return ExpectedFailure.failed(
                "The journal of " + stored.session().id() + " can't be used: "
                        + PlainText.line(String.valueOf(cause.getMessage()), 300) + ".",
                "See that its disk has room and that you may write to "
                        + stored.folder().directory() + ".",
                cause);
    }
}
