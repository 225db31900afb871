package dev.corral.console.page;

import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Finds samples, VMs and commands by a few letters of their name. */
public final class Palette {
    private static final double ROW_PX = 40;
    private static final int ROWS = 9;

    private final Actions actions;
    private final Overlay overlay;
    private final Supplier<List<PaletteItem>> places;

    /**
     * @param actions the commands
     * @param overlay where it is shown
     * @param places  the samples and VMs that exist when it opens
     */
    public Palette(Actions actions, Overlay overlay, Supplier<List<PaletteItem>> places) {
        this.actions = actions;
        this.overlay = overlay;
        this.places = places;
    }

    /** Opens it. */
    public void open() {
        List<PaletteItem> items = new ArrayList<>(places.get());
        for (Command command : actions.all()) {
            if (command != Action.PALETTE && command != Action.OPEN && actions.here(command)) {
                items.add(PaletteItem.of(actions, command));
            }
        }
        ListView<PaletteItem> list = new ListView<>();
        list.setId("palette-list");
        list.setAccessibleText("What was found");
        list.setFixedCellSize(ROW_PX);
        list.setFocusTraversable(false);
        list.setCellFactory(view -> new ItemCell());
        list.setPlaceholder(new Label("Nothing has that name"));
        TextField field = new TextField();
        field.setId("palette-field");
        field.setPromptText("Go to sample, VM, command…");
        field.setAccessibleText("Name of a sample, VM or command");
        field.textProperty().addListener((all, before, letters) -> show(list, letters, items));
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> key(event, list));
        list.setOnMouseClicked(event -> choose(list));
        VBox box = new VBox(field, list);
        box.getStyleClass().add("palette");
        show(list, "", items);
        overlay.open(box, Pos.TOP_CENTER, field, () -> {});
    }

    private static void show(ListView<PaletteItem> list, String letters, List<PaletteItem> items) {
        list.getItems().setAll(PaletteSearch.find(letters, items));
        list.setPrefHeight(ROW_PX * Math.clamp(list.getItems().size(), 2, ROWS) + 2);
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
    }

    private void key(KeyEvent event, ListView<PaletteItem> list) {
        int step =
                switch (event.getCode()) {
                    case DOWN -> 1;
                    case UP -> -1;
                    case PAGE_DOWN -> ROWS - 1;
                    case PAGE_UP -> 1 - ROWS;
                    default -> 0;
                };
        if (step != 0 && !list.getItems().isEmpty()) {
            int index = Math.clamp(
                    list.getSelectionModel().getSelectedIndex() + step,
                    0,
                    list.getItems().size() - 1);
            list.getSelectionModel().select(index);
            list.scrollTo(Math.max(0, index - ROWS + 2));
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER) {
            choose(list);
            event.consume();
        }
    }

    private void choose(ListView<PaletteItem> list) {
        PaletteItem item = list.getSelectionModel().getSelectedItem();
        if (item != null && item.obstacle().isEmpty()) {
            overlay.close();
            item.run().run();
        }
    }

    private static final class ItemCell extends ListCell<PaletteItem> {
        private final Label title = new Label();
        private final Label detail = new Label();
        private final Label keys = new Label();
        private final HBox box = new HBox(title, detail, new Region(), keys);

        ItemCell() {
            box.getStyleClass().add("palette-item");
            title.getStyleClass().add("palette-title");
            title.setMinWidth(Region.USE_PREF_SIZE);
            title.setMaxWidth(300);
            detail.getStyleClass().add("muted");
            detail.setMinWidth(0);
            keys.getStyleClass().add("key-cap");
            keys.setMinWidth(Region.USE_PREF_SIZE);
            HBox.setHgrow(box.getChildren().get(2), Priority.ALWAYS);
            box.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(PaletteItem item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            title.setText(item.title());
            title.setGraphic(Icons.of(item.icon()));
            detail.setText(item.obstacle().isEmpty() ? item.detail() : item.obstacle());
            keys.setText(item.keys());
            keys.setVisible(!item.keys().isEmpty());
            box.setDisable(!item.obstacle().isEmpty());
            setAccessibleText(item.title() + ", " + detail.getText());
            box.setMaxWidth(600);
            setGraphic(box);
        }
    }
}
