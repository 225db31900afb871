package dev.corral.core.recording.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a terminal shows: lines of cells, a cursor, and what the next character depends on. It is told by a {@link ScreenParser}. Not
 * thread-safe.
 */
public final class Screen {
    int columns;
    int rows;
    Row[] lines;
    /** The usual lines while the others are shown. */
    Row[] usual;

    boolean alternate;
    int x;
    int y;
    /** Whether the last column was just written: the next character begins a new line. */
    boolean full;

    int top;
    int bottom;
    long style;
    boolean wrap = true;
    boolean insert;
    boolean origin;
    boolean cursorShown = true;
    boolean drawing;
    /** Whether the second set of characters is the one of lines. */
    boolean secondSet;
    /** The character printed last, which may be told to repeat. */
    int last;

    boolean[] tabs;
    Saved saved = new Saved(0, 0, Style.PLAIN, false, false);
    Saved savedUsual = saved;
    Runnable lineEnds = () -> {};
    private Consumer<Row> scrolledOut = row -> {};
    private long now;

    /** What saving the cursor keeps. */
    record Saved(int x, int y, long style, boolean origin, boolean drawing) {}

    /** An empty one of this size, which is kept within 1 and what {@link dev.corral.core.recording.CastHeader} allows. */
    public Screen(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        lines = Row.blank(columns, rows);
        usual = lines;
        bottom = rows - 1;
        tabs = Tabs.usual(columns);
    }

    /** What is written from now on is of this moment. */
    public void now(long micros) {
        now = micros;
    }

    /** Tells each time that the cursor is about to leave a line for the next one. */
    public void whenLineEnds(Runnable told) {
        lineEnds = told;
    }

    /** Tells of each line that leaves the usual screen, at its top or because it is cleared. */
    public void whenScrolledOut(Consumer<Row> told) {
        scrolledOut = told;
    }

    /** Its width in cells. */
    public int columns() {
        return columns;
    }

    /** Its height. */
    public int rows() {
        return rows;
    }

    /** A line of what is shown, from 0. */
    public Row row(int number) {
        return lines[number];
    }

    /** The cursor's column, from 0. */
    public int cursorColumn() {
        return Math.min(x, columns - 1);
    }

    /** The cursor's line, from 0. */
    public int cursorRow() {
        return y;
    }

    /** Whether the cursor is shown. */
    public boolean cursorShown() {
        return cursorShown;
    }

    /** Whether a program shows a screen of its own. */
    public boolean alternate() {
        return alternate;
    }

    /** The lines as text, without empty ones at the end. */
    public List<String> text() {
        List<String> text = new ArrayList<>();
        for (Row row : lines) {
            text.add(row.text());
        }
        while (!text.isEmpty() && text.getLast().isBlank()) {
            text.removeLast();
        }
        return text;
    }

    /** The line that the cursor is in, with those before it that it goes on from, without blanks at the end. */
    public String lineAtCursor() {
        int first = y;
        while (first > 0 && lines[first - 1].wrapped) {
            first--;
        }
        StringBuilder text = new StringBuilder();
        for (int i = first; i <= y; i++) {
            text.append(lines[i].text());
        }
        return text.toString();
    }

    /** The lines that changed since the last time it was asked, from the top. */
    public List<Row> changed() {
        List<Row> changed = new ArrayList<>();
        for (Row row : lines) {
            if (row.changed) {
                row.changed = false;
                changed.add(row);
            }
        }
        return changed;
    }

    /** Gives it another size; what is above the cursor leaves at the top when it gets lower. */
    public void resize(int newColumns, int newRows) {
        int out = Math.max(0, Math.min(y - newRows + 1, rows));
        for (int i = 0; i < out && !alternate; i++) {
            scrolledOut.accept(lines[i]);
        }
        boolean same = usual == lines;
        lines = Row.resized(lines, out, newColumns, newRows);
        usual = same ? lines : Row.resized(usual, 0, newColumns, newRows);
        columns = newColumns;
        rows = newRows;
        y = Math.clamp((long) y - out, 0, rows - 1);
        x = Math.min(x, columns - 1);
        full = false;
        top = 0;
        bottom = rows - 1;
        tabs = Tabs.usual(columns);
    }

    /** All as in the beginning. */
    void reset() {
        alternate = false;
        lines = Row.blank(columns, rows);
        usual = lines;
        x = 0;
        y = 0;
        full = false;
        top = 0;
        bottom = rows - 1;
        tabs = Tabs.usual(columns);
        softReset();
        style = Style.PLAIN;
    }

    void softReset() {
        style = Style.PLAIN;
        wrap = true;
        insert = false;
        origin = false;
        cursorShown = true;
        drawing = false;
        top = 0;
        bottom = rows - 1;
        saved = new Saved(0, 0, Style.PLAIN, false, false);
    }

