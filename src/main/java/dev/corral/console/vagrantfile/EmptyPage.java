package dev.corral.console.vagrantfile;

import dev.corral.console.page.Actions;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** What stands where no file is open: what the page is for, and the files of the last times. */
final class EmptyPage extends VBox {
    private static final int MOST = 6;
    private static final int PATH_MOST = 70;

    private final Button first;
    private final VBox recent = new VBox(2);
    private final Path home;
    private final Consumer<Path> open;

    EmptyPage(Actions actions, Path home, Consumer<Path> open) {
        this.home = home;
        this.open = open;
        first = actions.button(FileCommand.OPEN_FILE, "main-button");
        setId("vagrantfile-empty");
        setAlignment(Pos.CENTER);
        recent.setAlignment(Pos.CENTER);
        recent.setFillWidth(false);
        getChildren()
                .addAll(
                        new EmptyState(
                                MaterialDesignF.FILE_EDIT_OUTLINE,
                                "No Vagrantfile open",
                                "Open one, drop it here, or begin one from a sample. Edit Vagrantfile on a sample or sandbox "
                                        + "brings its original here.",
                                first,
                                actions.button(FileCommand.NEW_FILE, "quiet-button")),
                        recent);
    }

    /** What gets the focus. */
    Node first() {
        return first;
    }

    /**
     * Offers these.
     *
     * @param unsaved of which text is kept that was not saved
     * @param files   those of the last times
     */
    void show(List<Path> unsaved, List<Path> files) {
        recent.getChildren().clear();
        offer("Unsaved text is kept of", unsaved);
        offer("Recent", files.stream().filter(file -> !unsaved.contains(file)).toList());
    }

    private void offer(String words, List<Path> files) {
        if (files.isEmpty()) {
            return;
        }
        Label title = new Label(words);
        title.getStyleClass().add("section-title");
        recent.getChildren().add(title);
        files.stream().limit(MOST).forEach(file -> {
            Hyperlink link = new Hyperlink(
                    Formats.middle(Texts.line(Formats.path(file, home)), PATH_MOST),
                    Icons.of(MaterialDesignF.FILE_CODE_OUTLINE));
            link.getStyleClass().add("recent-file");
            link.setOnAction(event -> open.accept(file));
            recent.getChildren().add(link);
        });
    }
}
