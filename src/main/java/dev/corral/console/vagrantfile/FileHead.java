package dev.corral.console.vagrantfile;

import dev.corral.console.editor.Mark;
import dev.corral.console.editor.syntax.Language;
import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.Actions;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Region;

/** What stands beside the names of the open files: whether the text is valid, the files that it names, and Save. */
final class FileHead {
    private static final int MOST = 60;

    private final Label state = new Label();
    private final MenuButton named = new MenuButton("Files");
    private final MenuButton more = new MenuButton();
    private final Button save;
    private final Consumer<Path> open;
    private int asked;

    FileHead(Actions actions, Consumer<Path> open) {
        this.open = open;
        state.setId("file-state");
        state.setMinWidth(Region.USE_PREF_SIZE);
        state.managedProperty().bind(state.textProperty().isNotEmpty().and(state.visibleProperty()));
        named.setId("named-files");
        named.getStyleClass().add("quiet-button");
        named.setAccessibleText("Files that this file names");
        named.setMinWidth(Region.USE_PREF_SIZE);
        named.managedProperty().bind(named.visibleProperty());
        named.setVisible(false);
        save = actions.button(FileCommand.SAVE_FILE, "quiet-button");
        save.setMinWidth(Region.USE_PREF_SIZE);
        more.setId("file-more");
        more.getStyleClass().add("quiet-button");
        more.setText("More");
        more.setMinWidth(Region.USE_PREF_SIZE);
        for (FileCommand command : FileCommand.values()) {
            if (command != FileCommand.SAVE_FILE) {
                more.getItems().add(actions.menuItem(command));
            }
        }
    }

    Node[] nodes() {
        return new Node[] {state, named, save, more};
    }

    /** Says how the file in sight is. */
    void state(List<Mark> marks, boolean checked) {
        long errors = marks.stream()
                .filter(mark -> mark.severity() == Mark.Severity.ERROR)
                .count();
        long warnings = marks.size() - errors;
        state.getStyleClass().removeAll("look-ready", "look-failed", "look-changing");
        if (!checked) {
            state.setText("");
        } else if (marks.isEmpty()) {
            state.setText("✓ valid");
            state.getStyleClass().add("look-ready");
        } else {
            long worst = errors > 0 ? errors : warnings;
            String word = errors > 0 ? "error" : "warning";
            state.setText(worst + " " + word + (worst == 1 ? "" : "s"));
            state.getStyleClass().add(errors > 0 ? "look-failed" : "look-changing");
        }
    }

    /** Offers the files that this file names, as soon as they are known. */
    void names(Optional<OpenFile> chosen) {
        int number = ++asked;
        Optional<OpenFile> file = chosen.filter(OpenFile::shown).filter(shown -> shown.language() == Language.RUBY);
        if (file.isEmpty()) {
            named.setVisible(false);
            return;
        }
        Path path = file.get().path();
        String text = file.get().editor().text();
        Background.run(
                "named-files",
                () -> NamedFiles.in(text, path),
                found -> {
                    if (number == asked) {
                        offer(found, path);
                    }
                },
                Problem::of);
    }

    private void offer(List<Path> files, Path beside) {
        named.setVisible(!files.isEmpty());
        named.setText("Files " + files.size());
        named.getItems().clear();
        Path folder = beside.getParent();
        for (Path file : files) {
            String name =
                    folder == null ? file.toString() : folder.relativize(file).toString();
            MenuItem item = new MenuItem(Formats.middle(Texts.line(name), MOST));
            item.setMnemonicParsing(false);
            item.setOnAction(event -> open.accept(file));
            named.getItems().add(item);
        }
    }
}
