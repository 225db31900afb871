package dev.corral.console.vagrantfile;

import dev.corral.console.shared.Overlay;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Chooses what a new Vagrantfile begins with, and where it goes. */
final class NewFileDialog {
    private static final double ROW_PX = 48;

    private final Overlay overlay;
    private final Supplier<Optional<Path>> place;
    private final BiConsumer<Template, Path> create;

    /**
     * @param place  asks where it goes
     * @param create makes and opens it
     */
    NewFileDialog(Overlay overlay, Supplier<Optional<Path>> place, BiConsumer<Template, Path> create) {
        this.overlay = overlay;
        this.place = place;
        this.create = create;
    }

    void open() {
        ListView<Template> list = new ListView<>();
        list.setId("templates");
        list.setAccessibleText("Samples to begin with");
        list.setFixedCellSize(ROW_PX);
        list.setPrefHeight(ROW_PX * Template.values().length + 2);
        list.getItems().setAll(Template.values());
        list.setCellFactory(view -> new TemplateCell());
        list.getSelectionModel().selectFirst();
        Button go = new Button("Choose its place…");
        go.setId("template-go");
        go.getStyleClass().add("main-button");
        Runnable take = () -> {
            Template chosen = list.getSelectionModel().getSelectedItem();
            place.get().ifPresent(file -> {
                overlay.close();
                create.accept(chosen, file);
            });
        };
        go.setOnAction(event -> take.run());
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                take.run();
            }
        });
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                take.run();
            }
        });
        Button cancel = new Button("Cancel");
        cancel.getStyleClass().add("quiet-button");
        cancel.setOnAction(event -> overlay.close());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(8, space, cancel, go);
        Label title = new Label("New Vagrantfile");
        title.getStyleClass().add("card-title");
        VBox box = new VBox(12, title, list, buttons);
        box.setId("new-dialog");
        box.getStyleClass().addAll("card", "start-dialog");
        overlay.open(box, Pos.CENTER, list, () -> {});
    }

    private static final class TemplateCell extends ListCell<Template> {
        private final Label title = new Label();
        private final Label explanation = new Label();
        private final VBox box = new VBox(1, title, explanation);

        TemplateCell() {
            explanation.getStyleClass().add("muted");
            box.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(Template item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            setGraphic(empty || item == null ? null : box);
            if (!empty && item != null) {
                title.setText(item.title());
                explanation.setText(item.explanation());
            }
        }
    }
}
