package dev.corral.console.strays;

import dev.corral.console.shared.Formats;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** What an item is: its kind, its name and its VMs; or a state's name with an arrow that folds it. */
final class WhatCell extends LineCell {
    private static final double GAP_PX = 6;
    private static final PseudoClass OPEN = PseudoClass.getPseudoClass("open");

    private final Region arrow = new Region();
    private final HBox arrowBox = new HBox(arrow);
    private final Label kind = new Label();
    private final Label name = new Label();
    private final Label note = new Label();
    private final HBox box = new HBox(GAP_PX, arrowBox, kind, name, note);
    private final Tooltip tooltip = new Tooltip();

    WhatCell(Consumer<Line.Group> fold) {
        getStyleClass().add("name-cell");
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        arrow.getStyleClass().add("fold-arrow");
        arrow.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        arrowBox.getStyleClass().add("fold-box");
        arrowBox.setMinWidth(Region.USE_PREF_SIZE);
        arrowBox.setAlignment(Pos.CENTER);
        arrowBox.setOnMousePressed(event -> {
            if (content() instanceof Line.Group group) {
                fold.accept(group);
                event.consume();
            }
        });
        kind.getStyleClass().add("muted");
        kind.setMinWidth(Region.USE_PREF_SIZE);
        name.getStyleClass().add("row-title");
        name.setMinWidth(0);
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        note.getStyleClass().add("muted");
        note.setMinWidth(0);
        for (Label label : new Label[] {kind, name, note}) {
            label.setManaged(false);
            label.setVisible(false);
        }
        box.setAlignment(Pos.CENTER_LEFT);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(520);
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
                set(kind, "");
                String title = group.state().word();
                set(name, title.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + title.substring(1));
                set(note, String.valueOf(group.count()));
                arrow.pseudoClassStateChanged(OPEN, group.open());
                tooltip.setText(StrayCells.explanation(group.state()));
                setAccessibleText(title + ", " + Formats.count(group.count(), "item", "items"));
            }
            case Line.Item item -> {
                set(kind, item.row().kind());
                set(name, item.row().name());
                set(note, item.row().machines());
                tooltip.setText(item.row().kind() + " " + item.row().name()
                        + (item.row().machines().isEmpty()
                                ? ""
                                : "\n" + item.row().machines()));
                setAccessibleText(item.row().spoken());
            }
        }
        arrowBox.setVisible(content instanceof Line.Group);
        arrowBox.setManaged(content instanceof Line.Group);
        setTooltip(tooltip);
        setGraphic(box);
    }

    private void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
            label.setManaged(!text.isEmpty());
            label.setVisible(!text.isEmpty());
            box.setPrefWidth(0);
        }
    }

    // A graphic gets its preferred width, however wide the cell is: here that is what is left of the cell, the name
    // first.
    // Everything is set only when it changes, since a layout that asks for the next one would go on for ever.
    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (getGraphic() != box) {
            return;
        }
        double width = Math.max(0, Math.floor(getWidth() - box.getLayoutX() - GAP_PX));
        if (box.getPrefWidth() != width) {
            box.setPrefWidth(width);
            double room = width - (kind.isManaged() ? kind.prefWidth(-1) + GAP_PX : 0);
            name.setMinWidth(Math.max(0, Math.min(name.prefWidth(-1), room)));
            super.layoutChildren();
        }
    }
}
