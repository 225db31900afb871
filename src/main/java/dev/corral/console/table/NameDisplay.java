package dev.corral.console.table;

import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** What a row is: an arrow that folds, a muted word, the name, a muted note. Narrow, the note goes first. For the FX thread. */
public final class NameDisplay {
    private static final double GAP_PX = 6;
    private static final double TIP_PX = 520;
    private static final PseudoClass OPEN = PseudoClass.getPseudoClass("open");

    private final IndexedCell<?> cell;
    private final Region arrow = new Region();
    private final StackPane arrowBox = new StackPane(arrow);
    private final Label prefix = label("muted");
    private final Label name = label("row-title");
    private final Label note = label("muted");
    private final HBox box = new HBox(GAP_PX, arrowBox, prefix, name, note);
    private final Tooltip tooltip = new Tooltip();

    /**
     * @param cell where it is shown; calls {@link #layout} after it has laid out itself
     * @param cut  how a name is cut for which there is no room
     * @param fold folds or unfolds the row; false when it does not fold
     */
    public NameDisplay(IndexedCell<?> cell, OverrunStyle cut, Folding fold) {
        this.cell = cell;
        cell.getStyleClass().add("name-cell");
        cell.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        arrow.getStyleClass().add("fold-arrow");
        arrow.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        arrowBox.getStyleClass().add("fold-box");
        arrowBox.setMinWidth(Region.USE_PREF_SIZE);
        arrowBox.setOnMousePressed(event -> {
            if (fold.fold()) {
                event.consume();
            }
        });
        prefix.setMinWidth(Region.USE_PREF_SIZE);
        name.setMinWidth(0);
        name.setTextOverrun(cut);
        note.setMinWidth(0);
        note.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(note, Priority.ALWAYS);
        box.setAlignment(Pos.CENTER_LEFT);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(TIP_PX);
    }

    /** What a press on the arrow does. */
    @FunctionalInterface
    public interface Folding {
        /** Folds or unfolds; false when there is nothing to fold. */
        boolean fold();
    }

    private static Label label(String styleClass) {
        Label label = new Label();
        label.getStyleClass().add(styleClass);
        label.setManaged(false);
        label.setVisible(false);
        return label;
    }

    /** Shows nothing. */
    public void clear() {
        cell.setGraphic(null);
        cell.setTooltip(null);
    }

    /**
     * Shows a row.
     *
     * @param word   muted, before the name
     * @param title  the name
     * @param more   muted, after the name
     * @param tip    the tooltip
     * @param spoken what a screen reader says
     */
    public void show(String word, String title, String more, String tip, String spoken) {
        set(prefix, word);
        set(name, title);
        set(note, more);
        tooltip.setText(tip);
        cell.setTooltip(tooltip);
        cell.setAccessibleText(spoken);
        cell.setGraphic(box);
    }

    private void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
            label.setManaged(!text.isEmpty());
            label.setVisible(!text.isEmpty());
            box.setPrefWidth(0);
        }
    }

    /** How a note is cut for which there is no room. */
    public void cutNote(OverrunStyle cut) {
        note.setTextOverrun(cut);
    }

    /** Whether there is room for an arrow. */
    public void arrowRoom(boolean wanted) {
        arrowBox.setVisible(wanted);
        arrowBox.setManaged(wanted);
    }

    /** Whether the row folds, whether it is unfolded, and how far it is indented, in pixels. */
    public void arrow(boolean folds, boolean open, double indent) {
        arrow.setVisible(folds);
        arrow.pseudoClassStateChanged(OPEN, open);
        HBox.setMargin(arrowBox, new Insets(0, 0, 0, indent));
    }

    /**
     * Gives the parts what is left of the cell, the name first: a graphic gets its preferred width, however wide the cell is.
     * Everything is set only when it changes, since a layout that asks for the next one would go on for ever.
     *
     * @param again lays the cell itself out again
     */
    public void layout(Runnable again) {
        if (cell.getGraphic() != box) {
            return;
        }
        double width = Math.max(0, Math.floor(cell.getWidth() - box.getLayoutX() - GAP_PX));
        if (box.getPrefWidth() != width) {
            box.setPrefWidth(width);
            double before = prefix.isManaged() ? prefix.prefWidth(-1) + GAP_PX : 0;
            if (arrowBox.isManaged()) {
                Insets margin = HBox.getMargin(arrowBox);
                before += arrowBox.prefWidth(-1) + GAP_PX + (margin == null ? 0 : margin.getLeft());
            }
            name.setMinWidth(Math.min(name.prefWidth(-1), Math.max(0, width - before)));
            again.run();
        }
    }
}
