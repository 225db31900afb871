package dev.corral.cli.recording;

import dev.corral.core.recording.replay.Frame;
import dev.corral.core.recording.screen.Row;
import dev.corral.core.recording.screen.Style;

/**
 * A screen of a recording as what draws it in a terminal: our own sequences and characters of text, never those of the recording, which
 * may come from anybody. Lines that are as before are not drawn again. Not thread-safe.
 */
final class FrameText {
    private static final String CSI = "\u001b[";

    private String[] drawn = new String[0];

    /** Everything is drawn the next time. */
    void forget() {
        drawn = new String[0];
    }

    /**
     * What shows the frame in the upper left corner, as far as there is room, and a line below.
     *
     * @param columns the terminal's width
     * @param rows    its height
     * @param below   the line at the bottom
     */
    String draw(Frame frame, int columns, int rows, String below) {
        if (drawn.length != rows) {
            drawn = new String[rows];
        }
        StringBuilder out = new StringBuilder(CSI + "?25l");
        for (int y = 0; y < rows; y++) {
            String line = y == rows - 1
                    ? CSI + "0;7m" + below + " ".repeat(Math.max(0, columns - below.length())) + CSI + "0m"
                    : y < frame.rows() ? line(frame.lines().get(y), columns) : "";
            if (!line.equals(drawn[y])) {
                drawn[y] = line;
                out.append(CSI)
                        .append(y + 1)
                        .append(";1H")
                        .append(line)
                        .append(CSI)
                        .append("0m")
                        .append(CSI)
                        .append('K');
            }
        }
        if (frame.cursorX() >= 0 && frame.cursorY() < rows - 1 && frame.cursorX() < columns) {
            out.append(CSI)
                    .append(frame.cursorY() + 1)
                    .append(';')
                    .append(frame.cursorX() + 1)
                    .append('H');
            out.append(CSI).append("?25h");
        }
        return out.toString();
    }

    private static String line(Row row, int columns) {
        StringBuilder out = new StringBuilder();
        long style = Style.PLAIN;
        int used = Math.min(columns, row.columns());
        while (used > 0 && row.cell(used - 1) == ' ' && row.style(used - 1) == Style.PLAIN) {
            used--;
        }
        for (int x = 0; x < used; x++) {
            if (row.style(x) != style) {
                style = row.style(x);
                out.append(sgr(style));
            }
            // The right half of a wide character is drawn with its left one.
            if (row.cell(x) != 0) {
                out.appendCodePoint(Style.has(style, Style.HIDDEN) ? ' ' : row.cell(x));
            }
        }
        return out.toString();
    }

    private static String sgr(long style) {
        StringBuilder out = new StringBuilder(CSI + "0");
        int[][] attributes = {
            {Style.BOLD, 1},
            {Style.DIM, 2},
            {Style.ITALIC, 3},
            {Style.UNDERLINED, 4},
            {Style.INVERSE, 7},
            {Style.STRUCK, 9}
        };
        for (int[] attribute : attributes) {
            if (Style.has(style, attribute[0])) {
                out.append(';').append(attribute[1]);
            }
        }
        colour(out, 38, Style.foreground(style));
        colour(out, 48, Style.background(style));
        return out.append('m').toString();
    }

    private static void colour(StringBuilder out, int kind, int colour) {
        if ((colour & Style.EXACT) != 0) {
            out.append(';')
                    .append(kind)
                    .append(";2;")
                    .append(colour >> 16 & 255)
                    .append(';');
            out.append(colour >> 8 & 255).append(';').append(colour & 255);
        } else if (colour != Style.USUAL) {
            out.append(';').append(kind).append(";5;").append(colour - 1);
        }
    }
}
