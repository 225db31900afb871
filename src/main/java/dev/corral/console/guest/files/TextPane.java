package dev.corral.console.guest.files;

import dev.corral.console.editor.CodeEditor;
import dev.corral.console.editor.syntax.Language;
import dev.corral.console.fx.Background;
import dev.corral.console.guest.ShownName;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Formats;
import java.nio.file.Path;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A text of the guest in the editor. For the FX thread. */
final class TextPane extends BorderPane {
    private static final KeyCombination SAVE = new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REPLACE = new KeyCodeCombination(KeyCode.H, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination LINE = new KeyCodeCombination(KeyCode.G, KeyCombination.SHORTCUT_DOWN);
    private static final int PATH_MOST = 70;

    private final TextEditing editing;
    private final CodeEditor editor = new CodeEditor();
    private final Label path = new Label();
    private final Tooltip whole = new Tooltip();
    private final Label note = new Label();
    private final Button save = button("guest-text-save", "Save", "main-button");
    private final Button reload = button("guest-text-reload", "Reload", "quiet-button");
    private final ProblemLine problem = new ProblemLine();
    private int shown = -1;

    TextPane(TextEditing editing) {
        this.editing = editing;
        setId("guest-text");
        getStyleClass().add("open-file");
        path.getStyleClass().add("machine-text");
        path.setMinWidth(0);
        path.setTooltip(whole);
        note.setId("guest-text-note");
        note.getStyleClass().add("muted");
        note.setMinWidth(Region.USE_PREF_SIZE);
        Button close = button("guest-text-close", "Close", "quiet-button");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(8, path, note, space, save, reload, close);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("file-head");
        save.setOnAction(event -> editing.save());
        reload.setOnAction(event -> editing.reload());
        close.setOnAction(event -> editing.close());
        editor.whenEdited(() -> editing.typed(editor.text()));
        setTop(new VBox(head, problem));
        setCenter(editor);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private static Button button(String id, String text, String style) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add(style);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private void pressed(KeyEvent event) {
        Optional<Runnable> meant = SAVE.match(event)
                ? Optional.of(editing::save)
                : FIND.match(event)
                        ? Optional.of(() -> editor.find(false))
                        : REPLACE.match(event)
                                ? Optional.of(() -> editor.find(true))
                                : LINE.match(event) ? Optional.of(editor::askForLine) : Optional.empty();
        meant.ifPresent(run -> {
            run.run();
            event.consume();
        });
    }

    /** Whether there is something to be shown. */
    boolean wanted() {
        return editing.file().isPresent();
    }

    void show() {
        editing.file().ifPresent(file -> {
            String name = ShownName.of(file.path());
            path.setText(Formats.middle(name, PATH_MOST));
            whole.setText(name);
            if (editing.generation() != shown) {
                shown = editing.generation();
                if (editing.dirty()) {
                    editor.become(editing.text());
                } else {
                    load(name, editing.text());
                }
            }
        });
        note.setText(editing.note());
        save.setDisable(!editing.dirty() || editing.working());
        reload.setDisable(editing.working());
        problem.show(editing.problem());
    }

    private void load(String name, String read) {
        int number = shown;
        editor.editable(false);
        Background.run(
                "guest-text-colours",
                () -> CodeEditor.Prepared.of(read, Language.of(Path.of(name), read)),
                prepared -> {
                    if (number == shown) {
                        editor.show(prepared, true);
                    }
                },
                failure -> problem.show(Optional.of(Problem.of(failure))));
    }

    void close() {
        editor.close();
    }

    @Override
    public void requestFocus() {
        editor.requestFocus();
    }
}
