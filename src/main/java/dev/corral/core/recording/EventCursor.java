package dev.corral.core.recording;

import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks through the events of a recording, all its parts as one. Files of strangers may hold anything: times never go back, lines are
 * passed over when they are too long or no events, and a last line without an end counts only if it is whole. Not thread-safe.
 */
public final class EventCursor implements AutoCloseable {
    /** Bytes of a line that is read; a longer one is passed over. */
    public static final int LONGEST_LINE = 8 << 20;

    private static final int FIRST_BLOCK = 64 << 10;
    private static final int BLOCK = 256 << 10;

    private final List<Path> parts;
    private final List<CastHeader> headers = new ArrayList<>();
    private FileChannel channel;
    private byte[] buffer = new byte[FIRST_BLOCK];
    private int from;
    private int to;
    private long bufferAt;
    private int part;
    private long micros;
    private long passed;

    /**
     * A place between two events.
     *
     * @param part   which part, from 0
     * @param offset bytes from the part's beginning
     * @param micros the time of the event before, in microseconds
     */
    public record Position(int part, long offset, long micros) {}

    private EventCursor(List<Path> parts) throws IOException {
        this.parts = List.copyOf(parts);
        this.channel = open(parts.getFirst());
    }

    /**
     * Opens these parts.
     *
     * @throws dev.corral.core.base.ExpectedFailure if the first line is none of a recording
     * @throws IOException if one can not be read or is no ordinary file
     */
    public static EventCursor open(List<Path> parts) throws IOException {
        EventCursor cursor = new EventCursor(parts);
        boolean opened = false;
        try {
            cursor.header(0);
            opened = true;
        } finally {
            if (!opened) {
                cursor.close();
            }
        }
        return cursor;
    }

    private static FileChannel open(Path file) throws IOException {
        OrdinaryFile.check(file);
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /** The first line of the first part. */
    public CastHeader header() {
        return headers.getFirst();
    }

    /** Where it stands. */
    public Position position() {
        return new Position(part, bufferAt + from, micros);
    }

    /** Lines that were passed over so far. */
    public long passed() {
        return passed;
    }

    /** Goes to a place that {@link #position} gave. */
    public void go(Position position) throws IOException {
        if (position.part() != part) {
            enter(position.part());
        }
        micros = position.micros();
        from = 0;
        to = 0;
        bufferAt = position.offset();
    }

    private void enter(int number) throws IOException {
        for (int known = headers.size(); known <= number; known++) {
            enterFile(known);
            header(known);
        }
        enterFile(number);
    }

    private void enterFile(int number) throws IOException {
        FileChannel opened = open(parts.get(number));
        channel.close();
        channel = opened;
        part = number;
        from = 0;
        to = 0;
        bufferAt = 0;
    }

    private void header(int number) throws IOException {
        int length = line();
        String first = length < 0 ? "" : new String(buffer, from, length, StandardCharsets.UTF_8);
        headers.add(CastHeader.parse(first, String.valueOf(parts.get(number).getFileName())));
        from += Math.max(length, 0);
        skipEnd();
    }

    /** The next event, its time since the recording's beginning; empty at the end. */
    public Optional<CastEvent> next() throws IOException {
        while (true) {
            int length = line();
            if (length < 0) {
                if (part + 1 >= parts.size()) {
                    return Optional.empty();
                }
                enterFile(part + 1);
                if (headers.size() <= part) {
                    header(part);
                } else {
                    from += Math.max(0, line());
                    skipEnd();
                }
                continue;
            }
            boolean ended = from + length < to;
            Optional<CastEvent> event = CastLines.parse(buffer, from, length);
            if (event.isEmpty() && !ended && part + 1 >= parts.size()) {
                // The last line is still being written, or was cut off: it stays where it is.
                return Optional.empty();
            }
            boolean blank = length == 0 || buffer[from] == '#' || buffer[from] == '\r';
            from += length;
            skipEnd();
            if (event.isPresent()) {
                return Optional.of(timed(event.get()));
            }
            passed += blank ? 0 : 1;
        }
    }

    private CastEvent timed(CastEvent event) {
        CastHeader header = headers.get(part);
        long at =
                header.version() == 3 ? micros + event.micros() : header.about().micros() + event.micros();
        micros = Math.clamp(at, micros, Math.max(micros, CastLines.LONGEST));
        return event.at(micros);
    }

    private void skipEnd() {
        if (from < to) {
            from++;
        }
    }

    // The length of the line that begins at from, all of it in the buffer; -1 at the end of the file. A line that is
    // too long is left
    // out.
    private int line() throws IOException {
        int looked = from;
        while (true) {
            for (; looked < to; looked++) {
                if (buffer[looked] == '\n') {
                    return looked - from;
                }
            }
            int length = to - from;
            if (length >= LONGEST_LINE) {
                leaveOut();
                looked = from;
                continue;
            }
            if (!fill()) {
                return length == 0 ? -1 : length;
            }
            looked = from + length;
        }
    }

    private void leaveOut() throws IOException {
        passed++;
        while (true) {
            for (int i = from; i < to; i++) {
                if (buffer[i] == '\n') {
                    from = i + 1;
                    return;
                }
            }
            bufferAt += to;
            from = 0;
            to = 0;
            if (!fill()) {
                return;
            }
        }
    }

    // Reads on behind what is there; false at the end.
    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            bufferAt += from;
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            byte[] larger = new byte[Math.min(buffer.length * 2, LONGEST_LINE + BLOCK)];
            System.arraycopy(buffer, 0, larger, 0, to);
            buffer = larger;
        }
        int read = channel.read(ByteBuffer.wrap(buffer, to, buffer.length - to), bufferAt + to);
        if (read <= 0) {
            return false;
        }
        to += read;
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
