package dev.corral.core.recording.replay;

import java.util.function.LongSupplier;

/**
 * Which moment of a recording is shown while it plays, by speed and skipped pauses. Not thread-safe.
 */
public final class PlayClock {
    /** The slowest speed. */
    public static final double SLOWEST = 0.5;
    /** The fastest speed. */
    public static final double FASTEST = 16;

    private final LongSupplier nanos;
    private Pauses pauses = Pauses.none();
    private double speed = 1;
    private boolean playing;
    private long anchorShort;
    private long anchorNanos;
    private long end = Long.MAX_VALUE;

    /** @param nanos a time that only goes forward, in nanoseconds */
    public PlayClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The moment to show now, in microseconds. */
    public long at() {
        return Math.min(Math.max(pauses.toReal(shortNow()), 0), end);
    }

    private long shortNow() {
        return playing ? anchorShort + (long) ((nanos.getAsLong() - anchorNanos) / 1000.0 * speed) : anchorShort;
    }

    private void anchor() {
        anchorShort = shortNow();
        anchorNanos = nanos.getAsLong();
    }

    /** Whether it runs. */
    public boolean playing() {
        return playing;
    }

    /** Lets it run or stand; at the end it runs from the beginning. */
    public void play(boolean on) {
        if (on && at() >= end) {
            go(0);
        }
        anchor();
        playing = on;
    }

    /** How fast it runs. */
    public double speed() {
        return speed;
    }

    /** Lets it run so fast, within {@link #SLOWEST} and {@link #FASTEST}. */
    public void speed(double times) {
        anchor();
        speed = Math.clamp(times, SLOWEST, FASTEST);
    }

    /** Goes to a moment, in microseconds. */
    public void go(long micros) {
        anchorShort = pauses.toShort(Math.clamp(micros, 0, end));
        anchorNanos = nanos.getAsLong();
    }

    /** Skips these pauses from now on. */
    public void skip(Pauses now) {
        long at = at();
        pauses = now;
        anchorShort = pauses.toShort(at);
        anchorNanos = nanos.getAsLong();
    }

    /** The recording's length, once it is known. */
    public void end(long micros) {
        end = micros;
    }
}
