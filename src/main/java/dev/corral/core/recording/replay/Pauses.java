package dev.corral.core.recording.replay;

import java.util.Arrays;

/**
 * The times in which nothing was shown, and how a recording runs when they are cut to a limit. Times are microseconds; {@code real} ones
 * are the recording's, {@code short} ones those that a viewer lives through.
 */
public final class Pauses {
    private final long[] realEnds;
    private final long[] shortEnds;
    private final long limit;

    private Pauses(long[] realEnds, long[] shortEnds, long limit) {
        this.realEnds = realEnds;
        this.shortEnds = shortEnds;
        this.limit = limit;
    }

    /** None: both times are the same. */
    public static Pauses none() {
        return new Pauses(new long[0], new long[0], Long.MAX_VALUE);
    }

    /**
     * Those that are longer than a limit.
     *
     * @param begins when each began, ascending
     * @param ends   when each ended
     * @param count  how many there are
     * @param limit  what they are cut to
     */
    static Pauses of(long[] begins, long[] ends, int count, long limit) {
        long[] real = new long[count];
        long[] cut = new long[count];
        int longer = 0;
        long gone = 0;
        for (int i = 0; i < count; i++) {
            if (ends[i] - begins[i] > limit) {
                gone += ends[i] - begins[i] - limit;
                real[longer] = ends[i];
                cut[longer] = ends[i] - gone;
                longer++;
            }
        }
        return new Pauses(Arrays.copyOf(real, longer), Arrays.copyOf(cut, longer), limit);
    }

    private long gone(int pause) {
        return pause < 0 ? 0 : realEnds[pause] - shortEnds[pause];
    }

    /** When a viewer sees that moment. In a pause, the moment stands still once its limit has passed. */
    public long toShort(long real) {
        int next = Arrays.binarySearch(realEnds, real);
        int last = next >= 0 ? next : -next - 2;
        long at = real - gone(last);
        // Inside the next pause no more than its end.
        return last + 1 < shortEnds.length ? Math.min(at, shortEnds[last + 1]) : at;
    }

    /** What moment a viewer sees then. */
    public long toReal(long shortened) {
        int next = Arrays.binarySearch(shortEnds, shortened);
        int last = next >= 0 ? next : -next - 2;
        return shortened + gone(last);
    }

    /** What longer ones are cut to. */
    public long limit() {
        return limit;
    }
}
