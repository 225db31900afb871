package dev.corral.console.strays;

import dev.corral.console.shared.Icons;
import java.util.function.BiConsumer;
import javafx.css.PseudoClass;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;

/** The box that is checked for cleaning up; a lock where nothing may be removed. */
final class CheckCell extends LineCell {
    private static final PseudoClass LOCKED = PseudoClass.getPseudoClass("locked");

    private final CheckBox box = new CheckBox();
    private final FontIcon lock = Icons.of(MaterialDesignL.LOCK_OUTLINE, "lock-icon");
    private final Tooltip locked = new Tooltip();

    /** @param toggle is told which line's box was pressed, and whether Shift was held */
    CheckCell(BiConsumer<Line, Boolean> toggle) {
        getStyleClass().add("check-cell");
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        box.setFocusTraversable(false);
        box.setMouseTransparent(true);
        addEventFilter(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.isPrimaryButtonDown()
                    && getGraphic() == box
                    && getTableRow() != null
                    && getTableRow().getItem() != null) {
                toggle.accept(getTableRow().getItem(), event.isShiftDown());
                getTableView().requestFocus();
                event.consume();
            }
        });
    }

    @Override
    void show(Line.@Nullable Content content) {
        if (content == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        switch (content) {
            case Line.Group group -> {
                boolean can = group.most() > 0;
                box.setIndeterminate(group.checks() > 0 && group.checks() < group.most());
                box.setSelected(can && group.checks() == group.most());
                box.setAccessibleText("Check all that are " + group.state().word());
                setGraphic(can ? box : null);
                setTooltip(null);
            }
            case Line.Item item -> {
                boolean can = item.row().checkable();
                box.setIndeterminate(false);
                box.setSelected(item.checked());
                box.setAccessibleText("Check " + item.row().name());
                if (getTableRow() != null) {
                    getTableRow().pseudoClassStateChanged(LOCKED, !can);
                }
                locked.setText("It is " + item.row().state().word() + " and never touched");
                setTooltip(can ? null : locked);
                setGraphic(can ? box : lock);
            }
        }
    }
}
