package dev.corral.console.table;

import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;

/** Shows one text in a cell, and the whole of it in a tooltip when it may be cut off. For the FX thread. */
public final class TextDisplay {
    private static final int SHORT = 12;
    private static final double TIP_PX = 520;

    private final Labeled cell;
    private final Tooltip tooltip = new Tooltip();

    /**
     * @param cell         where it is shown
     * @param styleClasses the cell's style classes
     */
    public TextDisplay(Labeled cell, String... styleClasses) {
        this.cell = cell;
        cell.getStyleClass().addAll(styleClasses);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(TIP_PX);
    }

    /** Shows a text. */
    public void show(String text) {
        if (!text.equals(cell.getText())) {
            cell.setText(text);
        }
        tooltip.setText(text);
        cell.setTooltip(text.length() > SHORT ? tooltip : null);
    }
}
