package dev.corral.core.solve;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.LastSave;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the recordings that Inspect makes in the machine of a session out of it before it is destroyed, whoever destroys it. Bounded in
 * size and time; what goes wrong is noted with the session and hinders nothing.
 */
public final class RecordingsSave implements LastSave {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingsSave.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Of the time there is, what is left for ending the command and writing down what came. */
    private static final int REST = 4;

    private final SolveStore store;
    private final Function<String, Optional<GuestShell>> reach;
    private final Duration patience;

    /** @param reach a shell in the primary machine of a sandbox, if it can be had without asking Vagrant */
    public RecordingsSave(Environment environment, Function<String, Optional<GuestShell>> reach) {
        this(new SolveStore(environment), reach, PATIENCE);
    }

    RecordingsSave(SolveStore store, Function<String, Optional<GuestShell>> reach, Duration patience) {
        this.store = store;
        this.reach = reach;
        this.patience = patience;
    }

    @Override
    public Optional<Work> of(SandboxFiles files) {
        try {
            return store.list().stream()
                    .filter(stored -> recorded(stored.session()) && uses(stored, files.id()))
                    .findFirst()
                    .map(stored -> () -> save(stored, files.id()));
        } catch (ExpectedFailure e) {
            LOG.warn("whether {} has recordings can't be told", files.id(), e);
            return Optional.empty();
        }
    }

    private static boolean recorded(SolveSession session) {
        return session.joined() || session.options().recording();
    }

    private static boolean uses(Stored stored, String sandbox) {
        try {
            return stored.folder().sandboxes().contains(sandbox);
        } catch (IOException e) {
            LOG.warn("the sandboxes of {} can't be read", stored.session().id(), e);
            return false;
        }
    }

    // A machine that hangs must not keep the one who destroys it.
    private void save(Stored stored, String sandbox) throws InterruptedException {
        long begin = System.nanoTime();
        FutureTask<BroughtRecordings> fetch = new FutureTask<>(() -> fetch(stored, sandbox, begin));
        Thread thread = Thread.ofVirtual().name("save-" + sandbox).start(fetch);
        try {
            BroughtRecordings brought = fetch.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!brought.whole()) {
                note(stored, brought.names().size(), "before the machine was destroyed; " + BroughtRecordings.CUT);
            } else if (!brought.names().isEmpty()) {
                note(stored, brought.names().size(), "before the machine was destroyed");
            }
        } catch (TimeoutException e) {
            missed(stored, "the machine takes too long to answer", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            missed(stored, String.valueOf(cause.getMessage()), cause);
        } finally {
            thread.interrupt();
        }
    }

    private BroughtRecordings fetch(Stored stored, String sandbox, long begin)
            throws IOException, InterruptedException {
        Optional<GuestShell> guest = reach.apply(sandbox);
        if (guest.isEmpty()) {
            LOG.info(
                    "the machine of {} does not answer, so its recordings go with it",
                    stored.session().id());
            return BroughtRecordings.NONE;
        }
        Duration left = patience.minusNanos(System.nanoTime() - begin).minus(patience.dividedBy(REST));
        if (!left.isPositive()) {
            throw ExpectedFailure.failed("the machine takes too long to answer", "");
        }
        return GuestRecordings.fetch(
                guest.get(), stored.session().options().user(), stored.folder().recordings(), left);
    }

    private static void missed(Stored stored, String why, Throwable failure) {
        LOG.warn("the recordings of {} go with its machine", stored.session().id(), failure);
        note(stored, 0, "not fetched before the machine was destroyed: " + why);
    }

    private static void note(Stored stored, int files, String text) {
        try {
            SolveEntry entry = SolveEntry.now(EntryKind.FETCHED, "corral")
                    .withText(text)
                    .withMore(Map.of("files", Integer.toString(files)));
            if (!stored.folder().journal().offer(entry)) {
                LOG.warn(
                        "the journal of {} is full; it lacks: {}",
                        stored.session().id(),
                        text);
            }
        } catch (IOException e) {
            LOG.warn("that is not in the journal of {}", stored.session().id(), e);
        }
    }
}
