package dev.corral.console.terminal;

import javafx.scene.text.Font;

/** The terminal's type. */
public final class TerminalFonts {
    static final double DEFAULT_SIZE = 13;
    static final double SMALLEST = 7;
    static final double LARGEST = 40;
    /** The logical family falls back to other fonts glyph by glyph; a named one draws wrong letters for symbols. */
    private static final String FALLBACK = "Monospaced";

    private static final String FAMILY = Font.getFamilies().contains("JetBrains Mono") ? "JetBrains Mono" : FALLBACK;

    private TerminalFonts() {}

    /** It in this size, kept within what can be read. */
    public static Font of(double size) {
        return Font.font(FAMILY, Math.clamp(size, SMALLEST, LARGEST));
    }
}
