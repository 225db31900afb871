package dev.corral.console.table;

import dev.corral.console.shared.Formats;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * A size with a bar that compares it with the largest one. Its parts are laid out here and not by the cell, so that a new size
 * does not have the whole table laid out again. For the FX thread.
 */
public final class SizeDisplay {
    private static final double BAR_PX = 34;
    private static final double BAR_HIGH_PX = 6;
    private static final double WIDTH_PX = 96;
    private static final double HIGH_PX = 20;

    private final IndexedCell<?> cell;
    private final Label number = new Label();
    private final Region track = new Region();
    private final Region fill = new Region();
    private final Pane box = new Pane(track, fill, number);
    private final Tooltip tooltip = new Tooltip();
    private String colour = "";

    /** @param cell where it is shown */
    public SizeDisplay(IndexedCell<?> cell) {
        this.cell = cell;
        cell.getStyleClass().add("size-cell");
        cell.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        box.setMinSize(WIDTH_PX, HIGH_PX);
        box.setPrefSize(WIDTH_PX, HIGH_PX);
        box.setMaxSize(WIDTH_PX, HIGH_PX);
        box.getChildren().forEach(part -> part.setManaged(false));
        track.getStyleClass().add("size-track");
        fill.getStyleClass().add("size-fill");
        track.resizeRelocate(0, (HIGH_PX - BAR_HIGH_PX) / 2, BAR_PX, BAR_HIGH_PX);
        number.setAlignment(Pos.CENTER_RIGHT);
        number.resizeRelocate(BAR_PX, 0, WIDTH_PX - BAR_PX, HIGH_PX);
    }

    /** Shows nothing. */
    public void clear() {
        cell.setGraphic(null);
        cell.setTooltip(null);
    }

    /** Shows a number only; nothing for 0, a dash for what is not known, which is negative. */
    public void number(long bytes) {
        String text = bytes == 0 ? "" : Formats.bytes(bytes);
        if (!text.equals(number.getText())) {
            number.setText(text);
        }
        track.setVisible(false);
        fill.setVisible(false);
        cell.setTooltip(null);
        cell.setGraphic(box);
    }

    /**
     * Shows a number, a bar and a tooltip.
     *
     * @param bytes      the size; negative when it is not known
     * @param share      its share of the largest one, 0 to 1; no bar for 0
     * @param styleClass gives the bar its colour
     * @param tip        the tooltip
     */
    public void bar(long bytes, double share, String styleClass, String tip) {
        number(bytes);
        track.setVisible(share > 0);
        fill.setVisible(share > 0);
        fill.resizeRelocate(0, (HIGH_PX - BAR_HIGH_PX) / 2, Math.max(1, Math.round(share * BAR_PX)), BAR_HIGH_PX);
        if (!styleClass.equals(colour)) {
            fill.getStyleClass().remove(colour);
            fill.getStyleClass().add(styleClass);
            colour = styleClass;
        }
        tooltip.setText(tip);
        cell.setTooltip(tooltip);
    }
}
