package dev.corral.core.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Texts that may hold bytes which are no UTF-8, as names of files in a guest do. Such a byte B is the lone surrogate
 * U+DC00 + B, as in Python's {@code surrogateescape}.
 */
public final class GuestText {
    private static final char FIRST = '\udc80';
    private static final char LAST = '\udcff';

    private GuestText() {}

    /** The bytes that a guest is to see. */
    public static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        int plain = 0;
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            boolean pair = index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
            if (c >= FIRST && c <= LAST && !pair) {
                bytes.writeBytes(text.substring(plain, index).getBytes(StandardCharsets.UTF_8));
                bytes.write(c & 0xff);
                plain = index + 1;
            }
        }
        bytes.writeBytes(text.substring(plain).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** The text of bytes that a guest has told; {@link #bytes} gives them back. */
    public static String text(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CharBuffer to = CharBuffer.allocate(bytes.length + 1);
        while (true) {
            CoderResult result = decoder.decode(from, to, true);
            if (!result.isError()) {
                return to.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                to.put((char) ('\udc00' + (from.get() & 0xff)));
            }
        }
    }
}
