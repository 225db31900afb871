package dev.corral.core.operation.start;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.CommandLogs;
import dev.corral.core.operation.StartOperation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a start that brings in what its sample needs: read before Vagrant runs, brought in afterwards. */
public final class PreparationRun implements Preparation.Story, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PreparationRun.class);

    private final StartOperation task;
    private final StartRequest request;
    private final Preparation.Source source;
    private @Nullable Preparation preparation;
    private Phase phase = Phase.of(PhaseKind.COPY);
    private final Interruptible thread = new Interruptible();

    public PreparationRun(StartOperation task, StartRequest request, Preparation.Source source) {
        this.task = task;
        this.request = request;
        this.source = source;
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** Whether there is anything to be brought in. */
    public boolean due() {
        return request.prepared();
    }

    /** Reads it; null when that went well. */
    public @Nullable FailureView read() throws IOException, InterruptedException {
        return request.prepared() ? unlessCancelled(() -> preparation = source.read(request.origin())) : null;
    }

    /** Brings it into the machines that were started; null when that went well. */
    public @Nullable FailureView bring(Manifest started) throws IOException, InterruptedException {
        Preparation read = preparation;
        return read == null
                ? null
                : unlessCancelled(() -> read.bring(
                        started.id(),
                        started.machines(),
                        started.primary().orElseGet(() -> started.machines().getFirst()),
                        this));
    }

    /** Ends what runs, from any thread, and lets nothing begin any more. */
    public void cancel() {
        thread.cancel();
    }

    private @Nullable FailureView unlessCancelled(Step step) throws IOException, InterruptedException {
        try {
            thread.run(() -> {
                step.run();
                return true;
            });
            return null;
        } catch (Interruptible.Cancelled e) {
            return stopped();
        } catch (ExpectedFailure e) {
            return new FailureView(
                    phase, e.getMessage(), e.nextStep(), e.details().lines().toList(), 0, false);
        }
    }

    private FailureView stopped() {
        return new FailureView(phase, "The start was cancelled.", "", List.of(), 0, true);
    }

    @Override
    public void phase(String onMachine, PhaseKind kind) {
        phase = Phase.of(kind, onMachine);
        task.journal().append(JournalEntry.phase(task.id(), phase, Instant.now()));
    }

    @Override
    public Path logged(String onMachine, PhaseKind kind, String log) throws IOException {
        Path file = CommandLogs.next(task.files(), log);
        phase = Phase.of(kind, onMachine);
        task.journal()
                .append(JournalEntry.phase(task.id(), phase, Instant.now())
                        .withLog(task.files().nameOf(file)));
        return file;
    }

    @Override
    public void close() {
        if (preparation != null) {
            try {
                preparation.close();
            } catch (IOException e) {
                // Nothing of the sandbox depends on it.
                LOG.warn("what was read for the start of {} can't be removed", task.sandbox(), e);
            }
        }
    }
}
