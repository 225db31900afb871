package dev.corral.console.terminal.output;

import java.util.regex.Pattern;

/**
 * Stands between a guest's bytes and the emulator and lets through whole sequences only, of known kinds and with parameters
 * within the screen ({@link SequenceRules}). The guest may be hostile, and the emulator believes every number and stores every
 * string to its end. Sequences may come in any pieces; what is held back is bounded. Not thread-safe.
 */
public final class SequenceFilter {
    /** Longer than any real sequence; what is longer means nothing, up to its last character. */
    static final int LONGEST_SEQUENCE = 256;
    /** Characters of a string that are kept; a longer one is none of those that mean something here. */
    static final int LONGEST_STRING = 4096;
    /** After so many characters a string without an end is given up, and text is shown again. */
    static final int MOST_SWALLOWED = 4 * 1024 * 1024;

    private static final char ESC = '\u001b';
    private static final char BEL = '\u0007';
    private static final char CANCEL = '\u0018';
    private static final char SUBSTITUTE = '\u001a';
    private static final char DELETE = '\u007f';
    private static final char STRING_END = '\u009c';
    private static final String STRING_BEGINNINGS = "]PX^_";
    private static final String CONTROLS = "\u0007\b\t\n\u000b\f\r\u000e\u000f";
    private static final Pattern SIXEL = Pattern.compile("P[0-9;]*q(?s:.*)");

    private enum Place {
        TEXT,
        ESCAPE,
        SEQUENCE,
        STRING,
        STRING_ESCAPE
    }

    private final SequenceRules rules;
    private final StringBuilder held = new StringBuilder();
    private Place place = Place.TEXT;
    private int length;
    /** The character shown last, which may be told to repeat; 0 after anything else. */
    private int last;

    public SequenceFilter(SequenceRules rules) {
        this.rules = rules;
    }

    /** The text to show for these characters of the stream; may be empty. */
    public String filter(char[] chars, int offset, int count) {
        StringBuilder out = new StringBuilder(count);
        for (int i = offset; i < offset + count; i++) {
            take(chars[i], out);
        }
        return out.toString();
    }

    private void take(char c, StringBuilder out) {
        switch (place) {
            case TEXT -> text(c, out);
            case ESCAPE -> escape(c, out);
            case SEQUENCE -> sequence(c, out);
            case STRING -> string(c, out);
            case STRING_ESCAPE -> {
                if (c == '\\') {
                    endString(out);
                } else {
                    // Any other sequence breaks the string off.
                    begin();
                    escape(c, out);
                }
            }
        }
    }

    private void text(char c, StringBuilder out) {
        if (c == ESC) {
            begin();
        } else if (c < ' ') {
            control(c, out);
        } else if (shown(c)) {
            out.append(c);
            last = Character.isLowSurrogate(c) && Character.isHighSurrogate((char) last)
                    ? Character.toCodePoint((char) last, c)
                    : c;
        }
    }

    private void begin() {
        held.setLength(0);
        length = 0;
        place = Place.ESCAPE;
    }

    private void control(char c, StringBuilder out) {
        last = 0;
        if (CONTROLS.indexOf(c) >= 0) {
            out.append(c);
        }
    }

    private void escape(char c, StringBuilder out) {
        if (within(c, out)) {
            return;
        }
        if (held.isEmpty() && c == '[') {
            place = Place.SEQUENCE;
        } else if (held.isEmpty() && STRING_BEGINNINGS.indexOf(c) >= 0) {
            held.append(c);
            place = Place.STRING;
        } else if (c >= ' ' && c <= '/') {
            keep(c, LONGEST_SEQUENCE);
        } else if (c < DELETE) {
            out.append(rules.escape(held.toString(), c));
            toText();
        } else if (c > DELETE) {
            toText();
            text(c, out);
        }
    }

    private void sequence(char c, StringBuilder out) {
        if (within(c, out)) {
            return;
        }
        if (c < '@') {
            keep(c, LONGEST_SEQUENCE);
        } else if (c < DELETE) {
            if (length <= LONGEST_SEQUENCE) {
                out.append(c == 'b' ? repeated() : rules.sequence(held.toString(), c));
            }
            toText();
        } else if (c > DELETE) {
            toText();
            text(c, out);
        }
    }

    private String repeated() {
        return last == 0 || Character.isSurrogate((char) last) && last <= Character.MAX_VALUE
                ? ""
                : Character.toString(last).repeat(rules.repeats(held.toString()));
    }

    /** Control characters act at once even in the middle of a sequence; some end it. */
    private boolean within(char c, StringBuilder out) {
        if (c == ESC) {
            begin();
        } else if (c == CANCEL || c == SUBSTITUTE) {
            toText();
        } else if (c < ' ') {
            control(c, out);
        } else {
            return false;
        }
        return true;
    }

    private void string(char c, StringBuilder out) {
        if (c == ESC) {
            place = Place.STRING_ESCAPE;
        } else if (c == BEL || c == STRING_END) {
            endString(out);
        } else if (c == CANCEL || c == SUBSTITUTE || length > MOST_SWALLOWED) {
            toText();
        } else if ((c == '\n' || c == '\r') && !SIXEL.matcher(held).matches()) {
            // Only pictures go over several lines; here an end is missing, and the lines that follow are meant to be
            // seen.
            toText();
            control(c, out);
        } else {
            keep(c, LONGEST_STRING);
        }
    }

    private void endString(StringBuilder out) {
        if (length < LONGEST_STRING) {
            out.append(rules.string(held.toString()));
        }
        toText();
    }

    private void keep(char c, int most) {
        length++;
        if (length <= most) {
            held.append(c);
        }
    }

    private void toText() {
        held.setLength(0);
        length = 0;
        last = 0;
        place = Place.TEXT;
    }

    /** False for what has no place on a screen: eight-bit controls, and marks that turn the direction of the text around them. */
    private static boolean shown(char c) {
        return !Character.isISOControl(c)
                && !(c >= '\u202a' && c <= '\u202e')
                && !(c >= '\u2066' && c <= '\u2069')
                && c != '\u200e'
                && c != '\u200f'
                && c != '\u061c'
                && c != '\ufeff';
    }
}
