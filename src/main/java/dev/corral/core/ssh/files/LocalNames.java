package dev.corral.core.ssh.files;

import dev.corral.core.base.PlainText;
import dev.corral.core.ssh.GuestText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Locale;

/** Names on this machine for what a guest has named: readable, harmless, and never those of something that is there. */
final class LocalNames {
    private static final int LONGEST = 200;
    private static final int MOST_TRIES = 1000;

    private LocalNames() {}

    /** A name without what could not be seen, or would turn a line around: that is written as its bytes, {@code %0a}. */
    static String safe(String name) {
        StringBuilder safe = new StringBuilder(name.length());
        for (int at = 0; at < name.length(); ) {
            int point = name.codePointAt(at);
            at += Character.charCount(point);
            if (point == '\t' || point == '/' || point == '\\' || PlainText.harmful(point)) {
                boolean lone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
                byte[] bytes = lone
                        ? GuestText.bytes(Character.toString((char) point))
                        : Character.toString(point).getBytes(StandardCharsets.UTF_8);
                for (byte b : bytes) {
                    safe.append(String.format(Locale.ROOT, "%%%02x", b));
                }
            } else {
                safe.appendCodePoint(point);
            }
        }
        String text = safe.toString();
        while (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        return text.isEmpty() || text.equals(".") || text.equals("..") ? "_" : text;
    }

    /** How something is made of a name; throws {@link FileAlreadyExistsException} if something has that. */
    interface Maker<T> {
        T make(String name) throws IOException;
    }

    /** Makes it under its name, or with a number behind that. */
    static <T> T make(String name, Maker<T> maker) throws IOException {
        String safe = safe(name);
        int dot = safe.lastIndexOf('.');
        String stem = dot > 0 ? safe.substring(0, dot) : safe;
        String ending = dot > 0 ? safe.substring(dot) : "";
        for (int number = 1; number < MOST_TRIES; number++) {
            try {
                return maker.make(number == 1 ? safe : stem + " (" + number + ")" + ending);
            } catch (FileAlreadyExistsException e) {
                // The next number is tried.
                continue;
            }
        }
        throw new FileAlreadyExistsException(safe);
    }
}
