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
 * @param ansi                the 16 ANSI colours: black, red, green, yellow, blue, magenta, cyan, white, then bright
 */
public record TerminalTheme(Color background, Color foreground, Color selectionBackground, Color foundBackground,
                            List<Color> ansi) {
    /** Light text on near black. */
    public static final TerminalTheme DARK = new TerminalTheme(Color.web("#0c0f13"), Color.web("#dde2ea"), Color.web("#28456b"),
            Color.web("#6b5410"), colors("#2b323d", "#f0616d", "#46c586", "#f2b34b", "#5aa9ff", "#c48bff", "#4cc9d4", "#c7cedb",
            "#6b7686", "#ff8790", "#7be0ad", "#ffcf7d", "#8cc4ff", "#dab5ff", "#83e3eb", "#ffffff"));

    /** Dark text on white, each ANSI colour dark enough to read there. */
    public static final TerminalTheme LIGHT = new TerminalTheme(Color.web("#ffffff"), Color.web("#1f242d"), Color.web("#bcd8fb"),
            Color.web("#ffe08a"), colors("#1f242d", "#c4283a", "#13794a", "#8a5a00", "#1f63c4", "#7b3fc4", "#0b7480", "#5b6573",
            "#4a5361", "#a81b2c", "#0d6139", "#704800", "#154c9c", "#622da3", "#085a63", "#0c0f13"));

    public TerminalTheme {
        ansi = List.copyOf(ansi);
        if (ansi.size() != 16) {
            throw new IllegalArgumentException("16 colours, not " + ansi.size());
        }
    }

    private static List<Color> colors(String... webColors) {
        return List.of(webColors).stream().map(Color::web).toList();
    }
}
