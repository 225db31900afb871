package dev.corral.core.recording.replay;

import dev.corral.core.recording.screen.Screen;
import dev.corral.core.recording.screen.ScreenParser;
import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal that was shown this had in its lines, in the way in which {@link CommandWalk} reads a command's output off a
 * recording. Pure.
 *
 * @param lines the lines, as each was when the cursor left it
 * @param cut   whether there were more than are kept
 */
public record ScreenLines(List<String> lines, boolean cut) {
    /** Copies the lines. */
    public ScreenLines {
        lines = List.copyOf(lines);
    }

    /** Shows a text to an empty terminal of this size; at most {@link CommandWalk#MOST_LINES} lines are kept. */
    public static ScreenLines of(String text, int columns, int rows) {
        Screen screen = new Screen(columns, rows);
        List<String> lines = new ArrayList<>();
        boolean[] cut = new boolean[1];
        screen.whenLineEnds(() -> {
            if (!screen.alternate()) {
                cut[0] |= !add(lines, screen.lineAtCursor());
            }
        });
        new ScreenParser(screen).take(text);
        if (!screen.alternate() && !screen.lineAtCursor().isBlank()) {
            cut[0] |= !add(lines, screen.lineAtCursor());
        }
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        return new ScreenLines(lines, cut[0]);
    }

    private static boolean add(List<String> lines, String line) {
        if (line.isEmpty() && lines.isEmpty()) {
            return true;
        }
        return lines.size() < CommandWalk.MOST_LINES && lines.add(CommandWalk.kept(line));
    }
}
