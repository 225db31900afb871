package dev.corral.bridge;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.corral.core.base.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** Puts frames on a stream, one at a time. Thread-safe. */
final class FrameWriter {
    /** Escapes let a guest's broken bytes through as lone surrogates, which UTF-8 has no form for. */
    private static final ObjectWriter JSON = Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private static final int MOST_COPIED = 8 * 1024;

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();

    FrameWriter(OutputStream out) {
        this.out = out;
    }

    /** @throws IOException if nobody reads any more */
    void write(Frame frame) throws IOException {
        byte[] header = JSON.writeValueAsBytes(frame.header());
        byte[] payload = frame.payload();
        // Little goes in one piece, so that the other end is woken once; much is not copied.
        boolean little = payload.length <= MOST_COPIED;
        ByteBuffer start = ByteBuffer.allocate(8 + header.length + (little ? payload.length : 0));
        start.putInt(header.length).putInt(payload.length).put(header);
        if (little) {
            start.put(payload);
        }
        lock.lock();
        try {
            out.write(start.array());
            if (!little) {
                out.write(payload);
            }
            out.flush();
        } finally {
            lock.unlock();
        }
    }
}
