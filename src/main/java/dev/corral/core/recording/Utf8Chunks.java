package dev.corral.core.recording;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a terminal as text, in whatever pieces they come: a character that is cut by the end of a piece waits for the next one, and
 * what is no UTF-8 becomes the replacement character, as if all had come in one piece. Not thread-safe.
 */
public final class Utf8Chunks {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer waiting = ByteBuffer.allocate(0);

    /** The text of this piece, as far as it is complete. */
    public String take(byte[] bytes, int offset, int length) {
        return decode(bytes, offset, length, false);
    }

    /** What still waited when the stream ended; the next piece begins a new stream. */
    public String end() {
        String last = decode(new byte[0], 0, 0, true);
        decoder.reset();
        return last;
    }

    private String decode(byte[] bytes, int offset, int length, boolean last) {
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        if (waiting.hasRemaining()) {
            ByteBuffer joined = ByteBuffer.allocate(waiting.remaining() + length);
            joined.put(waiting).put(in).flip();
            in = joined;
        }
        CharBuffer out = CharBuffer.allocate(in.remaining() + 2);
        decoder.decode(in, out, last);
        if (last) {
            decoder.flush(out);
        }
        // At most three bytes: the beginning of a character.
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        waiting = ByteBuffer.wrap(rest);
        return out.flip().toString();
    }
}
