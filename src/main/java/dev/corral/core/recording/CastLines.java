package dev.corral.core.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corral.core.base.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The lines of asciicast after the first: an event each, a JSON array of time, code and text. */
public final class CastLines {
    /** Ten years: no recording is longer, and a file that says so is taken at this. */
    public static final long LONGEST = 10L * 366 * 24 * 3600 * 1_000_000;

    private static final JsonFactory FACTORY = Json.mapper().getFactory();
    private static final String DIGITS = "0123456789abcdef";
    private static final int LONGEST_ESCAPE = 7;

    private CastLines() {}

    /** Microseconds of seconds as a file gives them: none below zero, none beyond {@link #LONGEST}, and none for what is no number. */
    static long micros(double seconds) {
        return seconds > 0 ? (long) Math.min(seconds * 1e6 + 0.5, LONGEST) : 0;
    }

    /** Appends the line of an event of version 2, with its end. */
    public static void append(StringBuilder out, CastEvent event) {
        out.append('[').append(event.micros() / 1_000_000).append('.');
        String fraction = Long.toString(event.micros() % 1_000_000);
        out.repeat("0", 6 - fraction.length()).append(fraction);
        out.append(", \"").append(event.code()).append("\", ");
        quote(out, event.data());
        out.append("]\n");
    }

    // In one array: a builder takes pieces of a text character by character, which is most of what recording costs.
    private static void quote(StringBuilder out, String text) {
        char[] quoted = new char[text.length() + text.length() / 8 + 64];
        int length = 0;
        quoted[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (length + LONGEST_ESCAPE >= quoted.length) {
                quoted = Arrays.copyOf(quoted, quoted.length * 2);
            }
            if (c >= ' ' && c != '"' && c != '\\' && c != '\u007f') {
                quoted[length++] = c;
            } else {
                length = escape(c, quoted, length);
            }
        }
        quoted[length++] = '"';
        out.append(quoted, 0, length);
    }

    private static int escape(char c, char[] out, int at) {
        int known = "\"\\\n\r\t".indexOf(c);
        int length = at;
        out[length++] = '\\';
        if (known >= 0) {
            out[length++] = "\"\\nrt".charAt(known);
        } else {
            out[length++] = 'u';
            out[length++] = '0';
            out[length++] = '0';
            out[length++] = DIGITS.charAt(c >> 4);
            out[length++] = DIGITS.charAt(c & 15);
        }
        return length;
    }

    /**
     * Reads a line.
     *
     * @return the event with the time as it stands there; empty for a line that is none, such as one that was cut off
     */
    static Optional<CastEvent> parse(byte[] line, int offset, int length) {
        try (JsonParser parser = FACTORY.createParser(line, offset, length)) {
            if (parser.nextToken() != JsonToken.START_ARRAY
                    || !parser.nextToken().isNumeric()) {
                return Optional.empty();
            }
            long micros = micros(parser.getDoubleValue());
            if (parser.nextToken() != JsonToken.VALUE_STRING || parser.getTextLength() != 1) {
                return Optional.empty();
            }
            char code = parser.getText().charAt(0);
            JsonToken data = parser.nextToken();
            if (data == null || !data.isScalarValue()) {
                return Optional.empty();
            }
            String text = parser.getText();
            return parser.nextToken() == JsonToken.END_ARRAY
                    ? Optional.of(new CastEvent(micros, code, text))
                    : Optional.empty();
        } catch (IOException e) {
            // Cut off, or written by something else: what is around it still counts.
            return Optional.empty();
        }
    }

    /** A size as an event gives it. */
    static String size(int columns, int rows) {
        return String.format(Locale.ROOT, "%dx%d", columns, rows);
    }
}
