package dev.corral.console.table;

import java.util.List;
import java.util.Set;
import javafx.scene.control.TableColumnBase;

/**
 * How the width of a list is shared: one column takes what the others leave; those that the details repeat go when it becomes
 * narrow, the least important first.
 *
 * @param flexible the column that takes what is left
 * @param wanted   its width before another column goes, in pixels
 * @param least    its width in the narrowest window, in pixels
 * @param always   columns that stay
 * @param ranked   the others, the most important first; those that stay may be among them
 */
public record ColumnRoom(
        TableColumnBase<?, ?> flexible,
        double wanted,
        double least,
        Set<? extends TableColumnBase<?, ?>> always,
        List<? extends TableColumnBase<?, ?>> ranked) {
    private static final double SCROLL_BAR_PX = 16;

    /** Shares a width. */
    public void fit(double width) {
        double room = width - SCROLL_BAR_PX - wanted;
        for (TableColumnBase<?, ?> column : always) {
            room -= ranked.contains(column) ? 0 : column.getWidth();
        }
        boolean full = false;
        for (TableColumnBase<?, ?> column : ranked) {
            room -= column.getWidth();
            full |= room < 0 && !always.contains(column);
            column.setVisible(always.contains(column) || !full);
        }
        double others = always.stream()
                .filter(column -> !ranked.contains(column))
                .mapToDouble(TableColumnBase::getWidth)
                .sum();
        for (TableColumnBase<?, ?> column : ranked) {
            others += column.isVisible() ? column.getWidth() : 0;
        }
        flexible.setPrefWidth(Math.max(least, width - SCROLL_BAR_PX - others));
    }
}
