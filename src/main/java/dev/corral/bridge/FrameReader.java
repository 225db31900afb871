package dev.corral.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.base.Json;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Takes frames off a stream. For one thread. */
final class FrameReader {
    private final DataInputStream in;

    FrameReader(InputStream in) {
        this.in = new DataInputStream(new BufferedInputStream(in, 256 * 1024));
    }

    /**
     * The next frame; empty at the end of the stream.
     *
     * @throws IOException if the stream breaks off inside a frame, or holds something that is no frame
     */
    Optional<Frame> read() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        long headerLength =
                (long) first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedByte() << 8 | in.readUnsignedByte();
        long payloadLength = Integer.toUnsignedLong(in.readInt());
        if (headerLength > Frame.LONGEST_HEADER || payloadLength > Frame.LONGEST_PAYLOAD) {
            throw new IOException(
                    "a frame of " + headerLength + " and " + payloadLength + " bytes is longer than any may be");
        }
        JsonNode header = Json.mapper().readTree(bytes((int) headerLength));
        byte[] payload = bytes((int) payloadLength);
        if (!(header instanceof ObjectNode object)) {
            throw new IOException("a frame's header is no JSON object");
        }
        return Optional.of(new Frame(object, payload));
    }

    private byte[] bytes(int length) throws IOException {
        if (length == 0) {
            return Frame.NOTHING;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the stream ended inside a frame");
        }
        return bytes;
    }
}
