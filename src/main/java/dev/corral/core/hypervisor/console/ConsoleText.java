package dev.corral.core.hypervisor.console;

import dev.corral.core.base.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a serial console shows last, as plain text. A guest may print anything and without an end: only the last bytes are kept, and what
 * steers a terminal is left out, but for what wipes its screen. Thread-safe.
 */
public final class ConsoleText {
    /** So many bytes are kept. */
    static final int MOST_BYTES = 64 << 10;
    /** So many lines are shown. */
    static final int MOST_LINES = 200;

    private static final int LONGEST_LINE = 300;
    /** Where a screen is wiped: what stood before is not to be seen any more. */
    private static final Pattern WIPED = Pattern.compile("\u001B\\[[23]J|\u001Bc");
    /** The cursor goes to the beginning of another line. */
    private static final Pattern MOVED = Pattern.compile("\u001B\\[\\d{0,4}(?:;\\d{0,4})?[Hf]");

    /** virsh says this into the terminal in which it shows the console, on computers without polkit. */
    private static final String NOT_THE_GUEST = "Authorization not available. Check if polkit service is running";

    private final byte[] kept = new byte[MOST_BYTES];
    private long seen;

    /** Takes the next bytes. */
    public synchronized void add(byte[] bytes, int offset, int length) {
        for (int i = Math.max(0, length - MOST_BYTES); i < length; i++) {
            kept[(int) ((seen + i) % MOST_BYTES)] = bytes[offset + i];
        }
        seen += length;
    }

    /** How many bytes there were so far. */
    public synchronized long seen() {
        return seen;
    }

    /** The last screen; empty while nothing was printed. */
    public synchronized String text() {
        int length = (int) Math.min(seen, MOST_BYTES);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = kept[(int) ((seen - length + i) % MOST_BYTES)];
        }
        return plain(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String plain(String raw) {
        Deque<String> lines = new ArrayDeque<>();
        for (String line : MOVED.matcher(sinceWiped(raw)).replaceAll("\n").split("\n", -1)) {
            String shown = shown(line);
            if (shown.startsWith(NOT_THE_GUEST)) {
                continue;
            }
            // A menu that is drawn again and again leaves many empty lines.
            if (shown.isEmpty() && (lines.isEmpty() || lines.getLast().isEmpty())) {
                continue;
            }
            lines.addLast(shown);
            if (lines.size() > MOST_LINES) {
                lines.removeFirst();
            }
        }
        return String.join("\n", lines).strip();
    }

    // A screen that was only wiped says less than what stood on it.
    private static String sinceWiped(String raw) {
        List<MatchResult> wipes = WIPED.matcher(raw).results().toList();
        int next = raw.length();
        // Backwards, and each part once: a guest may print nothing else.
        for (MatchResult wipe : wipes.reversed()) {
            if (!PlainText.of(raw.substring(wipe.end(), next)).isBlank()) {
                return raw.substring(wipe.end());
            }
            next = wipe.start();
        }
        return raw;
    }

    // What a carriage return goes back over is written anew.
    private static String shown(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        String text = line.substring(0, end);
        String last = PlainText.of(text.substring(text.lastIndexOf('\r') + 1)).stripTrailing();
        return last.length() > LONGEST_LINE ? last.substring(0, LONGEST_LINE) : last;
    }
}
