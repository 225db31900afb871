package dev.corral.console.terminal;

import com.techsenger.jeditermfx.core.Color;
import com.techsenger.jeditermfx.core.HyperlinkStyle;
import com.techsenger.jeditermfx.core.TerminalColor;
import com.techsenger.jeditermfx.core.TextStyle;
import com.techsenger.jeditermfx.core.emulator.ColorPalette;
import com.techsenger.jeditermfx.core.model.TerminalTypeAheadSettings;
import com.techsenger.jeditermfx.ui.settings.DefaultSettingsProvider;
import javafx.scene.text.Font;

/** What the emulator asks while it draws; theme and size change under it. */
final class TerminalSettings extends DefaultSettingsProvider {
    private final int scrollback;
    private final ColorPalette palette = new ThemePalette();
    private volatile TerminalTheme theme;
    private volatile double fontSize = TerminalFonts.DEFAULT_SIZE;

    TerminalSettings(TerminalTheme theme, int scrollback) {
        this.theme = theme;
        this.scrollback = scrollback;
    }

    void setTheme(TerminalTheme value) {
        theme = value;
    }

    void setFontSize(double value) {
        fontSize = value;
    }

    @Override
    public Font getTerminalFont() {
        return TerminalFonts.of(fontSize);
    }

    @Override
    public float getTerminalFontSize() {
        return (float) fontSize;
    }

    @Override
    public TerminalColor getDefaultForeground() {
        return new TerminalColor(() -> color(theme.foreground()));
    }

    @Override
    public TerminalColor getDefaultBackground() {
        return new TerminalColor(() -> color(theme.background()));
    }

    @Override
    public ColorPalette getTerminalColorPalette() {
        return palette;
    }

    @Override
    public TextStyle getSelectionColor() {
        return new TextStyle(null, new TerminalColor(() -> color(theme.selectionBackground())));
    }

    @Override
    public TextStyle getFoundPatternColor() {
        return new TextStyle(null, new TerminalColor(() -> color(theme.foundBackground())));
    }

    @Override
    public boolean useInverseSelectionColor() {
        return false;
    }

    @Override
    public HyperlinkStyle.HighlightMode getHyperlinkHighlightingMode() {
        return HyperlinkStyle.HighlightMode.HOVER_WITH_ORIGINAL_COLOR;
    }

    @Override
    public int getBufferMaxLinesCount() {
        return scrollback;
    }

    /** Never: a blinking cursor would keep an idle window drawing. */
    @Override
    public int caretBlinkingMs() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean audibleBell() {
        return false;
    }

    /** The wheel is handled by us, see {@link WheelInput}. */
    @Override
    public boolean sendArrowKeysInAlternativeMode() {
        return false;
    }

    /** Guessed characters show things that the guest never printed. */
    @Override
    public TerminalTypeAheadSettings getTypeAheadSettings() {
        return new TerminalTypeAheadSettings(false, Long.MAX_VALUE, TextStyle.EMPTY);
    }

    static Color color(javafx.scene.paint.Color color) {
        return new Color((int) Math.round(color.getRed() * 255), (int) Math.round(color.getGreen() * 255), (int)
                Math.round(color.getBlue() * 255));
    }

    private final class ThemePalette extends ColorPalette {
        @Override
        protected Color getForegroundByColorIndex(int index) {
            return color(theme.ansi().get(index));
        }

        @Override
        protected Color getBackgroundByColorIndex(int index) {
            return color(theme.ansiBackgrounds().get(index));
        }
    }
}
