package dev.corral.console.terminal;

import java.util.List;
import javafx.scene.paint.Color;

/**
 * The colours of a terminal. Text keeps its place in the palette, so that a change of theme recolours what is already
 * on the screen.
 *
 * @param background          behind everything
 * @param foreground          plain text
 * @param selectionBackground behind selected text
 * @param foundBackground     behind what the find bar found
 * @param ansi                the 16 ANSI colours of text: black, red, green, yellow, blue, magenta, cyan, white, then bright
 * @param ansiBackgrounds     the same 16 behind text; with them even text that a program puts on them reads well
 */
public record TerminalTheme(
        Color background,
        Color foreground,
        Color selectionBackground,
        Color foundBackground,
        List<Color> ansi,
        List<Color> ansiBackgrounds) {
    private static final List<Color> ON_BLACK = colors(
            "#2b323d", "#f0616d", "#46c586", "#f2b34b", "#5aa9ff", "#c48bff", "#4cc9d4", "#c7cedb", "#7c8798",
            "#ff8790", "#7be0ad", "#ffcf7d", "#8cc4ff", "#dab5ff", "#83e3eb", "#ffffff");
    /** Programs put white text on red, blue and magenta, and black text on green, yellow and cyan. */
    private static final List<Color> SHADES = colors(
            "#2b323d", "#a8323f", "#46c586", "#f2b34b", "#2b64a8", "#7b45b3", "#4cc9d4", "#c7cedb", "#4a5361",
            "#c2404e", "#7be0ad", "#ffcf7d", "#3a7cc9", "#935bcf", "#83e3eb", "#ffffff");

    private static final List<Color> ON_WHITE = colors(
            "#1f242d", "#c4283a", "#13794a", "#8a5a00", "#1f63c4", "#7b3fc4", "#0b7480", "#5b6573", "#4a5361",
            "#a81b2c", "#0d6139", "#704800", "#154c9c", "#622da3", "#085a63", "#0c0f13");
    private static final List<Color> TINTS = colors(
            "#e6e9ee", "#f9c9ce", "#bfe8d1", "#f6e0ab", "#c6defb", "#e3d0f8", "#bfe6ea", "#d5dae2", "#ccd2db",
            "#f5aeb6", "#9fdcba", "#f0cf80", "#a6cbf8", "#d3b5f3", "#9bd8de", "#f3f5f8");

    /** Light text on near black. */
    public static final TerminalTheme DARK = new TerminalTheme(
            Color.web("#0c0f13"), Color.web("#dde2ea"), Color.web("#28456b"), Color.web("#6b5410"), ON_BLACK, SHADES);

    /** Dark text on white, each ANSI colour dark enough to read there. */
    public static final TerminalTheme LIGHT = new TerminalTheme(
            Color.web("#ffffff"), Color.web("#1f242d"), Color.web("#bcd8fb"), Color.web("#ffe08a"), ON_WHITE, TINTS);

    public TerminalTheme {
        ansi = List.copyOf(ansi);
        ansiBackgrounds = List.copyOf(ansiBackgrounds);
        if (ansi.size() != 16 || ansiBackgrounds.size() != 16) {
            throw new IllegalArgumentException("16 colours, not " + ansi.size() + " and " + ansiBackgrounds.size());
        }
    }

    private static List<Color> colors(String... webColors) {
        return List.of(webColors).stream().map(Color::web).toList();
    }
}
