package dev.corral.core.recording;

import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records a terminal. What it is told waits in memory and goes to the file every half second, in whole lines, on a thread of its own: a
 * process that is killed loses that much, and a slow or full disk never holds up the terminal. While more waits than {@link #MOST_WAITING},
 * output is dropped, and the recording says how much and where. Thread-safe.
 */
public final class RecordingWriter implements AutoCloseable {
    /** Bytes of output that may wait for the disk. */
    public static final int MOST_WAITING = 4 << 20;

    private static final String FULL = "it has as much as is kept of one terminal";

    private static final Logger LOG = LoggerFactory.getLogger(RecordingWriter.class);
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final Duration AT_END = Duration.ofSeconds(2);
    /** What comes within so many microseconds is one event: nobody sees the difference. */
    private static final long ONE_EVENT = 10_000;

    private static final int LONGEST_EVENT = 64 << 10;

    private final PartFile file;
    private final long beginning = System.nanoTime();
    private final Thread thread;
    private final Utf8Chunks text = new Utf8Chunks();
    private final Utf8Chunks typed = new Utf8Chunks();
    private final ArrayDeque<Told> waiting = new ArrayDeque<>();
    private int bytes;
    private long dropped;
    private boolean closed;
    private boolean whole = true;
    private @Nullable String fault;

    /** What it was told, before it is text. */
    private record Told(long micros, char code, byte[] data) {}

    private RecordingWriter(PartFile file) {
        this.file = file;
        thread = Thread.ofVirtual().name("recording").unstarted(this::write);
    }

    /**
     * Begins a recording.
     *
     * @param file   the file of its first part, which must not exist; readable by its user only
     * @param header its beginning
     * @param limits how large it may become
     * @throws IOException if it can not be written
     */
    public static RecordingWriter begin(Path file, CastHeader header, RecordingLimits limits) throws IOException {
        SafeFiles.touch(file);
        RecordingWriter writer = new RecordingWriter(PartFile.begin(file, header, limits));
        writer.thread.start();
        return writer;
    }

    /** The file of the first part. */
    public Path file() {
        return file.first();
    }

    /** The terminal showed this. Never waits. */
    public void output(byte[] data, int offset, int length) {
        tell(CastEvent.OUTPUT, data, offset, length);
    }

    /** This was typed; may hold what nobody should read, so it is up to the caller whether it is told. Never waits. */
    public void input(byte[] data, int offset, int length) {
        tell(CastEvent.INPUT, data, offset, length);
    }

    /** The terminal has another size. Never waits. */
    public void resize(int columns, int rows) {
        event(CastEvent.RESIZE, CastLines.size(columns, rows));
    }

    /** Marks this moment, for instance {@code note: found the port}. Never waits. */
    public void marker(String label) {
        event(CastEvent.MARKER, label);
    }

    /** Why nothing reaches the disk at present; empty while all is well. */
    public synchronized Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /**
     * Whether everything that it was told so far is in the file, or waits for it; never again once something was dropped, could not be
     * written, or the recording was full.
     */
    public synchronized boolean complete() {
        return whole;
    }

    /**
     * Waits while half of what may wait for the disk does, for who would rather wait than lose something; not once something is lost.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public synchronized void pace() throws InterruptedException {
        while (whole && !closed && bytes > MOST_WAITING / 2) {
            wait();
        }
    }

    private void event(char code, String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        tell(code, data, 0, data.length);
    }

    private synchronized void tell(char code, byte[] data, int offset, int length) {
        if (closed || length == 0) {
            return;
        }
        if (bytes + length > MOST_WAITING) {
            dropped += length;
            lose();
            return;
        }
        bytes += length;
        byte[] copy = new byte[length];
        System.arraycopy(data, offset, copy, 0, length);
        waiting.add(new Told((System.nanoTime() - beginning) / 1000, code, copy));
        if (bytes > MOST_WAITING / 4) {
            notifyAll();
        }
    }

    private synchronized void lose() {
        whole = false;
        notifyAll();
    }

    private void write() {
        boolean more = true;
        while (more) {
            List<Told> batch = new ArrayList<>();
            long lost;
            synchronized (this) {
                try {
                    if (!closed && bytes <= MOST_WAITING / 4) {
                        wait(BETWEEN.toMillis());
                    }
                } catch (InterruptedException e) {
                    // Nobody interrupts it but a process that ends: what is there is written still.
                    closed = true;
                }
                batch.addAll(waiting);
                waiting.clear();
                bytes = 0;
                lost = dropped;
                dropped = 0;
                more = !closed;
                // Whoever keeps pace may go on.
                notifyAll();
            }
            put(batch, lost, !more);
        }
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("the end of the recording {} may not have reached the disk", file.first(), e);
        }
    }

    private void put(List<Told> batch, long lost, boolean last) {
        List<CastEvent> events = new ArrayList<>();
        for (int i = 0; i < batch.size(); ) {
            i = next(batch, i, events);
        }
        long now = (System.nanoTime() - beginning) / 1000;
        if (last) {
            String rest = text.end();
            if (!rest.isEmpty()) {
                events.add(new CastEvent(now, CastEvent.OUTPUT, rest));
            }
        }
        if (lost > 0) {
            events.add(new CastEvent(now, CastEvent.MARKER, lost + " bytes dropped"));
        }
        if (events.isEmpty()) {
            return;
        }
        try {
            file.append(events);
            said(file.full() ? FULL : null);
            if (file.full()) {
                lose();
            }
        } catch (IOException e) {
            long size = batch.stream().mapToLong(told -> told.data.length).sum();
            synchronized (this) {
                // Said in the recording once there is room again.
                dropped += size + lost;
                lose();
            }
            said(String.valueOf(e.getMessage()));
        }
    }

    // Adds the event that begins with this one, and tells where the next one begins.
    private int next(List<Told> batch, int at, List<CastEvent> events) {
        Told first = batch.get(at);
        if (first.code != CastEvent.OUTPUT && first.code != CastEvent.INPUT) {
            events.add(new CastEvent(first.micros, first.code, new String(first.data, StandardCharsets.UTF_8)));
            return at + 1;
        }
        Utf8Chunks chunks = first.code == CastEvent.OUTPUT ? text : typed;
        StringBuilder joined = new StringBuilder();
        int i = at;
        while (i < batch.size()
                && batch.get(i).code == first.code
                && batch.get(i).micros - first.micros < ONE_EVENT
                && joined.length() < LONGEST_EVENT) {
            joined.append(chunks.take(batch.get(i).data, 0, batch.get(i).data.length));
            i++;
        }
        if (!joined.isEmpty()) {
            events.add(new CastEvent(first.micros, first.code, joined.toString()));
        }
        return i;
    }

    private synchronized void said(@Nullable String now) {
        if (now != null && fault == null) {
            LOG.warn("the recording {} can't be written: {}", file.first(), now);
        }
        fault = now;
    }

    /** Writes what waits and ends the recording; waits two seconds at most. May be called twice. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            if (!thread.join(AT_END)) {
                LOG.warn("the end of the recording {} was not written in time", file.first());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
