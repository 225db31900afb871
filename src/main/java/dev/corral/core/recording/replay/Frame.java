package dev.corral.core.recording.replay;

import dev.corral.core.recording.screen.Row;
import dev.corral.core.recording.screen.Screen;
import java.util.ArrayList;
import java.util.List;

/**
 * The screen at one moment, for whoever draws it. Nothing in it changes.
 *
 * @param micros      the time of the event shown last, in microseconds
 * @param columns     its width in cells
 * @param rows        its height
 * @param lines       its lines from the top
 * @param cursorX     the cursor's column; -1 while it is not shown
 * @param cursorY     the cursor's line
 */
public record Frame(long micros, int columns, int rows, List<Row> lines, int cursorX, int cursorY) {
    static Frame of(long micros, Screen screen) {
        List<Row> lines = new ArrayList<>(screen.rows());
        for (int y = 0; y < screen.rows(); y++) {
            lines.add(screen.row(y).copy());
        }
        return new Frame(
                micros,
                screen.columns(),
                screen.rows(),
                List.copyOf(lines),
                screen.cursorShown() ? screen.cursorColumn() : -1,
                screen.cursorRow());
    }

    /** The lines as text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Row line : lines) {
            text.append(line.text().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }
}
