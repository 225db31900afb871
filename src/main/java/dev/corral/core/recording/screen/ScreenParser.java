package dev.corral.core.recording.screen;

import java.util.Arrays;

/**
 * Reads what a terminal was sent and does it to a {@link Screen}. What it does not know is passed over, numbers are kept within the
 * screen, and no sequence is waited for without a bound: recordings come from guests and from strangers. Not thread-safe.
 */
public final class ScreenParser {
    private static final int MOST_PARAMETERS = 16;
    private static final int LARGEST = 9999;
    /** Characters of a title, picture or clipboard that are passed over before its end is given up. */
    private static final int LONGEST_STRING = 4 << 20;

    private static final String DRAWN = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    private enum Place {
        TEXT,
        ESCAPE,
        SEQUENCE,
        STRING,
        STRING_ESCAPE,
        CHARSET
    }

    private final Screen screen;
    private final int[] parameters = new int[MOST_PARAMETERS];
    private Place place = Place.TEXT;
    private int count;
    private char mark;
    private char between;
    private char kind;
    private int swallowed;
    private char high;

    public ScreenParser(Screen screen) {
        this.screen = screen;
    }

    /** Shows this; sequences and characters may come in any pieces. */
    public void take(String text) {
        for (int i = 0; i < text.length(); i++) {
            take(text.charAt(i));
        }
    }

    /** Whether it stands between two sequences: what comes next depends on the screen alone. */
    public boolean atRest() {
        return place == Place.TEXT && high == 0;
    }

    private void take(char c) {
        switch (place) {
            case TEXT -> text(c);
            case ESCAPE -> escape(c);
            case SEQUENCE -> sequence(c);
            case STRING -> string(c);
            case STRING_ESCAPE -> {
                place = Place.ESCAPE;
                if (c == '\\') {
                    place = Place.TEXT;
                } else {
                    escape(c);
                }
            }
            case CHARSET -> {
                if (between == '(') {
                    screen.drawing = c == '0';
                } else {
                    screen.secondSet = c == '0';
                }
                place = Place.TEXT;
            }
        }
    }

    private void text(char c) {
        if (c < ' ') {
            high = 0;
            control(c);
        } else if (Character.isHighSurrogate(c)) {
            high = c;
        } else if (Character.isLowSurrogate(c)) {
            if (high != 0) {
                print(Character.toCodePoint(high, c));
            }
            high = 0;
        } else if (shown(c)) {
            high = 0;
            print(screen.drawing && c >= '`' && c <= '~' ? DRAWN.charAt(c - '`') : c);
        }
    }

    private void print(int c) {
        screen.print(c);
        screen.last = c;
    }

    // Marks that turn the direction of the text around them have no place on a screen.
    private static boolean shown(char c) {
        return c < '\u007f'
                || c > '\u009f'
                        && !(c >= '\u202a' && c <= '\u202e')
                        && !(c >= '\u2066' && c <= '\u2069')
                        && c != '\u061c'
                        && c != '\ufeff';
    }

    private void control(char c) {
        switch (c) {
            case '\b' -> screen.column(screen.cursorColumn() - 1);
            case '\t' -> tab(1);
            case '\n', '\u000b', '\f' -> {
                screen.lineEnds.run();
                screen.newLine();
            }
            case '\r' -> screen.column(0);
            case '\u000e' -> screen.drawing = screen.secondSet;
            case '\u000f' -> screen.drawing = false;
            case '\u001b' -> {
                place = Place.ESCAPE;
                between = 0;
            }
            default -> {
                // The bell, and what terminals ignore.
            }
        }
    }

    private void tab(int times) {
        screen.column(Tabs.next(screen.tabs, screen.cursorColumn(), times));
    }

    private void tabBack(int times) {
        screen.column(Tabs.previous(screen.tabs, screen.cursorColumn(), times));
    }

    // Control characters act in the middle of a sequence, and some end it.
    private boolean within(char c) {
        if (c == '\u0018' || c == '\u001a') {
            place = Place.TEXT;
        } else if (c < ' ') {
            control(c);
        } else {
            return false;
        }
        return true;
    }

    private void escape(char c) {
        if (within(c)) {
            return;
        }
        switch (c) {
            case '[' -> {
                place = Place.SEQUENCE;
                count = 0;
                mark = 0;
                between = 0;
                Arrays.fill(parameters, 0);
            }
            case ']', 'P', 'X', '^', '_' -> {
                place = Place.STRING;
                kind = c;
                swallowed = 0;
            }
            case '(', ')' -> {
                place = Place.CHARSET;
                between = c;
            }
            default -> {
                if (c < '0') {
                    between = c;
                    return;
                }
                place = Place.TEXT;
                if (between == 0) {
                    single(c);
                }
            }
        }
    }

    private void single(char c) {
        switch (c) {
            case '7' -> screen.save();
            case '8' -> screen.restore();
            case 'D' -> screen.newLine();
            case 'E' -> {
                screen.column(0);
                screen.newLine();
            }
            case 'H' -> screen.tabs[screen.cursorColumn()] = true;
            case 'M' -> screen.reverseLine();
            case 'c' -> {
                screen.reset();
                screen.secondSet = false;
            }
            default -> {
                // Nothing that a picture of the screen shows.
            }
        }
    }

    private void string(char c) {
        if (c == '\u001b') {
            place = Place.STRING_ESCAPE;
            between = 0;
        } else if (c == '\u0007' || c == '\u009c' || c == '\u0018' || c == '\u001a') {
            place = Place.TEXT;
        } else if (++swallowed > LONGEST_STRING) {
            place = Place.TEXT;
        } else if ((c == '\n' || c == '\r') && kind != 'P') {
            // Its end is missing, and the lines that follow are meant to be seen.
            place = Place.TEXT;
            control(c);
        }
    }

