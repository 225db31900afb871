package dev.corral.core.recording.replay;

import dev.corral.core.recording.CastEvent;
import dev.corral.core.recording.CastHeader;
import dev.corral.core.recording.EventCursor;
import dev.corral.core.recording.RecordingFile;
import dev.corral.core.recording.script.ScriptRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is looked at. It can be played from its beginning at once; what is found by reading all of it (length, places, pauses,
 * moments to begin at) grows meanwhile on a thread of its own. Thread-safe.
 */
public final class Recording implements AutoCloseable {
    /** Bytes that the moments to begin at may take. */
    private static final long MOST_KEYFRAMES = 48L << 20;

    private static final int MOST_MARKS = 20_000;
    private static final int MOST_PAUSES = 200_000;
    /** Shorter ones are nothing that anybody wants to skip. */
    private static final long SHORTEST_PAUSE = 500_000;

    private final Path file;
    private final List<Path> parts;
    private final CastHeader header;
    private final @Nullable Path temporary;
    private final Keyframes keyframes = new Keyframes(MOST_KEYFRAMES);
    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private final List<Mark> marks = new ArrayList<>();
    private long[] begins = new long[64];
    private long[] ends = new long[64];
    private int pauses;
    private long passed;
    private volatile long readTo;
    private volatile boolean closed;

    private Recording(Path file, List<Path> parts, @Nullable Path temporary) throws IOException {
        this.file = file;
        this.parts = parts;
        this.temporary = temporary;
        try (EventCursor cursor = EventCursor.open(parts)) {
            this.header = cursor.header();
        }
    }

    /**
     * Opens a recording, and begins to read it. Blocks for a moment.
     *
     * @param file the file of its first part, or a file of {@code script}: its {@code .timing} or the {@code .output} beside it
     * @throws dev.corral.core.base.ExpectedFailure if it is no recording
     * @throws IOException if it can not be read
     */
    public static Recording open(Path file) throws IOException {
        Recording recording;
        if (ScriptRecording.is(file)) {
            Path made = ScriptRecording.converted(file);
            recording = new Recording(file, List.of(made), made);
        } else {
            recording = new Recording(file, RecordingFile.parts(file), null);
        }
        Thread.ofVirtual().name("recording-reader").start(recording::readAll);
        return recording;
    }

    /** The file that was opened. */
    public Path file() {
        return file;
    }

    /** Its first line. */
    public CastHeader header() {
        return header;
    }

    /** Done once all of it has been read; fails if that is not possible. */
    public CompletableFuture<Void> read() {
        return read;
    }

    /** How far it has been read, in microseconds; its length once all is read. */
    public long readTo() {
        return readTo;
    }

    /** Waits until all of it is read, and gives its length in microseconds. */
    public long length() throws IOException {
        try {
            read.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException unreadable -> throw unreadable;
                case RuntimeException other -> throw other;
                case null, default -> throw e;
            }
        }
        return readTo;
    }

    /** The places found so far. */
    public List<Mark> marks() {
        synchronized (marks) {
            return marks.stream().sorted(Comparator.comparingLong(Mark::micros)).toList();
        }
    }

    /** The pauses found so far, as they are when they are cut to a limit in microseconds. */
    public Pauses pauses(long limit) {
        synchronized (marks) {
            return Pauses.of(begins, ends, pauses, limit);
        }
    }

    /** Lines of the file that are no events, known once it is read. */
    public long passed() {
        return passed;
    }

    /** Walks through it from the beginning. */
    public Reel reel() throws IOException {
        return Reel.open(parts);
    }

    Optional<Keyframe> before(long micros) {
        return keyframes.before(micros);
    }

    /** Bytes that are kept of it in memory. */
    public long kept() {
        return keyframes.bytes();
    }

    private void readAll() {
        try (Reel reel = reel()) {
            header.began().ifPresent(began -> SessionMarks.of(file, began).forEach(this::add));
            walk(reel);
            passed = reel.passed();
            read.complete(null);
        } catch (IOException | RuntimeException e) {
            read.completeExceptionally(e);
        }
    }

    private void walk(Reel reel) throws IOException {
        Prompts prompts = new Prompts();
        reel.screen().whenLineEnds(() -> prompts.command(reel.screen())
                .ifPresent(command -> add(new Mark(reel.micros(), Mark.Kind.COMMAND, command))));
        long since = 0;
        Optional<CastEvent> next = reel.peek();
        while (next.isPresent() && !closed) {
            CastEvent event = next.get();
            if (event.code() == CastEvent.OUTPUT) {
                pause(reel.micros(), event.micros());
                prompts.beforeOutput(reel.screen());
                since += event.data().length();
            } else if (event.code() == CastEvent.MARKER) {
                add(Mark.of(event.micros(), event.data()));
            }
            reel.step();
            readTo = event.micros();
            if (since >= keyframes.spacing()) {
                Optional<Keyframe> frame = reel.keyframe();
                if (frame.isPresent()) {
                    keyframes.add(frame.get());
                    since = 0;
                }
            }
            next = reel.peek();
        }
    }

    private void add(Mark mark) {
        synchronized (marks) {
            if (marks.size() < MOST_MARKS) {
                marks.add(mark);
            }
        }
    }

    private void pause(long from, long to) {
        synchronized (marks) {
            if (to - from < SHORTEST_PAUSE || pauses >= MOST_PAUSES) {
                return;
            }
            if (pauses == begins.length) {
                begins = Arrays.copyOf(begins, pauses * 2);
                ends = Arrays.copyOf(ends, pauses * 2);
            }
            begins[pauses] = from;
            ends[pauses] = to;
            pauses++;
        }
    }

    /** Ends the reading. */
    @Override
    public void close() throws IOException {
        closed = true;
        if (temporary != null) {
            Files.deleteIfExists(temporary);
        }
    }
}
