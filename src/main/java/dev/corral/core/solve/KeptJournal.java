package dev.corral.core.solve;

import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's journal for a process that must go on when the disk takes nothing more: what can't be written is kept here, in order, and is
 * written as soon as it can be. Meanwhile this process reads it as if it were. Thread-safe; blocks.
 */
final class KeptJournal {
    private static final Logger LOG = LoggerFactory.getLogger(KeptJournal.class);
    /** Characters of text and entries that are kept at most; days of beats. */
    private static final long MOST_TEXT = 4 << 20;

    private static final int MOST_ENTRIES = 20_000;

    private final SolveJournal journal;
    private final List<Held> held = new ArrayList<>();
    private int runs;
    private long text;
    private Optional<IOException> trouble = Optional.empty();

    /**
     * An entry that waits.
     *
     * @param runs how many runs the session had when it was told: it is of the last of them
     */
    private record Held(SolveEntry entry, int runs) {}

    KeptJournal(SolveJournal journal) {
        this.journal = journal;
    }

    /** Why it can't be written; empty while it can. */
    synchronized Optional<IOException> trouble() {
        return trouble;
    }

    /** Says that something beside it could not be written. */
    synchronized void failed(IOException why) {
        if (trouble.isEmpty()) {
            LOG.warn("{} can't be written; what it lacks is kept and written later", journal.file(), why);
        }
        trouble = Optional.of(why);
    }

    /**
     * All that is known.
     *
     * @throws IOException if the file is there but can't be read
     */
    synchronized List<SolveEntry> read() throws IOException {
        List<SolveEntry> written = journal.read();
        runs = SolveStory.of(written).runs();
        if (held.isEmpty()) {
            return written;
        }
        List<SolveEntry> all = new ArrayList<>(written);
        int line = written.isEmpty() ? 0 : written.getLast().seq();
        for (Held one : lacking(written)) {
            all.add(one.entry().numbered(++line));
        }
        return all;
    }

    /**
     * Adds an entry. On the disk when this returns, or kept if that is full.
     *
     * @return whether a journal of this length takes one of its kind
     */
    synchronized boolean offer(SolveEntry entry) {
        catchUp();
        if (held.isEmpty()) {
            try {
                boolean taken = journal.offer(entry);
                trouble = Optional.empty();
                return taken;
            } catch (IOException e) {
                failed(e);
            }
        }
        return hold(entry);
    }

    /** Keeps an entry without trying the disk. */
    synchronized boolean hold(SolveEntry entry) {
        if (held.size() >= MOST_ENTRIES || text > MOST_TEXT) {
            return false;
        }
        held.add(new Held(entry, runs));
        text += entry.text().length();
        return true;
    }

    /** All that was to be written was. */
    synchronized void well() {
        if (held.isEmpty()) {
            trouble = Optional.empty();
        }
    }

    /** Writes what was kept, as far as that goes by now. */
    synchronized void catchUp() {
        if (held.isEmpty()) {
            return;
        }
        try {
            List<Held> lacking = lacking(journal.read());
            held.clear();
            held.addAll(lacking);
            while (!held.isEmpty()) {
                if (!journal.offer(held.getFirst().entry())) {
                    LOG.warn(
                            "{} is full; it lacks: {}",
                            journal.file(),
                            held.getFirst().entry().kind());
                }
                held.removeFirst();
            }
            text = 0;
            trouble = Optional.empty();
        } catch (IOException e) {
            failed(e);
        }
    }

    // Another process may have seen the same and had room for it. What was told of a run is no word about a later one;
    // a person's notes
    // are the session's.
    private List<Held> lacking(List<SolveEntry> written) {
        SolveStory story = SolveStory.of(written);
        if (story.process().isPresent() && !story.live()) {
            return List.of();
        }
        return held.stream()
                .filter(one -> one.runs() >= story.runs() || one.entry().kind() == EntryKind.NOTE)
                .filter(one -> adds(one.entry(), story))
                .toList();
    }

    /** Whether an entry tells what a journal does not have yet, as far as that can be told. */
    static boolean adds(SolveEntry entry, List<SolveEntry> written) {
        return adds(entry, SolveStory.of(written));
    }

    private static boolean adds(SolveEntry entry, SolveStory story) {
        return switch (entry.kind()) {
            case READY -> !story.ready();
            case SUBMIT, QUIT -> story.given().isEmpty() || story.unclear() && !entry.unclear();
            default -> !story.uuids().contains(entry.fact(SolveEntry.UUID));
        };
    }
}
