package dev.corral.console.vagrantfile;

import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;

/** The open files, one of them in sight, and beside their names what can be done with it. */
final class FileTabs extends VBox {
    private static final double HEAD_PX = 36;
    private static final double NARROW_PX = 480;
    private static final double MOST_NAME_PX = 220;

    // Only names: the texts lie below the whole row, so that the names end where the buttons begin, and JavaFX lists
    // those that don't fit.
    private final TabPane tabs = new TabPane();
    private final StackPane texts = new StackPane();

    /**
     * @param chosen told when another file is in sight, or none
     * @param closed told of a file that the user has closed
     * @param right  what stands beside the names; the first of it only where there is room
     */
    FileTabs(Runnable chosen, Consumer<OpenFile> closed, Node... right) {
        this.closed = closed;
        getStyleClass().add("file-tabs");
        setMinSize(0, 0);
        tabs.setId("file-tabs");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        tabs.setTabDragPolicy(TabPane.TabDragPolicy.REORDER);
        tabs.setTabMaxWidth(MOST_NAME_PX);
        tabs.setMinSize(0, HEAD_PX);
        tabs.setPrefHeight(HEAD_PX);
        tabs.setMaxHeight(HEAD_PX);
        tabs.getSelectionModel().selectedItemProperty().addListener((all, before, now) -> chosen.run());
        HBox side = new HBox(8, right);
        side.setAlignment(Pos.CENTER_RIGHT);
        side.setMinSize(Region.USE_PREF_SIZE, HEAD_PX);
        side.getStyleClass().add("file-side");
        HBox head = new HBox(tabs, side);
        head.getStyleClass().add("file-names");
        HBox.setHgrow(tabs, Priority.ALWAYS);
        texts.setMinSize(0, 0);
        VBox.setVgrow(texts, Priority.ALWAYS);
        getChildren().addAll(head, texts);
        // The list below says it, too.
        right[0].managedProperty().bind(right[0].visibleProperty());
        right[0].visibleProperty().bind(widthProperty().greaterThanOrEqualTo(NARROW_PX));
    }

    private final Consumer<OpenFile> closed;

    /** Adds a file at the end. */
    void add(OpenFile file) {
        Tab tab = new Tab();
        tab.setUserData(file);
        // As the other texts of a tab pane: it stays as it is while another one is in sight.
        file.visibleProperty().bind(tab.selectedProperty());
        texts.getChildren().add(file);
        tab.setTooltip(new Tooltip(Texts.line(file.path().toString())));
        tab.setOnClosed(event -> gone(file));
        dress(tab, file, file.dirty().get());
        file.dirty().addListener((all, before, dirty) -> dress(tab, file, dirty));
        tabs.getTabs().add(tab);
        names();
    }

    private static void dress(Tab tab, OpenFile file, boolean dirty) {
        tab.setGraphic(
                dirty
                        ? Icons.of(MaterialDesignC.CIRCLE_MEDIUM, "dirty-mark")
                        : file.shown() && !file.writable()
                                ? Icons.of(MaterialDesignL.LOCK_OUTLINE, "lock-icon")
                                : null);
    }

    /** Looks at what a file is now. */
    void refresh(OpenFile file) {
        tab(file).ifPresent(tab -> dress(tab, file, file.dirty().get()));
    }

    // Two files of one name, and every Vagrantfile, are called by their folder, too.
    private void names() {
        List<OpenFile> all = files();
        for (Tab tab : tabs.getTabs()) {
            Path path = ((OpenFile) tab.getUserData()).path();
            Path name = path.getFileName();
            Path folder = path.getParent() == null ? null : path.getParent().getFileName();
            boolean shared = all.stream()
                            .filter(other -> other.path().getFileName().equals(name))
                            .count()
                    > 1;
            boolean named = folder != null && (shared || name.toString().equals("Vagrantfile"));
            tab.setText(Texts.line(named ? folder + "/" + name : name.toString()));
        }
    }

    private Optional<Tab> tab(OpenFile file) {
        return tabs.getTabs().stream().filter(tab -> tab.getUserData() == file).findFirst();
    }

    /** The files in their order. */
    List<OpenFile> files() {
        return tabs.getTabs().stream().map(tab -> (OpenFile) tab.getUserData()).toList();
    }

    Optional<OpenFile> find(Path path) {
        return files().stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** The one in sight. */
    Optional<OpenFile> chosen() {
        return Optional.ofNullable(tabs.getSelectionModel().getSelectedItem()).map(tab -> (OpenFile) tab.getUserData());
    }

    void choose(OpenFile file) {
        tab(file).ifPresent(tabs.getSelectionModel()::select);
    }

    /** Chooses the file of this path, if it is open. */
    void choose(String path) {
        files().stream()
                .filter(file -> file.path().toString().equals(path))
                .findFirst()
                .ifPresent(this::choose);
    }

    /** Closes a file as its button does. */
    void close(OpenFile file) {
        tab(file).ifPresent(tab -> {
            tabs.getTabs().remove(tab);
            gone(file);
        });
    }

    private void gone(OpenFile file) {
        texts.getChildren().remove(file);
        file.visibleProperty().unbind();
        names();
        closed.accept(file);
    }
}
