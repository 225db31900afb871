package dev.corral.core.solve;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.launch.LogRecovery;
import dev.corral.core.inspect.log.LogPlace;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves what there is of sessions whose Inspect was killed: its log, and the recordings that lie in the machine. Blocks. */
public final class SolveRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(SolveRecovery.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** For what nobody has asked for: somebody waits for the answer to something else meanwhile. */
    private static final Duration AT_ONCE = Duration.ofSeconds(20);
    /** Of that, what the command may take: ending it and writing down what came take time, too. */
    private static final Duration COMMAND_AT_ONCE = Duration.ofSeconds(15);

    private final SolveWorld world;
    private final Solving solving;
    private final String by;
    private final Set<String> tried;

    /** @param tried the runs of sessions that this process has fetched for after their kill; added to */
    SolveRecovery(SolveWorld world, Solving solving, String by, Set<String> tried) {
        this.world = world;
        this.solving = solving;
        this.by = by;
        this.tried = tried;
    }

    /**
     * Recovers the log of a session whose Inspect was killed.
     *
     * @return where the recovered log lies
     * @throws ExpectedFailure if it was not killed, left no log, or Inspect can't do it
     */
    public Path log(String id) {
        SolveStatus status = solving.status(id);
        if (status.state() != SolveState.INTERRUPTED) {
            throw ExpectedFailure.failed(
                    "The log of " + status.session().id() + " need not be recovered: "
                            + status.state().words() + ".",
                    status.story().log().isEmpty()
                            ? ""
                            : "Its log is " + status.story().log() + ".");
        }
        if (status.story().log().isEmpty()) {
            throw ExpectedFailure.failed(
                    "The run of " + status.session().id() + " was killed before it had a log.",
                    "The session's journal has what happened.");
        }
        Path log = LogPlace.file(status.story().log())
                .orElseThrow(() -> ExpectedFailure.failed(
                        "The log of " + status.session().id() + " lies on no disk of this computer: "
                                + status.story().log(),
                        "Recover it there: inspect log recover."));
        Path made = new LogRecovery(world.environment()).recover(log);
        if (!status.story().recovered().equals(made.toString())) {
            note(status, EntryKind.RECOVERED, Map.of("log", made.toString()), "");
        }
        clock(id);
        return made;
    }

    // The log is whole without it, and whoever decides about an interval writes it later.
    private void clock(String id) {
        try {
            var _ = solving.intoLog(id);
        } catch (ExpectedFailure e) {
            LOG.warn("the recovered log of {} lacks its clock", id, e);
        }
    }

    /**
     * Brings the recordings that Inspect makes in the guest into the session's folder.
     *
     * @return what is new there
     * @throws ExpectedFailure      if there is no machine any more, or it can't be asked
     * @throws InterruptedException if the thread is interrupted
     */
    public BroughtRecordings recordings(String id) throws InterruptedException {
        return recordings(solving.status(id), PATIENCE);
    }

    private BroughtRecordings recordings(SolveStatus status, Duration patience) throws InterruptedException {
        String sandbox = status.sandbox();
        if (sandbox.isEmpty() || world.inventory().sandbox(sandbox).isEmpty()) {
            throw ExpectedFailure.notFound(
                    "The machine of " + status.session().id() + " is gone.",
                    "What the log has of its recordings lies in the session's folder already.");
        }
        SolveFolder folder = solving.store().find(status.session().id()).folder();
        try {
            BroughtRecordings brought = GuestRecordings.fetch(
                    world.guest(sandbox, ""), status.session().options().user(), folder.recordings(), patience);
            note(
                    status,
                    EntryKind.FETCHED,
                    Map.of("files", Integer.toString(brought.names().size())),
                    brought.whole() ? "" : BroughtRecordings.CUT);
            return brought;
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The recordings can't be written to " + folder.recordings() + ".",
                    "See that its disk has room.",
                    e);
        }
    }

    /**
     * Brings them once when a run was found killed: the machine is kept, but nobody knows for how long. A failure is only noted, and where
     * the disk has no room for that, only logged. Takes some 20 s at most.
     */
    void afterKill(SolveStatus status) {
        // A machine whose start still goes on must be left alone: asking Vagrant for the way to it would get into the
        // way of that.
        boolean due = status.state() == SolveState.INTERRUPTED
                && !status.story().fetched()
                && world.inventory()
                        .sandbox(status.sandbox())
                        .filter(view -> view.state() == SandboxState.READY
                                && view.primary().isPresent())
                        .isPresent();
        // What can't be noted would be tried at each look.
        if (!due || !tried.add(status.session().id() + " " + status.story().runs())) {
            return;
        }
        try {
            soon(status);
        } catch (ExpectedFailure e) {
            LOG.warn(
                    "the recordings of {} could not be fetched",
                    status.session().id(),
                    e);
            noteIfThereIsRoom(status, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // The way to the machine has limits of its own, which are longer.
    private void soon(SolveStatus status) throws InterruptedException {
        FutureTask<BroughtRecordings> fetch = new FutureTask<>(() -> recordings(status, COMMAND_AT_ONCE));
        Thread thread =
                Thread.ofVirtual().name("fetch-" + status.session().id()).start(fetch);
        try {
            fetch.get(AT_ONCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw ExpectedFailure.failed(
                            "The machine of " + status.session().id() + " takes too long to answer.",
                            "corral solve fetch " + status.session().id() + " tries again, for longer.",
                            e)
                    .withKind(ExpectedFailure.Kind.TIMED_OUT);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ExpectedFailure failure -> throw failure;
                case RuntimeException wrong -> throw wrong;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            thread.interrupt();
        }
    }

    private void noteIfThereIsRoom(SolveStatus status, ExpectedFailure why) {
        try {
            note(status, EntryKind.FETCHED, Map.of("files", "0"), "not fetched: " + why.getMessage());
        } catch (ExpectedFailure e) {
            LOG.warn("that is not in the journal of {}", status.session().id(), e);
        }
    }

    private void note(SolveStatus status, EntryKind kind, Map<String, String> facts, String text) {
        try {
            solving.store()
                    .find(status.session().id())
                    .folder()
                    .journal()
                    .append(SolveEntry.now(kind, by).withText(text).withMore(facts));
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The journal of " + status.session().id() + " can't be written.", "See that its disk has room.", e);
        }
    }
}
