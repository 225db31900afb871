package dev.corral.console.terminal;

import java.io.ByteArrayOutputStream;

/**
 * What is typed while a terminal connects. Something that does not fit whole ends it, and nothing after it is taken either: half
 * of a command is another command. For JavaFX's thread.
 */
final class TypeAhead {
    /** As much as a terminal line of Linux takes. */
    static final int MOST_BYTES = 4096;

    private final Runnable changed;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean full;

    /** @param changed told after each addition */
    TypeAhead(Runnable changed) {
        this.changed = changed;
    }

    void add(byte[] typed) {
        full |= kept.size() + typed.length > MOST_BYTES;
        if (!full) {
            kept.writeBytes(typed);
        }
        changed.run();
    }

    boolean isFull() {
        return full;
    }

    /** All of it, in order; afterwards there is none. */
    byte[] take() {
        byte[] all = kept.toByteArray();
        kept.reset();
        full = false;
        return all;
    }
}
