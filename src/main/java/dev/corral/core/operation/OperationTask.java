package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Subscription;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all operations have in common: a virtual thread, a journal with one ending, a way to follow and to cancel. A new kind of operation
 * is a class that says what it works on and overrides {@link #work()}, or more simply {@link InterruptibleTask#run()};
 * {@link Operations#launch} begins it.
 */
public abstract class OperationTask implements Operation {
    private final String id =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final Instant startedAt = Instant.now();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final OperationKind kind;
    private final OperationTarget target;
    private final OperationJournal journal;
    private volatile Optional<Duration> usual = Optional.empty();
    private volatile @Nullable FailureView failure;

    /** @param journal where it writes what it does */
    protected OperationTask(OperationKind kind, OperationTarget target, OperationJournal journal) {
        this.kind = kind;
        this.target = target;
        this.journal = journal;
    }

    /** Does the work on a virtual thread; {@code ended} is called last, whatever happened. */
    final void launch(Optional<Duration> usually, Consumer<OperationTask> ended) {
        usual = usually;
        Thread.ofVirtual().name(kind.word() + "-" + sandbox()).start(() -> {
            Throwable thrown = null;
            try {
                work();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                thrown = new CancellationException("interrupted");
            } catch (IOException | UncheckedIOException e) {
                thrown = known(e);
            } catch (Throwable e) {
                // Nothing above this thread would see it; whoever waits for the operation does.
                thrown = e;
            }
            if (thrown != null && failure == null) {
                failure = why(thrown);
            }
            ended.accept(this);
            if (thrown == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(thrown);
            }
        });
    }

    /** What can't be read or written, in words for who has to mend that, where there are such. */
    Throwable known(Exception failed) {
        return failed;
    }

    /**
     * The whole operation, its beginning and its ending in the journal included, for which {@link #journaled} is there.
     *
     * @throws dev.corral.core.base.ExpectedFailure if it failed in a known way
     * @throws CancellationException if it was cancelled
     */
    protected abstract void work() throws IOException, InterruptedException;

    /**
     * Does this between the beginning and the ending in the journal. What ends before it was refused and has changed nothing, so no journal
     * tells of it.
     */
    protected final void journaled(OperationJournal.Body body) throws IOException, InterruptedException {
        journal.around(id, kind, target, this::remembered, body);
    }

    private FailureView remembered(Throwable thrown) {
        if (failure == null) {
            failure = why(thrown);
        }
        return failure;
    }

    private FailureView why(Throwable thrown) {
        return OperationJournal.explain(thrown, failedPhase());
    }

    /** The phase that is to blame where nobody knows better. */
    protected Phase failedPhase() {
        return progress().phase().orElseGet(() -> Phase.called(kind.words(), target.machine()));
    }

    /** Remembers why it failed, and gives what is to be thrown for it. */
    protected final RuntimeException failed(FailureView why) {
        failure = why;
        return why.cancelled()
                ? new CancellationException(why.sentence())
                : ExpectedFailure.failed(why.sentence(), why.nextStep()).withDetails(details(why));
    }

    /** Remembers this as the reason of what is thrown, and gives that. */
    protected final ExpectedFailure known(ExpectedFailure thrown, FailureView why) {
        failure = why;
        return thrown;
    }

    // A failure names its phase, also to those who see nothing but the exception.
    private static String details(FailureView why) {
        String phase = "Phase: " + why.phase() + (why.machine().isEmpty() ? "" : " (" + why.machine() + ")");
        return String.join(
                "\n", why.lines().isEmpty() ? List.of(phase) : List.of(phase, String.join("\n", why.lines())));
    }

    /** A phase begins; the one before it on its machine is over. */
    protected final void begin(Phase phase) {
        journal.appendIfRoom(JournalEntry.phase(id, phase, Instant.now()));
    }

    /** The phase of one of several items is over, well or with a reason why not. */
    protected final void end(Phase phase, Optional<JournalEntry.Failure> why) {
        journal.appendIfRoom(JournalEntry.phaseEnded(id, phase, why.orElse(null)));
    }

    /**
     * What its time depends on, so that the next one about the same can say how long it takes; empty when there is nothing to compare.
     * Samples of one eval take about as long.
     */
    protected Optional<String> about() {
        return target instanceof OperationTarget.Sample sample ? Optional.of(sample.task()) : Optional.empty();
    }

    /** How many items it works on; 0 when it does not work on items. */
    protected int items() {
        return 0;
    }

    /** Its journal. */
    public final OperationJournal journal() {
        return journal;
    }

    /** Whether it has ended, whatever way. */
    protected final boolean over() {
        return done.isDone();
    }

    @Override
    public final OperationProgress progress() {
        return journal.progress(items());
    }

    @Override
    public final Optional<FailureView> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public final Optional<Duration> usual() {
        return usual;
    }

    @Override
    public final Subscription follow(Consumer<JournalEntry> listener) {
        return journal.follow(listener);
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final OperationKind kind() {
        return kind;
    }

    @Override
    public final OperationTarget target() {
        return target;
    }

    @Override
    public final Instant startedAt() {
        return startedAt;
    }

    @Override
    public CompletableFuture<?> done() {
        return done;
    }
}
