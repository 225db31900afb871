package dev.corral.core.recording.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The moments of a recording that replay can begin at, so many characters of output apart. They take a bounded room: when it is full,
 * every second one goes, and those to come lie twice as far apart. Thread-safe.
 */
final class Keyframes {
    private static final int FIRST_SPACING = 256 << 10;

    private final long most;
    private final List<Keyframe> frames = new ArrayList<>();
    private long bytes;
    private int spacing = FIRST_SPACING;

    /** @param most bytes that they may take together */
    Keyframes(long most) {
        this.most = most;
    }

    /** Characters of output after which the next one is wanted. */
    synchronized int spacing() {
        return spacing;
    }

    synchronized int count() {
        return frames.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Adds one that is later than all before. */
    synchronized void add(Keyframe frame) {
        frames.add(frame);
        bytes += size(frame);
        while (bytes > most && frames.size() > 2) {
            thin();
        }
    }

    private void thin() {
        List<Keyframe> kept = new ArrayList<>();
        for (int i = 0; i < frames.size(); i += 2) {
            kept.add(frames.get(i));
        }
        frames.clear();
        frames.addAll(kept);
        bytes = frames.stream().mapToLong(Keyframes::size).sum();
        spacing = Math.min(spacing * 2, 1 << 28);
    }

    private static long size(Keyframe frame) {
        return frame.snapshot().packed().length + 100L;
    }

    /** The last one at this moment or before it, as the events of one moment may lie on both sides of it. */
    synchronized Optional<Keyframe> before(long micros) {
        int low = 0;
        int high = frames.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (frames.get(middle).micros() <= micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Optional.empty() : Optional.of(frames.get(low - 1));
    }
}
