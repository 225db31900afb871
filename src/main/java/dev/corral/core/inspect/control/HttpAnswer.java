package dev.corral.core.inspect.control;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.corral.core.base.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an HTTP answer of a connection that was closed after it. Pure. */
final class HttpAnswer {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b.*");
    // Inspect writes NaN as such.
    private static final ObjectReader READER = Json.mapper().reader().with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);

    private HttpAnswer() {}

    /**
     * Reads it.
     *
     * @throws IOException if it is no answer, is cut off, or its body is no JSON
     */
    static ControlChannel.Answer parse(byte[] all) throws IOException {
        int end = find(all, 0);
        if (end < 0) {
            throw new IOException("the control channel's answer is cut off");
        }
        String[] head = new String(all, 0, end, StandardCharsets.ISO_8859_1).split("\r\n");
        Matcher status = STATUS.matcher(head[0]);
        if (!status.matches()) {
            throw new IOException("the control channel does not speak HTTP");
        }
        boolean chunked = false;
        int length = -1;
        for (String line : head) {
            String field = line.toLowerCase(Locale.ROOT);
            if (field.startsWith("transfer-encoding:") && field.contains("chunked")) {
                chunked = true;
            } else if (field.startsWith("content-length:")) {
                length = number(field.substring(field.indexOf(':') + 1).strip(), 10);
            }
        }
        byte[] body = chunked ? joined(all, end + 4) : Arrays.copyOfRange(all, end + 4, all.length);
        if (!chunked && length >= 0 && body.length < length) {
            throw new IOException("the control channel's answer is cut off");
        }
        JsonNode node = body.length == 0 ? MissingNode.getInstance() : READER.readTree(body);
        return new ControlChannel.Answer(Integer.parseInt(status.group(1)), node);
    }

    private static byte[] joined(byte[] all, int from) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = from;
        while (true) {
            int line = at;
            while (line + 1 < all.length && !(all[line] == '\r' && all[line + 1] == '\n')) {
                line++;
            }
            String size = new String(all, at, Math.min(line, all.length) - at, StandardCharsets.ISO_8859_1);
            int count = number(size.split(";")[0].strip(), 16);
            at = line + 2;
            if (count == 0) {
                return body.toByteArray();
            }
            if (count < 0 || at + count > all.length) {
                throw new IOException("the control channel's answer is cut off");
            }
            body.write(all, at, count);
            at += count + 2;
        }
    }

    private static int number(String digits, int radix) throws IOException {
        try {
            return Integer.parseUnsignedInt(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("the control channel does not speak HTTP", e);
        }
    }

    private static int find(byte[] all, int from) {
        for (int i = from; i + 3 < all.length; i++) {
            if (all[i] == '\r' && all[i + 1] == '\n' && all[i + 2] == '\r' && all[i + 3] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
