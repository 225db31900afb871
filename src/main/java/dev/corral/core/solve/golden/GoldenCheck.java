package dev.corral.core.solve.golden;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.operation.Operations;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.solve.GuestShell;
import dev.corral.core.solve.SolveRequest;
import dev.corral.core.solve.Solving;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.ShellChannel;
import dev.corral.core.ssh.exec.ExecRequest;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a sample can still be solved: replays a golden run in a fresh sandbox of the sample, and has its answer scored. However it
 * ends, interrupted too, the sandbox is destroyed unless it is to be kept. Blocks for as long as all of that takes.
 */
public final class GoldenCheck {
    private static final Logger LOG = LoggerFactory.getLogger(GoldenCheck.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final InventoryMonitor inventory;
    private final Operations operations;
    private final BiFunction<String, String, GuestConnection> connect;
    private final News told;

    /** Hears what is done. Called on the thread that checks. */
    public interface News {
        /** A line about what happens. */
        void told(String words);

        /**
         * A step begins.
         *
         * @param number which one, from 1
         */
        default void step(int number, GoldenStep step) {
            told("Step " + number + ": " + step.command().orElse(""));
        }
    }

    /**
     * @param connect gives the connection to a machine, by sandbox and machine
     * @param told    hears what is done
     */
    public GoldenCheck(
            InventoryMonitor inventory,
            Operations operations,
            BiFunction<String, String, GuestConnection> connect,
            News told) {
        this.inventory = inventory;
        this.operations = operations;
        this.connect = connect;
        this.told = told;
    }

    /**
     * What came of it.
     *
     * @param divergence where it went another way; empty: nowhere
     * @param scored     whether scorers said something
     * @param scores     what, by their names
     * @param notScored  why they did not; empty if they did
     * @param commands   how many commands were run
     * @param skipped    how many the file leaves out
     * @param session    the session that Inspect's run belongs to; empty without one
     * @param sandbox    the sandbox
     * @param kept       whether that is still there
     * @param log        the log; empty without one
     * @param seen       what the commands showed that did what they should
     */
    public record Result(
            Optional<Divergence> divergence,
            boolean scored,
            Map<String, String> scores,
            String notScored,
            int commands,
            int skipped,
            String session,
            String sandbox,
            boolean kept,
            String log,
            List<Golden.Seen> seen) {
        /** Copies the collections. */
        public Result {
            scores = Map.copyOf(scores);
            seen = List.copyOf(seen);
        }

        /** Whether the sample was solved as before. */
        public boolean passed() {
            return divergence.isEmpty();
        }
    }

    /**
     * Replays it in a run of Inspect and has the answer scored.
     *
     * @param request the sample and how it is solved; where it says nothing of a log's folder, the log goes to the session
     * @param keep    whether the sandbox stays
     * @throws ExpectedFailure      if it could not be tried: that says nothing about the sample
     * @throws InterruptedException if the thread is interrupted
     */
    public Result scored(Golden golden, Solving solving, SolveRequest request, boolean keep)
            throws InterruptedException {
        refuseEmpty(golden, true);
        return on(new ScoredGround(solving, inventory, operations, request, keep, told::told), golden);
    }

    /**
     * Replays it without Inspect, so without a score.
     *
     * @param keep whether the sandbox stays
     * @throws ExpectedFailure      if it could not be tried: that says nothing about the sample
     * @throws InterruptedException if the thread is interrupted
     */
    public Result unscored(Golden golden, StartRequest request, boolean keep) throws InterruptedException {
        refuseEmpty(golden, false);
        return on(new PlainGround(inventory, operations, request, keep, golden.user()), golden);
    }

    // One that checks nothing would always pass.
    private static void refuseEmpty(Golden golden, boolean scored) {
        if (!golden.checks(scored)) {
            throw ExpectedFailure.usage(
                    "The golden run runs no command and expects no score" + (scored ? "" : " that would be asked for")
                            + ", so it can't tell anything.",
                    "Take \"skip\" from a step, or write down \"scores\".");
        }
    }

    Result on(GoldenGround ground, Golden golden) throws InterruptedException {
        boolean whole = false;
        try {
            Result result = replay(ground, golden);
            boolean there = ground.end();
            Result ended = new Result(
                    result.divergence(),
                    result.scored(),
                    result.scores(),
                    result.notScored(),
                    result.commands(),
                    result.skipped(),
                    result.session(),
                    result.sandbox(),
                    there,
                    ground.log(),
                    result.seen());
            whole = true;
            return ended;
        } finally {
            // A signal may come while it ends, too.
            if (!whole) {
                abandon(ground);
            }
        }
    }

    // What was begun must go, and why it failed must not be hidden by that.
    private void abandon(GoldenGround ground) {
        boolean interrupted = Thread.interrupted();
        boolean ended = false;
        try {
            boolean there = ground.end();
            ended = true;
            if (!ground.sandbox().isEmpty()) {
                told.told("The sandbox " + ground.sandbox() + (there ? " is kept." : " is gone."));
            }
        } catch (ExpectedFailure e) {
            told.told(e.getMessage() + " " + e.nextStep());
        } catch (InterruptedException e) {
            LOG.debug("interrupted while a golden run was abandoned", e);
            interrupted = true;
        } finally {
            if (!ended) {
                told.told(left(ground));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String left(GoldenGround ground) {
        String sandbox = ground.sandbox();
        String what =
                sandbox.isEmpty() ? "A sandbox may still be there" : "The sandbox " + sandbox + " may still be there";
        return what
                + (ground.session().isEmpty() ? "" : ", and so may the session " + ground.session())
                + ": see corral list sandboxes and corral solve list.";
    }

    private Result replay(GoldenGround ground, Golden golden) throws InterruptedException {
        String sandbox = ground.start();
        told.told("Sandbox " + sandbox + " is ready.");
        GoldenReplay replay = new GoldenReplay(
                golden,
                (machine, command, columns, rows) -> terminal(sandbox, machine, command, columns, rows),
                ground.login(),
                names(ground, golden, sandbox),
                told::step);
        GoldenReplay.Replayed replayed = replay.run();
        GoldenGround.Outcome outcome = replayed.divergence().isPresent()
                ? new GoldenGround.Outcome(false, Map.of(), "the commands did something else")
                : ground.submit(golden.answer().orElse(""));
        Optional<Divergence> divergence = replayed.divergence().or(() -> score(golden, outcome));
        return new Result(
                divergence,
                !outcome.scores().isEmpty(),
                outcome.scores(),
                outcome.why(),
                replayed.seen().size() + (replayed.divergence().isPresent() ? 1 : 0),
                replayed.skipped(),
                ground.session(),
                sandbox,
                true,
                "",
                replayed.seen());
    }

    /** Where the scores are other ones than the golden run expects; that nobody asked for any is no difference. */
    static Optional<Divergence> score(Golden golden, GoldenGround.Outcome outcome) {
        if (!outcome.asked()) {
            return Optional.empty();
        }
        return golden.scores().orElse(Map.of()).entrySet().stream()
                .filter(expected -> !expected.getValue().equals(outcome.scores().get(expected.getKey())))
                .min(Map.Entry.comparingByKey())
                .map(expected -> new Divergence(
                        0,
                        "submit " + golden.answer().orElse(""),
                        Divergence.Kind.SCORE,
                        0,
                        expected.getKey() + ": " + expected.getValue(),
                        expected.getKey() + ": " + outcome.scores().getOrDefault(expected.getKey(), "nothing"),
                        List.of()));
    }

    // The guest says itself what it is called; whatever that is, it only makes its own name be passed over.
    private List<String> names(GoldenGround ground, Golden golden, String sandbox) throws InterruptedException {
        Set<String> machines = new LinkedHashSet<>();
        golden.steps().stream()
                .filter(GoldenStep::runs)
                .forEach(step -> machines.add(golden.shell(step).machine().orElse("")));
        List<String> names = new ArrayList<>(List.of(ground.sandbox()));
        for (String machine : machines) {
            GuestShell guest = request -> connect.apply(sandbox, machine).exec(request);
            guest.exec(ExecRequest.of("/bin/sh", "-c", "hostname; hostname -s 2>/dev/null")
                            .withCaptureLimit(300)
                            .withTimeout(PATIENCE))
                    .stdoutText()
                    .lines()
                    .map(String::strip)
                    .filter(name -> name.matches("[A-Za-z0-9][A-Za-z0-9.-]{2,80}"))
                    .forEach(names::add);
        }
        LOG.debug("the machines of {} are called {}", sandbox, names);
        return names;
    }

    private GuestTerminal terminal(String sandbox, String machine, String command, int columns, int rows)
            throws InterruptedException {
        ShellChannel channel = connect.apply(sandbox, machine).shell(columns, rows, Optional.empty(), command);
        return new GuestTerminal() {
            @Override
            public InputStream output() {
                return channel.output();
            }

            @Override
            public OutputStream input() {
                return channel.input();
            }

            @Override
            public Optional<ExpectedFailure> lost() throws InterruptedException {
                return GoldenCheck.this.lost(channel, sandbox, machine);
            }

            @Override
            public void close() {
                channel.close();
            }
        };
    }

    private Optional<ExpectedFailure> lost(ShellChannel channel, String sandbox, String machine)
            throws InterruptedException {
        try {
            // How it ended is known a moment after the end of what it shows.
            channel.exitStatus().get(SETTLING.toMillis(), TimeUnit.MILLISECONDS);
            return channel.lost();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            LOG.debug("the shell in {} is there still; does its machine answer?", sandbox, e);
        }
        try {
            boolean silent = connect.apply(sandbox, machine)
                    .exec(ExecRequest.of("/bin/true").withTimeout(PATIENCE))
                    .timedOut();
            return silent
                    ? Optional.of(ExpectedFailure.failed(
                            "The machine does not answer any more.",
                            "See whether this computer is too busy, and try again."))
                    : Optional.empty();
        } catch (ExpectedFailure e) {
            return Optional.of(e);
        }
    }
}
