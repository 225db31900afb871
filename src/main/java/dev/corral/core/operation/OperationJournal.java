package dev.corral.core.operation;

import dev.corral.core.base.Subscription;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.SandboxFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sandbox's journal as one workflow writes it, with those who want to hear at once what it writes. Thread-safe. */
public final class OperationJournal {
    private static final Logger LOG = LoggerFactory.getLogger(OperationJournal.class);

    private final Journal journal;
    private final List<JournalEntry> written = new ArrayList<>();
    private final List<Consumer<JournalEntry>> listeners = new ArrayList<>();

    OperationJournal(SandboxFiles files) {
        this.journal = new Journal(files.journal());
    }

    /** As {@link Journal#append}. */
    public void append(JournalEntry entry) {
        journal.append(entry);
        told(entry);
    }

    /** As {@link Journal#appendIfRoom}. */
    void appendIfRoom(JournalEntry entry) {
        journal.appendIfRoom(entry);
        told(entry);
    }

    /** All entries of the sandbox, those of earlier workflows included. */
    List<JournalEntry> read() throws IOException {
        return journal.read();
    }

    /** Tells what this workflow has written and will write, each entry once and in order. */
    synchronized Subscription follow(Consumer<JournalEntry> listener) {
        written.forEach(entry -> tell(listener, entry));
        listeners.add(listener);
        return () -> {
            synchronized (this) {
                listeners.remove(listener);
            }
        };
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
            LOG.warn("somebody who follows a workflow failed", e);
        }
    }
}
