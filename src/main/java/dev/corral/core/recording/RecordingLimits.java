package dev.corral.core.recording;

/**
 * How large a recording may become. A new part begins when a file is full; after the last one nothing more is recorded, and the
 * recording says so at its end.
 *
 * @param bytes bytes of one file, about
 * @param parts files
 */
public record RecordingLimits(long bytes, int parts) {
    /** Parts of 32 MiB, 2 GiB in all: hours of a screen that never rests. */
    public static final RecordingLimits USUAL = new RecordingLimits(32L << 20, 64);
}
