package dev.corral.core.recording.replay;

import dev.corral.core.recording.CastEvent;
import dev.corral.core.recording.CastHeader;
import dev.corral.core.recording.EventCursor;
import dev.corral.core.recording.screen.Screen;
import dev.corral.core.recording.screen.ScreenParser;
import dev.corral.core.recording.screen.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A recording that is being walked through, with the screen as it was at the event that was taken last. Not thread-safe. */
public final class Reel implements AutoCloseable {
    private final EventCursor cursor;
    private Screen screen;
    private ScreenParser parser;
    private @Nullable CastEvent ahead;
    private long micros;

    /**
     * Opens these parts, before their first event.
     *
     * @throws dev.corral.core.base.ExpectedFailure if it is no recording
     * @throws IOException if it can not be read
     */
    public static Reel open(List<Path> parts) throws IOException {
        return new Reel(EventCursor.open(parts));
    }

    private Reel(EventCursor cursor) {
        this.cursor = cursor;
        this.screen = new Screen(cursor.header().columns(), cursor.header().rows());
        this.parser = new ScreenParser(screen);
    }

    /** The recording's first line. */
    public CastHeader header() {
        return cursor.header();
    }

    /** The screen; another object after {@link #go}. */
    public Screen screen() {
        return screen;
    }

    /** The time of the event that was taken last, in microseconds. */
    public long micros() {
        return micros;
    }

    /** Lines of the file that were passed over so far, since they are no events. */
    public long passed() {
        return cursor.passed();
    }

    /** The event that comes next, without taking it; empty at the end. */
    public Optional<CastEvent> peek() throws IOException {
        if (ahead == null) {
            ahead = cursor.next().orElse(null);
        }
        return Optional.ofNullable(ahead);
    }

    /** Takes the next event: the screen shows it now. Empty at the end. */
    public Optional<CastEvent> step() throws IOException {
        Optional<CastEvent> event = peek();
        ahead = null;
        event.ifPresent(this::apply);
        return event;
    }

    private void apply(CastEvent event) {
        micros = event.micros();
        screen.now(micros);
        if (event.code() == CastEvent.OUTPUT) {
            parser.take(event.data());
        } else if (event.code() == CastEvent.RESIZE) {
            resize(event.data());
        }
    }

    private void resize(String size) {
        int by = size.indexOf('x');
        try {
            int columns = Integer.parseInt(size, 0, Math.max(by, 0), 10);
            int rows = Integer.parseInt(size, by + 1, size.length(), 10);
            screen.resize(Math.clamp(columns, 1, CastHeader.MOST_COLUMNS), Math.clamp(rows, 1, CastHeader.MOST_ROWS));
        } catch (NumberFormatException e) {
            // No size: the one before stays.
            return;
        }
    }

    /** The moment after the event taken last; empty in the middle of a control sequence, where none can be kept. */
    Optional<Keyframe> keyframe() {
        return ahead == null && parser.atRest()
                ? Optional.of(new Keyframe(cursor.position(), Snapshot.of(screen)))
                : Optional.empty();
    }

    /** Goes to that moment. */
    void go(Keyframe frame) throws IOException {
        cursor.go(frame.position());
        ahead = null;
        screen = frame.snapshot().screen();
        parser = new ScreenParser(screen);
        micros = frame.micros();
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }
}
