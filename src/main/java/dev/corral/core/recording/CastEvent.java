package dev.corral.core.recording;

/**
 * One event of a recording.
 *
 * @param micros when, in microseconds since the recording's beginning
 * @param code   what: one of {@link #OUTPUT}, {@link #INPUT}, {@link #RESIZE} and {@link #MARKER}, or one that this version does not know
 * @param data   the text, size ({@code 80x24}) or label
 */
public record CastEvent(long micros, char code, String data) {
    /** What the terminal showed. */
    public static final char OUTPUT = 'o';
    /** What was typed. */
    public static final char INPUT = 'i';
    /** A new size. */
    public static final char RESIZE = 'r';
    /** A place with a label. */
    public static final char MARKER = 'm';

    /** The same at another time. */
    public CastEvent at(long other) {
        return new CastEvent(other, code, data);
    }
}