    void print(int c) {
        int width = CharWidth.of(c);
        if (width == 0 || width > columns) {
            return;
        }
        if (full && wrap) {
            lines[y].wrapped = true;
            newLine();
            x = 0;
        }
        full = false;
        if (x + width > columns) {
            if (wrap) {
                lines[y].wrapped = true;
                newLine();
                x = 0;
            } else {
                x = columns - width;
            }
        }
        Row row = lines[y];
        if (insert) {
            row.insert(x, Math.min(width, columns - x), style);
        }
        mend(row, x);
        mend(row, x + width);
        row.cells[x] = c;
        row.styles[x] = style;
        if (width == 2) {
            row.cells[x + 1] = Row.TAIL;
            row.styles[x + 1] = style;
        }
        if (row.at < 0) {
            row.at = now;
        }
        row.changed = true;
        x += width;
        if (x >= columns) {
            x = columns - 1;
            full = true;
        }
    }

    // Half of a wide character is none.
    private void mend(Row row, int at) {
        if (at > 0 && at < columns && row.cells[at] == Row.TAIL) {
            row.cells[at] = ' ';
            row.cells[at - 1] = ' ';
        }
    }

    void newLine() {
        full = false;
        if (y == bottom) {
            scrollUp(1);
        } else if (y < rows - 1) {
            y++;
        }
    }

    void reverseLine() {
        full = false;
        if (y == top) {
            scrollDown(1);
        } else if (y > 0) {
            y--;
        }
    }

    void scrollUp(int count) {
        move(top, bottom, Math.min(count, bottom - top + 1), top == 0 && !alternate);
    }

    void scrollDown(int count) {
        moveDown(top, bottom, Math.min(count, bottom - top + 1));
    }

    private void move(int first, int last, int count, boolean kept) {
        for (int i = 0; i < count; i++) {
            Row out = lines[first];
            if (kept) {
                scrolledOut.accept(out);
            }
            System.arraycopy(lines, first + 1, lines, first, last - first);
            lines[last] = fresh();
        }
    }

    private void moveDown(int first, int last, int count) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(lines, first, lines, first + 1, last - first);
            lines[first] = fresh();
        }
    }

    private Row fresh() {
        Row row = new Row(columns);
        if (blankStyle() != Style.PLAIN) {
            row.erase(0, columns, blankStyle());
        }
        return row;
    }

    /** How blanks look that come in now: the background stays. */
    long blankStyle() {
        return Style.background(Style.PLAIN, Style.background(style));
    }

    void insertLines(int count) {
        if (y >= top && y <= bottom) {
            moveDown(y, bottom, Math.min(count, bottom - y + 1));
            x = 0;
            full = false;
        }
    }

    void deleteLines(int count) {
        if (y >= top && y <= bottom) {
            move(y, bottom, Math.min(count, bottom - y + 1), false);
            x = 0;
            full = false;
        }
    }

    void place(int column, int line) {
        int first = origin ? top : 0;
        int last = origin ? bottom : rows - 1;
        x = Math.clamp(column, 0, columns - 1);
        y = Math.clamp((long) line + first, first, last);
        full = false;
    }

    void up(int count) {
        y = Math.max(y - count, y >= top ? top : 0);
        full = false;
    }

    void down(int count) {
        y = Math.min(y + count, y <= bottom ? bottom : rows - 1);
        full = false;
    }

    void column(int to) {
        x = Math.clamp(to, 0, columns - 1);
        full = false;
    }

    /** All lines are blank; what they showed leaves the screen as if it had scrolled out. */
    void clear() {
        int used = alternate ? 0 : rows;
        while (used > 0 && lines[used - 1].used() == 0) {
            used--;
        }
        for (int i = 0; i < used; i++) {
            scrolledOut.accept(lines[i]);
            lines[i] = new Row(columns);
        }
        eraseLines(0, rows);
    }

    void eraseLines(int from, int to) {
        for (int i = from; i < to; i++) {
            lines[i].erase(0, columns, blankStyle());
        }
    }

    void region(int first, int last) {
        if (first < last && last < rows) {
            top = first;
            bottom = last;
            place(0, 0);
        }
    }

    void save() {
        saved = new Saved(x, y, style, origin, drawing);
    }

    void restore() {
        x = Math.min(saved.x, columns - 1);
        y = Math.min(saved.y, rows - 1);
        style = saved.style;
        origin = saved.origin;
        drawing = saved.drawing;
        full = false;
    }

    /** Shows the other lines, which are empty then, or the usual ones again. */
    void alternate(boolean on) {
        if (on == alternate) {
            return;
        }
        alternate = on;
        if (on) {
            savedUsual = saved;
            usual = lines;
            lines = Row.blank(columns, rows);
        } else {
            lines = usual;
            saved = savedUsual;
            for (Row row : lines) {
                row.changed = true;
            }
        }
        full = false;
    }
}
