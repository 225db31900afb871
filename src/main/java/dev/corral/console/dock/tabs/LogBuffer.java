package dev.corral.console.dock.tabs;

import dev.corral.core.vagrant.LogLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Lines on their way to a log view: filled by a reader, emptied in portions once per frame. Thread-safe. */
final class LogBuffer {
    private final Deque<LogLine> waiting = new ArrayDeque<>();
    private final int most;
    private long dropped;

    /** @param most how many lines wait at most; the oldest are dropped, as the view would drop them too */
    LogBuffer(int most) {
        this.most = most;
    }

    /** Adds lines; returns whether none were waiting before, so that somebody has to come for them. */
    synchronized boolean add(List<LogLine> lines) {
        boolean wasEmpty = waiting.isEmpty();
        waiting.addAll(lines);
        while (waiting.size() > most) {
            waiting.removeFirst();
            dropped++;
        }
        return wasEmpty && !waiting.isEmpty();
    }

    /** Takes up to {@code portion} lines. */
    synchronized List<LogLine> take(int portion) {
        List<LogLine> taken = new ArrayList<>(Math.min(portion, waiting.size()));
        while (taken.size() < portion && !waiting.isEmpty()) {
            taken.add(waiting.removeFirst());
        }
        return taken;
    }

    /** Whether no lines are waiting. */
    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many lines were dropped unseen. */
    synchronized long dropped() {
        return dropped;
    }
}