    private void sequence(char c) {
        if (within(c)) {
            return;
        }
        if (c >= '0' && c <= '9') {
            count = Math.max(count, 1);
            if (count <= MOST_PARAMETERS) {
                parameters[count - 1] = Math.min(parameters[count - 1] * 10 + (c - '0'), LARGEST);
            }
        } else if (c == ';' || c == ':') {
            count = Math.min(Math.max(count, 1) + 1, MOST_PARAMETERS + 1);
        } else if (c >= '<' && c <= '?') {
            mark = c;
        } else if (c < '@') {
            between = c;
        } else {
            place = Place.TEXT;
            count = Math.min(count, MOST_PARAMETERS);
            if (between == '!' && c == 'p') {
                screen.softReset();
            } else if (between == 0 && c < '\u007f') {
                if (mark == '?') {
                    marked(c);
                } else if (mark == 0) {
                    usual(c);
                }
            }
        }
    }

    // What is left out or 0 means this.
    private int parameter(int index, int otherwise) {
        return index < count && parameters[index] != 0 ? parameters[index] : otherwise;
    }

    private void usual(char c) {
        int n = parameter(0, 1);
        int most = screen.columns - screen.cursorColumn();
        switch (c) {
            case '@' -> screen.lines[screen.y].insert(screen.cursorColumn(), Math.min(n, most), screen.blankStyle());
            case 'A' -> screen.up(n);
            case 'B', 'e' -> screen.down(n);
            case 'C', 'a' -> screen.column(screen.cursorColumn() + n);
            case 'D' -> screen.column(screen.cursorColumn() - n);
            case 'E' -> {
                screen.down(n);
                screen.column(0);
            }
            case 'F' -> {
                screen.up(n);
                screen.column(0);
            }
            case 'G', '`' -> screen.column(n - 1);
            case 'H', 'f' -> screen.place(parameter(1, 1) - 1, n - 1);
            case 'I' -> tab(n);
            case 'J' -> eraseScreen(parameter(0, 0));
            case 'K' -> eraseLine(parameter(0, 0));
            case 'L' -> screen.insertLines(n);
            case 'M' -> screen.deleteLines(n);
            case 'P' -> screen.lines[screen.y].delete(screen.cursorColumn(), Math.min(n, most), screen.blankStyle());
            case 'S' -> screen.scrollUp(n);
            case 'T' -> screen.scrollDown(n);
            case 'X' -> {
                int x = screen.cursorColumn();
                screen.lines[screen.y].erase(x, x + Math.min(n, most), screen.blankStyle());
            }
            case 'Z' -> tabBack(n);
            case 'b' -> repeat(Math.min(n, screen.columns));
            case 'd' -> screen.place(screen.cursorColumn(), n - 1);
            case 'g' -> clearTabs(parameter(0, 0));
            case 'h', 'l' -> {
                if (parameter(0, 0) == 4) {
                    screen.insert = c == 'h';
                }
            }
            case 'm' -> screen.style = Style.sgr(screen.style, parameters, count);
            case 'r' -> screen.region(n - 1, Math.min(parameter(1, screen.rows), screen.rows) - 1);
            case 's' -> screen.save();
            case 'u' -> screen.restore();
            default -> {
                // Questions to the terminal, and what no picture shows.
            }
        }
    }

    private void repeat(int times) {
        for (int i = 0; i < times && screen.last != 0; i++) {
            screen.print(screen.last);
        }
    }

    private void clearTabs(int what) {
        if (what == 3) {
            screen.tabs = new boolean[screen.columns];
        } else if (what == 0) {
            screen.tabs[screen.cursorColumn()] = false;
        }
    }

    private void eraseScreen(int what) {
        int y = screen.y;
        switch (what) {
            case 0 -> {
                if (y == 0 && screen.cursorColumn() == 0) {
                    screen.clear();
                } else {
                    eraseLine(0);
                    screen.eraseLines(y + 1, screen.rows);
                }
            }
            case 1 -> {
                eraseLine(1);
                screen.eraseLines(0, y);
            }
            case 2 -> screen.clear();
            default -> {
                // What has scrolled out is not part of the screen.
            }
        }
    }

    private void eraseLine(int what) {
        int x = screen.cursorColumn();
        if (what <= 2) {
            screen.lines[screen.y].erase(what == 0 ? x : 0, what == 1 ? x + 1 : screen.columns, screen.blankStyle());
        }
        screen.full = false;
    }

    private void marked(char c) {
        if (c == 'J') {
            eraseScreen(parameter(0, 0));
        } else if (c == 'K') {
            eraseLine(parameter(0, 0));
        } else if (c == 'h' || c == 'l') {
            for (int i = 0; i < count; i++) {
                mode(parameters[i], c == 'h');
            }
        }
    }

    private void mode(int which, boolean on) {
        switch (which) {
            case 6 -> {
                screen.origin = on;
                screen.place(0, 0);
            }
            case 7 -> screen.wrap = on;
            case 25 -> screen.cursorShown = on;
            case 47, 1047 -> screen.alternate(on);
            case 1048 -> {
                if (on) {
                    screen.save();
                } else {
                    screen.restore();
                }
            }
            case 1049 -> {
                if (on) {
                    screen.save();
                }
                boolean was = screen.alternate;
                screen.alternate(on);
                if (!on && was) {
                    screen.restore();
                }
            }
            default -> {
                // The mouse, pastes and keys: nothing to see.
            }
        }
    }
}
