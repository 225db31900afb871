package dev.corral.console.sandboxes.files;

import dev.corral.console.fx.Background;
import dev.corral.console.shared.Buttons;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Overlay;
import dev.corral.console.shared.Texts;
import dev.corral.core.inspect.tasks.TaskReference;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** Chooses a task file or a folder of them: one of the recent ones, or any other. */
public final class OpenDialog {
    private static final double ROW_PX = 30;

    private final Overlay overlay;
    private final Path home;
    private final Consumer<Path> open;
    private final ListView<Recent> list = new ListView<>();
    private final Button go = new Button("Open");
    private List<Path> recent = List.of();

    /** A file or folder that was open before, and what is to be said about it, for instance that it is no longer there. */
    private record Recent(Path path, String word) {}

    /**
     * @param overlay where it is shown
     * @param home    the user's home, for short paths
     * @param open    opens what was chosen
     */
    public OpenDialog(Overlay overlay, Path home, Consumer<Path> open) {
        this.overlay = overlay;
        this.home = home;
        this.open = open;
        list.setId("open-recent");
        list.setAccessibleText("Recent task files and folders");
        list.setFixedCellSize(ROW_PX);
        list.setCellFactory(view -> new RecentCell());
        list.setPlaceholder(new Label("Nothing was opened yet"));
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                go.fire();
            }
        });
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                go.fire();
                event.consume();
            }
        });
        go.setId("open-go");
        go.getStyleClass().add("main-button");
        go.disableProperty()
                .bind(list.getSelectionModel().selectedItemProperty().isNull());
        go.setOnAction(event -> choose(
                Optional.ofNullable(list.getSelectionModel().getSelectedItem()).map(Recent::path)));
    }

    /**
     * Opens it.
     *
     * @param recents what was opened before, newest first
     * @param opened  what of it is open now
     */
    public void open(List<Path> recents, Set<Path> opened) {
        recent = List.copyOf(recents);
        list.getItems()
                .setAll(recents.stream()
                        .map(path -> new Recent(path, opened.contains(path) ? "open" : ""))
                        .toList());
        list.getSelectionModel().selectFirst();
        list.setPrefHeight(ROW_PX * Math.clamp(recents.size(), 2, 10) + 4);
        Button file = Buttons.quiet("open-file", "Choose file…", this::chooseFile);
        Button folder = Buttons.quiet("open-folder", "Choose folder…", this::chooseFolder);
        Button cancel = Buttons.quiet("open-cancel", "Cancel", overlay::close);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(8, file, folder, space, cancel, go);
        buttons.setAlignment(Pos.CENTER_LEFT);
        Label title = new Label("Open a task file or a folder of them");
        title.getStyleClass().add("card-title");
        Label section = new Label("Recent");
        section.getStyleClass().add("section-title");
        VBox box = new VBox(12, title, section, list, buttons);
        box.setId("open-dialog");
        box.getStyleClass().addAll("card", "start-dialog");
        overlay.open(box, Pos.CENTER, recents.isEmpty() ? file : list, () -> {});
        markMissing(opened);
    }

    // A path may lie on a disk that answers late.
    private void markMissing(Set<Path> opened) {
        List<Path> asked = recent;
        Background.run(
                "recent-files",
                () -> asked.stream()
                        .filter(path -> !Files.exists(
                                TaskReference.parse(path.toString()).file()))
                        .collect(Collectors.toSet()),
                missing -> {
                    if (asked == recent) {
                        list.getItems()
                                .replaceAll(item -> missing.contains(item.path())
                                        ? new Recent(item.path(), "no longer there")
                                        : new Recent(item.path(), opened.contains(item.path()) ? "open" : ""));
                    }
                },
                failure -> list.getItems().replaceAll(item -> new Recent(item.path(), "")));
    }

    private void chooseFile() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Open a task file");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("Inspect task files", "*.py"),
                        new FileChooser.ExtensionFilter("All files", "*"));
        lastFolder().ifPresent(chooser::setInitialDirectory);
        choose(Optional.ofNullable(chooser.showOpenDialog(window())).map(File::toPath));
    }

    private void chooseFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle("Open a folder of task files");
        lastFolder().ifPresent(chooser::setInitialDirectory);
        choose(Optional.ofNullable(chooser.showDialog(window())).map(File::toPath));
    }

    private Window window() {
        return overlay.getScene().getWindow();
    }

    private Optional<File> lastFolder() {
        return recent.stream()
                .map(path -> Files.isDirectory(path) ? path : path.getParent())
                .filter(folder -> folder != null && Files.isDirectory(folder))
                .findFirst()
                .map(Path::toFile);
    }

    private void choose(Optional<Path> path) {
        path.ifPresent(chosen -> {
            overlay.close();
            open.accept(chosen);
        });
    }

    private final class RecentCell extends ListCell<Recent> {
        private final Label name = new Label();
        private final Label where = new Label();
        private final Label word = new Label();
        private final Region space = new Region();
        private final HBox box = new HBox(8, name, where, space, word);

        RecentCell() {
            name.setMinWidth(Region.USE_PREF_SIZE);
            name.setMaxWidth(260);
            where.getStyleClass().add("muted");
            where.setMinWidth(0);
            where.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
            word.getStyleClass().add("muted");
            word.setMinWidth(Region.USE_PREF_SIZE);
            HBox.setHgrow(space, Priority.ALWAYS);
            box.setAlignment(Pos.CENTER_LEFT);
            box.setPrefWidth(0);
        }

        @Override
        protected void updateItem(Recent item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            setGraphic(empty || item == null ? null : box);
            if (!empty && item != null) {
                Path file = item.path().getFileName();
                name.setText(Texts.line(file == null ? item.path().toString() : file.toString()));
                where.setText(Texts.line(Formats.path(
                        Optional.ofNullable(item.path().getParent()).orElse(item.path()), home)));
                word.setText(item.word());
                setAccessibleText(item.path() + (item.word().isEmpty() ? "" : ", " + item.word()));
            }
        }
    }
}
