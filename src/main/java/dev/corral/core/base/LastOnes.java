package dev.corral.core.base;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last things of a kind, as many as there is room for: what a guest prints has no end. Thread-safe.
 *
 * @param <T> what is kept
 */
public final class LastOnes<T> {
    private final int most;
    private final Deque<T> kept = new ArrayDeque<>();

    /** @param most how many are kept */
    public LastOnes(int most) {
        this.most = most;
    }

    /** Keeps one more, and forgets the oldest where there is no room. */
    public synchronized void add(T one) {
        if (kept.size() == most) {
            kept.removeFirst();
        }
        kept.addLast(one);
    }

    /** Whether this is among them. */
    public synchronized boolean contains(T one) {
        return kept.contains(one);
    }

    /** All that are kept, oldest first. */
    public synchronized List<T> all() {
        return List.copyOf(kept);
    }

    /** The last of them, so many at most, oldest first. */
    public List<T> last(int count) {
        List<T> all = all();
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    /** Forgets all. */
    public synchronized void clear() {
        kept.clear();
    }
}
