package dev.corral.core.recording.replay;

import dev.corral.core.recording.CastEvent;
import java.io.IOException;
import java.util.Optional;

/** Shows a recording at any moment. Blocks while it reads; not thread-safe. */
public final class Player implements AutoCloseable {
    private final Recording recording;
    private Reel reel;

    /**
     * Begins at the beginning.
     *
     * @throws IOException if the file can not be read
     */
    public Player(Recording recording) throws IOException {
        this.recording = recording;
        this.reel = recording.reel();
    }

    /**
     * The screen after the last event at this moment or before it.
     *
     * @throws IOException if the file can not be read
     */
    public Frame at(long micros) throws IOException {
        Optional<Keyframe> near = recording.before(micros);
        if (reel.micros() > micros) {
            if (near.isPresent()) {
                reel.go(near.get());
            } else {
                reel.close();
                reel = recording.reel();
            }
        } else if (near.isPresent() && near.get().micros() > reel.micros()) {
            reel.go(near.get());
        }
        Optional<CastEvent> next = reel.peek();
        while (next.isPresent() && next.get().micros() <= micros) {
            reel.step();
            next = reel.peek();
        }
        return Frame.of(reel.micros(), reel.screen());
    }

    /** When the next event of the screen comes, in microseconds; empty at the end. */
    public Optional<Long> next() throws IOException {
        return reel.peek().map(CastEvent::micros);
    }

    @Override
    public void close() throws IOException {
        reel.close();
    }
}
