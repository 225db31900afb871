package dev.corral.console.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;

/**
 * What xterm sends for keys with modifiers. Keys that the emulator sends rightly itself (plain ones, typed text) give
 * nothing here.
 */
final class KeyEncoder {
    private static final char ESC = '\u001b';
    private static final char DEL = '\u007f';

    /** Keys of the form {@code CSI 1 ; modifiers letter}. */
    private static final Map<KeyCode, Character> LETTERS = Map.ofEntries(
            Map.entry(KeyCode.UP, 'A'),
            Map.entry(KeyCode.KP_UP, 'A'),
            Map.entry(KeyCode.DOWN, 'B'),
            Map.entry(KeyCode.KP_DOWN, 'B'),
            Map.entry(KeyCode.RIGHT, 'C'),
            Map.entry(KeyCode.KP_RIGHT, 'C'),
            Map.entry(KeyCode.LEFT, 'D'),
            Map.entry(KeyCode.KP_LEFT, 'D'),
            Map.entry(KeyCode.HOME, 'H'),
            Map.entry(KeyCode.END, 'F'),
            Map.entry(KeyCode.F1, 'P'),
            Map.entry(KeyCode.F2, 'Q'),
            Map.entry(KeyCode.F3, 'R'),
            Map.entry(KeyCode.F4, 'S'));

    /** Keys of the form {@code CSI number ; modifiers ~}. */
    private static final Map<KeyCode, Integer> NUMBERS = Map.ofEntries(
            Map.entry(KeyCode.INSERT, 2),
            Map.entry(KeyCode.DELETE, 3),
            Map.entry(KeyCode.PAGE_UP, 5),
            Map.entry(KeyCode.PAGE_DOWN, 6),
            Map.entry(KeyCode.F5, 15),
            Map.entry(KeyCode.F6, 17),
            Map.entry(KeyCode.F7, 18),
            Map.entry(KeyCode.F8, 19),
            Map.entry(KeyCode.F9, 20),
            Map.entry(KeyCode.F10, 21),
            Map.entry(KeyCode.F11, 23),
            Map.entry(KeyCode.F12, 24));

    private KeyEncoder() {}

    /** A key press: the key, its text as JavaFX gives it, and what is held down. */
    record Key(KeyCode code, String text, boolean shift, boolean control, boolean alt, boolean meta) {
        boolean modified() {
            return shift || control || alt || meta;
        }

        /** xterm's number for the modifiers. */
        int modifiers() {
            return 1 + (shift ? 1 : 0) + (alt ? 2 : 0) + (control ? 4 : 0) + (meta ? 8 : 0);
        }

        char firstChar() {
            return text.isEmpty() ? 0 : text.charAt(0);
        }
    }

    /** The bytes of this key, or empty when the emulator or the typed text does it. */
    static Optional<byte[]> encode(Key key) {
        String text = key.modified() ? modified(key) : null;
        return Optional.ofNullable(text).map(sequence -> sequence.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String modified(Key key) {
        Character letter = LETTERS.get(key.code());
        if (letter != null) {
            return ESC + "[1;" + key.modifiers() + letter;
        }
        Integer number = NUMBERS.get(key.code());
        if (number != null) {
            return ESC + "[" + number + ";" + key.modifiers() + "~";
        }
        if (key.meta()) {
            return null;
        }
        String escape = key.alt() ? String.valueOf(ESC) : "";
        return switch (key.code()) {
            case TAB -> key.shift() ? escape + ESC + "[Z" : null;
            case BACK_SPACE -> key.control() ? escape + '\b' : key.alt() ? escape + DEL : null;
            case ENTER -> key.alt() ? escape + '\r' : null;
            case ESCAPE -> key.alt() ? escape + ESC : null;
            case SPACE -> key.control() ? escape + '\0' : key.alt() ? escape + ' ' : null;
            default -> key.control() ? control(key, escape) : key.alt() ? alt(key, escape) : null;
        };
    }

    private static @Nullable String control(Key key, String escape) {
        if (key.code().isLetterKey()) {
            return escape + (char) (key.code().getChar().charAt(0) & 0x1f);
        }
        if (key.alt() && key.firstChar() > ' ') {
            return null; // AltGr on systems that report it as Ctrl+Alt
        }
        char sent =
                switch (key.firstChar()) {
                    case '@', '`' -> '\0';
                    case '[', '{' -> ESC;
                    case '\\', '|' -> '\u001c';
                    case ']', '}' -> '\u001d';
                    case '^', '~' -> '\u001e';
                    case '_' -> '\u001f';
                    case '?' -> DEL;
                    default -> byCode(key);
                };
        return sent == Character.MAX_VALUE ? null : escape + sent;
    }

    private static char byCode(Key key) {
        return switch (key.code()) {
            case DIGIT2, AT, BACK_QUOTE -> '\0';
            case DIGIT3, OPEN_BRACKET, BRACELEFT -> ESC;
            case DIGIT4, BACK_SLASH -> '\u001c';
            case DIGIT5, CLOSE_BRACKET, BRACERIGHT -> '\u001d';
            case DIGIT6, CIRCUMFLEX -> '\u001e';
            case DIGIT7, UNDERSCORE -> '\u001f';
            case SLASH -> key.shift() ? DEL : '\u001f';
            case MINUS -> key.shift() ? '\u001f' : Character.MAX_VALUE;
            case DIGIT8 -> DEL;
            default -> Character.MAX_VALUE;
        };
    }

    private static @Nullable String alt(Key key, String escape) {
        if (key.code().isLetterKey()) {
            String letter = key.code().getChar();
            return escape
                    + (key.shift()
                            ? letter.toUpperCase(java.util.Locale.ROOT)
                            : letter.toLowerCase(java.util.Locale.ROOT));
        }
        // With Shift the text is still that of the bare key; what it types comes as typed text and gets its ESC there.
        return !key.shift() && key.firstChar() > ' ' && key.firstChar() != DEL ? escape + key.text() : null;
    }
}
