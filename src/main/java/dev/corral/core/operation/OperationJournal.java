package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Subscription;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A journal as one operation writes it, with those who want to hear at once what it writes. Thread-safe. */
public final class OperationJournal {
    private static final Logger LOG = LoggerFactory.getLogger(OperationJournal.class);

    private final Journal journal;
    private final boolean lossy;
    private final List<JournalEntry> written = new ArrayList<>();
    private final List<Consumer<JournalEntry>> listeners = new ArrayList<>();

    private OperationJournal(Journal journal, boolean lossy) {
        this.journal = journal;
        this.lossy = lossy;
    }

    /** One whose entries have to be written: without them nobody would know what was made. */
    public static OperationJournal strict(Journal journal) {
        return new OperationJournal(journal, false);
    }

    /** One that goes on when its file can't be written: what gives room back must not depend on there being some. */
    static OperationJournal lossy(Journal journal) {
        return new OperationJournal(journal, true);
    }

    /** What an operation does between its two entries. */
    @FunctionalInterface
    public interface Body {
        /** Does it. */
        void run() throws IOException, InterruptedException;
    }

    /** Says why an operation failed. */
    @FunctionalInterface
    public interface Explanation {
        /** The same, fit to be shown. */
        FailureView of(Throwable failure);
    }

    /** What there is to say of a failure where nobody knows more than what was thrown. */
    static FailureView explain(Throwable failure, Phase phase) {
        return switch (failure) {
            case ExpectedFailure known ->
                new FailureView(
                        phase,
                        known.getMessage(),
                        known.nextStep(),
                        known.details().lines().toList(),
                        0,
                        false);
            case CancellationException stopped ->
                new FailureView(phase, String.valueOf(stopped.getMessage()), "", List.of(), 0, true);
            case InterruptedException _ -> new FailureView(phase, "It was interrupted.", "", List.of(), 0, true);
            // A bug, but an ending too: without it the operation would look under way for as long as this process
            // lives.
            default -> new FailureView(phase, failure.toString(), "", List.of(), 0, false);
        };
    }

    /**
     * Writes that an operation begins, does its work, and writes its one ending, whatever that is.
     *
     * @param why asked when it failed; what was thrown goes on to the caller
     */
    void around(String workflow, OperationKind kind, OperationTarget target, Explanation why, Body body)
            throws IOException, InterruptedException {
        appendIfRoom(JournalEntry.started(workflow, kind, target));
        ending(workflow, why, body);
    }

    /** The same where the beginning is written already. */
    void ending(String workflow, Explanation why, Body body) throws IOException, InterruptedException {
        try {
            body.run();
        } catch (Throwable e) {
            appendIfRoom(JournalEntry.failed(workflow, why.of(e)));
            throw e;
        }
        appendIfRoom(JournalEntry.of(Event.WORKFLOW_ENDED, workflow));
    }

    /** As {@link Journal#append}. */
    public void append(JournalEntry entry) {
        write(() -> journal.append(entry));
        told(entry);
    }

    /** As {@link Journal#appendIfRoom}. */
    public void appendIfRoom(JournalEntry entry) {
        write(() -> journal.appendIfRoom(entry));
        told(entry);
    }

    private void write(Runnable writing) {
        try {
            writing.run();
        } catch (UncheckedIOException e) {
            if (!lossy) {
                throw e;
            }
            LOG.warn("an entry of {} is lost", journal.file(), e);
        }
    }

    /** All entries of the journal, those of earlier operations included. */
    List<JournalEntry> read() throws IOException {
        return journal.read();
    }

    /** Tells what this operation has written and will write, each entry once and in order. */
    synchronized Subscription follow(Consumer<JournalEntry> listener) {
        written.forEach(entry -> tell(listener, entry));
        listeners.add(listener);
        return () -> {
            synchronized (this) {
                listeners.remove(listener);
            }
        };
    }

    /** How far it has come. */
    synchronized OperationProgress progress(int items) {
        OperationProgress progress = OperationProgress.begun(items);
        for (JournalEntry entry : written) {
            progress = progress.after(entry);
        }
        return progress;
    }

    private synchronized void told(JournalEntry entry) {
        written.add(entry);
        List.copyOf(listeners).forEach(listener -> tell(listener, entry));
    }

    private static void tell(Consumer<JournalEntry> listener, JournalEntry entry) {
        try {
            listener.accept(entry);
        } catch (RuntimeException e) {
            // Who listens must not end a start.
            LOG.warn("somebody who follows an operation failed", e);
        }
    }
}
