package dev.corral.console.replay;

import dev.corral.console.terminal.TerminalFonts;
import dev.corral.console.terminal.TerminalTheme;
import dev.corral.core.recording.replay.Frame;
import dev.corral.core.recording.screen.Row;
import dev.corral.core.recording.screen.Style;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontPosture;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/** Draws a screen of a recording as large as there is room for all of it. For the FX thread. */
final class ScreenCanvas extends Region {
    private static final double LARGEST = 16;
    private static final double SMALLEST = 4;
    private static final double MEASURED = 100;
    private static final double INSET = 8;
    private static final double FAINT = 0.6;

    private final Canvas canvas = new Canvas();
    private final double widthOfOne;
    private final double heightOfOne;
    private TerminalTheme theme;
    private @Nullable Frame frame;

    ScreenCanvas(TerminalTheme theme) {
        this.theme = theme;
        Text measured = new Text("M".repeat(100));
        measured.setFont(TerminalFonts.of(MEASURED));
        widthOfOne =
                measured.getLayoutBounds().getWidth() / 100 / measured.getFont().getSize();
        heightOfOne =
                measured.getLayoutBounds().getHeight() / measured.getFont().getSize();
        setId("replay-screen");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setAccessibleText("What the recorded terminal showed");
        setMinSize(0, 0);
        getChildren().add(canvas);
    }

    void setTheme(TerminalTheme now) {
        theme = now;
        draw();
    }

    void show(Frame now) {
        frame = now;
        draw();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        draw();
    }

    private void draw() {
        GraphicsContext on = canvas.getGraphicsContext2D();
        on.setFill(theme.background());
        on.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        if (frame == null || canvas.getWidth() < 2 * INSET || canvas.getHeight() < 2 * INSET) {
            return;
        }
        double size = Math.clamp(
                Math.min(
                        (canvas.getWidth() - 2 * INSET) / frame.columns() / widthOfOne,
                        (canvas.getHeight() - 2 * INSET) / frame.rows() / heightOfOne),
                SMALLEST,
                LARGEST);
        new Drawing(on, size, frame).all();
    }

    private final class Drawing {
        private final GraphicsContext on;
        private final double width;
        private final double height;
        private final Frame shown;
        private final Font plain;
        private final Font bold;
        private final Font italic;

        Drawing(GraphicsContext on, double size, Frame shown) {
            this.on = on;
            this.shown = shown;
            plain = Font.font(TerminalFonts.of(size).getFamily(), size);
            bold = Font.font(plain.getFamily(), FontWeight.BOLD, size);
            italic = Font.font(plain.getFamily(), FontPosture.ITALIC, size);
            width = widthOfOne * size;
            height = heightOfOne * size;
            on.setTextBaseline(VPos.TOP);
        }

        void all() {
            for (int y = 0; y < shown.rows(); y++) {
                row(shown.lines().get(y), y);
            }
            if (shown.cursorX() >= 0) {
                on.setStroke(theme.foreground());
                on.strokeRect(x(shown.cursorX()) + 0.5, y(shown.cursorY()) + 0.5, width - 1, height - 1);
            }
        }

        private double x(int column) {
            return INSET + column * width;
        }

        private double y(int row) {
            return INSET + row * height;
        }

        private void row(Row row, int y) {
            int from = 0;
            while (from < row.columns()) {
                int to = from + 1;
                while (to < row.columns()
                        && row.style(to) == row.style(from)
                        && plain(row.cell(to))
                        && plain(row.cell(from))) {
                    to++;
                }
                // The right half of a wide character belongs to its left one.
                while (to < row.columns() && row.cell(to) == 0) {
                    to++;
                }
                run(row, from, to, y);
                from = to;
            }
        }

        // Others may be wider or narrower than a cell, and are put into their places one by one.
        private static boolean plain(int c) {
            return c >= ' ' && c < 0x7f;
        }

        private void run(Row row, int from, int to, int y) {
            long style = row.style(from);
            boolean inverse = Style.has(style, Style.INVERSE);
            Color own = colour(Style.foreground(style), inverse, theme.foreground());
            Color behind = colour(Style.background(style), !inverse, theme.background());
            Color back = inverse ? own : behind;
            Color front = inverse ? behind : own;
            if (inverse || Style.background(style) != Style.USUAL) {
                on.setFill(back);
                on.fillRect(x(from), y(y), (to - from) * width + 0.5, height + 0.5);
            }
            if (Style.has(style, Style.HIDDEN)) {
                return;
            }
            StringBuilder text = new StringBuilder();
            for (int x = from; x < to; x++) {
                if (row.cell(x) != 0) {
                    text.appendCodePoint(row.cell(x));
                }
            }
            if (text.toString().isBlank() && !Style.has(style, Style.UNDERLINED)) {
                return;
            }
            on.setFont(Style.has(style, Style.BOLD) ? bold : Style.has(style, Style.ITALIC) ? italic : plain);
            on.setFill(Style.has(style, Style.DIM) ? front.interpolate(theme.background(), 1 - FAINT) : front);
            on.fillText(text.toString(), x(from), y(y));
            if (Style.has(style, Style.UNDERLINED)) {
                on.fillRect(x(from), y(y + 1) - 1.5, (to - from) * width, 1);
            }
            if (Style.has(style, Style.STRUCK)) {
                on.fillRect(x(from), y(y) + height / 2, (to - from) * width, 1);
            }
        }

        // What is usual is the theme's own: behind text its background, unless the two are exchanged.
        private Color colour(int colour, boolean behind, Color usual) {
            if ((colour & Style.EXACT) != 0) {
                return Color.rgb(colour >> 16 & 255, colour >> 8 & 255, colour & 255);
            }
            return colour == Style.USUAL ? usual : indexed(colour - 1, behind);
        }

        private Color indexed(int index, boolean behind) {
            if (index < 16) {
                return (behind ? theme.ansiBackgrounds() : theme.ansi()).get(index);
            }
            if (index >= 232) {
                int grey = 8 + (index - 232) * 10;
                return Color.rgb(grey, grey, grey);
            }
            int cube = index - 16;
            return Color.rgb(step(cube / 36), step(cube / 6 % 6), step(cube % 6));
        }

        private static int step(int sixth) {
            return sixth == 0 ? 0 : 55 + sixth * 40;
        }
    }
}
