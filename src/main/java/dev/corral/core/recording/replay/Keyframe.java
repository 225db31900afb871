package dev.corral.core.recording.replay;

import dev.corral.core.recording.EventCursor;
import dev.corral.core.recording.screen.Snapshot;

/**
 * A moment that replay can begin at.
 *
 * @param position where the file goes on
 * @param snapshot the screen
 */
record Keyframe(EventCursor.Position position, Snapshot snapshot) {
    /** The moment, in microseconds. */
    long micros() {
        return position.micros();
    }
}
