package dev.corral.core.recording.screen;

import java.util.Arrays;

/** A line of cells. Not thread-safe. */
public final class Row {
    /** The right half of a wide character. */
    static final int TAIL = 0;

    int[] cells;
    long[] styles;
    /** Whether the next line goes on with what did not fit here. */
    boolean wrapped;
    /** Whether something was written since somebody last looked. */
    boolean changed = true;
    /** When it was first written since it was blank, in microseconds; below 0 if it is blank. */
    long at = -1;

    private boolean noted;

    Row(int columns) {
        cells = new int[columns];
        styles = new long[columns];
        Arrays.fill(cells, ' ');
    }

    Row(Row other) {
        cells = other.cells.clone();
        styles = other.styles.clone();
        wrapped = other.wrapped;
        changed = other.changed;
        at = other.at;
        noted = other.noted;
    }

    static Row[] blank(int columns, int rows) {
        Row[] made = new Row[rows];
        for (int i = 0; i < rows; i++) {
            made[i] = new Row(columns);
        }
        return made;
    }

    /** Those from one on in another size, with blank ones below where there are too few. */
    static Row[] resized(Row[] old, int from, int columns, int rows) {
        Row[] made = blank(columns, rows);
        for (int i = 0; i < rows && from + i < old.length; i++) {
            made[i] = old[from + i];
            made[i].resize(columns);
        }
        return made;
    }

    void resize(int columns) {
        int before = cells.length;
        cells = Arrays.copyOf(cells, columns);
        styles = Arrays.copyOf(styles, columns);
        if (columns > before) {
            Arrays.fill(cells, before, columns, ' ');
        }
        wrapped &= columns >= before;
    }

    void erase(int from, int to, long style) {
        Arrays.fill(cells, from, to, ' ');
        Arrays.fill(styles, from, to, style);
        changed = true;
        if (to == cells.length) {
            wrapped = false;
            if (from == 0) {
                at = -1;
                noted = false;
            }
        }
    }

    /** Moves the cells from a column on by so many to the right; what leaves at the end is gone. */
    void insert(int column, int count, long style) {
        System.arraycopy(cells, column, cells, column + count, cells.length - column - count);
        System.arraycopy(styles, column, styles, column + count, cells.length - column - count);
        erase(column, column + count, style);
    }

    /** Takes so many cells out at a column; blanks come in at the end. */
    void delete(int column, int count, long style) {
        System.arraycopy(cells, column + count, cells, column, cells.length - column - count);
        System.arraycopy(styles, column + count, styles, column, cells.length - column - count);
        erase(cells.length - count, cells.length, style);
    }

    /** Cells. */
    public int columns() {
        return cells.length;
    }

    /** The character in a cell; 0 in the right half of a wide one. */
    public int cell(int column) {
        return cells[column];
    }

    /** How a cell looks, see {@link Style}. */
    public long style(int column) {
        return styles[column];
    }

    /** Whether the next line goes on with what did not fit here. */
    public boolean wrapped() {
        return wrapped;
    }

    /** When it was first written since it was blank, in microseconds; below 0 if it is blank. */
    public long at() {
        return at;
    }

    /** Whether {@link #note} said so since it was blank. */
    public boolean noted() {
        return noted;
    }

    /** Remembers that somebody took note of it, or that it is as new again. */
    public void note(boolean on) {
        noted = on;
    }

    /** Whether something was written since {@link Screen#changed} last told of it. */
    public boolean changed() {
        return changed;
    }

    /** The same line as it is now, for whoever keeps it. */
    public Row copy() {
        return new Row(this);
    }

    /** Columns up to the last one that shows something. */
    int used() {
        int used = cells.length;
        while (used > 0 && cells[used - 1] == ' ' && styles[used - 1] == Style.PLAIN) {
            used--;
        }
        return used;
    }

    /** The characters, without blanks at the end unless the next line goes on. */
    public String text() {
        int end = cells.length;
        while (!wrapped && end > 0 && cells[end - 1] == ' ') {
            end--;
        }
        StringBuilder text = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            if (cells[i] != TAIL) {
                text.appendCodePoint(cells[i]);
            }
        }
        return text.toString();
    }
}
