package dev.corral.console.editor.file;

import dev.corral.core.base.ExpectedFailure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of a file, and all that its bytes say beyond it, so that what nobody has edited is written as it was: encoding, byte order mark,
 * the end of each line. Pure.
 *
 * @param text    the text; each line ends with a line feed, the last one only where the file has it
 * @param charset its encoding: UTF-8, UTF-16 where a mark says so, and ISO 8859-1 for anything else, of which each byte is a character
 * @param marked  whether it begins with a byte order mark
 * @param ends    how each line ends, in order; one for all when all are the same
 */
public record FileText(String text, Charset charset, boolean marked, List<String> ends) {
    /** How long a line may be; longer ones can not be shown in any time. */
    static final int LONGEST_LINE = 20_000;

    private static final char MARK = '\uFEFF';
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16LE_MARK = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] UTF_16BE_MARK = {(byte) 0xFE, (byte) 0xFF};

    /** An empty text in the usual form. */
    public static FileText empty() {
        return new FileText("", StandardCharsets.UTF_8, false, List.of("\n"));
    }

    /**
     * Reads bytes.
     *
     * @throws ExpectedFailure if they are no text that can be edited
     */
    public static FileText of(byte[] bytes) {
        if (begins(bytes, UTF_8_MARK)) {
            return decoded(bytes, 3, StandardCharsets.UTF_8, true);
        }
        if (begins(bytes, UTF_16LE_MARK)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16LE, true);
        }
        if (begins(bytes, UTF_16BE_MARK)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16BE, true);
        }
        return decoded(bytes, 0, StandardCharsets.UTF_8, false);
    }

    private static boolean begins(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    private static FileText decoded(byte[] bytes, int from, Charset charset, boolean marked) {
        try {
            String whole = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString();
            return split(whole, charset, marked);
        } catch (CharacterCodingException e) {
            // What is no UTF-8 keeps its bytes: this encoding gives each of them back.
            return split(new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1, false);
        }
    }

    private static FileText split(String whole, Charset charset, boolean marked) {
        if (whole.indexOf('\0') >= 0) {
            throw ExpectedFailure.failed(
                    "This is no text: it has bytes that no text has.", "Open it in a program for its kind.");
        }
        StringBuilder text = new StringBuilder(whole.length());
        List<String> ends = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < whole.length(); at++) {
            char c = whole.charAt(at);
            if (c == '\n' || c == '\r') {
                String end = c == '\n' ? "\n" : at + 1 < whole.length() && whole.charAt(at + 1) == '\n' ? "\r\n" : "\r";
                shortEnough(at - start, ends.size());
                text.append(whole, start, at).append('\n');
                ends.add(end);
                at += end.length() - 1;
                start = at + 1;
            }
        }
        shortEnough(whole.length() - start, ends.size());
        text.append(whole, start, whole.length());
        boolean same = ends.stream().distinct().count() <= 1;
        return new FileText(
                text.toString(),
                charset,
                marked,
                same ? List.of(ends.isEmpty() ? "\n" : ends.getFirst()) : List.copyOf(ends));
    }

    private static void shortEnough(int length, int line) {
        if (length > LONGEST_LINE) {
            throw ExpectedFailure.failed(
                    "Line " + (line + 1) + " has " + length + " characters, more than can be shown.",
                    "Open it in another editor.");
        }
    }

    /** How most lines end. */
    public String usualEnd() {
        Map<String, Integer> counts = new HashMap<>();
        ends.forEach(end -> counts.merge(end, 1, Integer::sum));
        return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    /** What is unusual about the file, for people: {@code CRLF · UTF-16LE}; empty when nothing is. */
    public String form() {
        List<String> words = new ArrayList<>();
        if (ends.size() > 1) {
            words.add("mixed line ends");
        } else if (ends.getFirst().equals("\r\n")) {
            words.add("CRLF");
        } else if (ends.getFirst().equals("\r")) {
            words.add("CR");
        }
        if (!charset.equals(StandardCharsets.UTF_8)) {
            words.add(charset.name());
        } else if (marked) {
            words.add("byte order mark");
        }
        return String.join(" · ", words);
    }

    /** The same file with another text: lines that stay keep their ends, others end as most do. */
    public FileText with(String now) {
        if (ends.size() <= 1) {
            return new FileText(now, charset, marked, ends);
        }
        int[] origins = LineDiff.origins(text, now);
        List<String> kept = new ArrayList<>();
        for (int origin : origins) {
            kept.add(origin >= 0 && origin < ends.size() ? ends.get(origin) : usualEnd());
        }
        // A lone carriage return before an empty line would be read as one end of both.
        String[] lines = now.split("\n", -1);
        for (int i = 0; i + 1 < kept.size(); i++) {
            if (kept.get(i).equals("\r") && kept.get(i + 1).equals("\n") && lines[i + 1].isEmpty()) {
                kept.set(i, "\n");
            }
        }
        boolean same = kept.stream().distinct().count() <= 1;
        return new FileText(now, charset, marked, same ? List.of(kept.isEmpty() ? usualEnd() : kept.getFirst()) : kept);
    }

    /**
     * The bytes.
     *
     * @throws ExpectedFailure if the encoding does not have a character
     */
    public byte[] bytes() {
        StringBuilder whole = new StringBuilder(text.length() + 16);
        if (marked) {
            whole.append(MARK);
        }
        int line = 0;
        int start = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
            whole.append(text, start, at).append(ends.get(Math.min(line++, ends.size() - 1)));
            start = at + 1;
        }
        whole.append(text, start, text.length());
        try {
            ByteBuffer encoded = charset.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(whole));
            ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.remaining());
            out.write(encoded.array(), encoded.arrayOffset() + encoded.position(), encoded.remaining());
            return out.toByteArray();
        } catch (CharacterCodingException e) {
            throw ExpectedFailure.failed(
                    "The file's encoding, " + charset.name() + ", does not have every character of this text.",
                    "Take the characters out, or change the file to UTF-8 in another editor.",
                    e);
        }
    }
}
