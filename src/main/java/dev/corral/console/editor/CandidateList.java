package dev.corral.console.editor;

import dev.corral.console.editor.EditorHelp.Candidate;
import dev.corral.console.editor.EditorHelp.Completions;
import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Texts;
import java.util.List;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.fxmisc.richtext.CodeArea;

/**
 * The candidates at the caret. Ctrl+Space asks for them, and so does typing; then Enter stays a new line unless one was chosen, and
 * only Tab takes the first. For the FX thread.
 */
final class CandidateList {
    private static final int ROWS = 8;
    private static final double ROW_PX = 26;
    private static final double WIDTH_PX = 440;
    private static final int LETTERS = 2;

    private final CodeArea area;
    private final Floating floating;
    private final Supplier<EditorHelp> help;
    private final ListView<Candidate> list = new ListView<>();
    private final PauseTransition quiet = new PauseTransition(Duration.millis(120));
    private int from;
    private int asked;
    private boolean chosen;
    private boolean taking;

    CandidateList(CodeArea area, Floating floating, Supplier<EditorHelp> help) {
        this.area = area;
        this.floating = floating;
        this.help = help;
        list.setId("candidates");
        list.getStyleClass().add("candidates");
        list.setFixedCellSize(ROW_PX);
        list.setFocusTraversable(false);
        list.setPrefWidth(WIDTH_PX);
        list.setCellFactory(view -> new CandidateCell());
        list.setOnMouseClicked(event -> take());
        quiet.setOnFinished(event -> ask(false));
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        area.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        area.focusedProperty().addListener((all, before, focused) -> close());
        area.currentParagraphProperty().addListener((all, before, now) -> close());
    }

    /** Whether it is shown. */
    boolean open() {
        return floating.shows(list);
    }

    void close() {
        quiet.stop();
        asked++;
        floating.hide(list);
    }

    private void pressed(KeyEvent event) {
        if (event.isShortcutDown() && event.getCode() == KeyCode.SPACE) {
            ask(true);
            event.consume();
            return;
        }
        if (!open()) {
            return;
        }
        int step =
                switch (event.getCode()) {
                    case DOWN -> 1;
                    case UP -> -1;
                    case PAGE_DOWN -> ROWS;
                    case PAGE_UP -> -ROWS;
                    default -> 0;
                };
        if (step != 0) {
            int index = Math.clamp(
                    list.getSelectionModel().getSelectedIndex() + (long) step,
                    0,
                    list.getItems().size() - 1);
            list.getSelectionModel().select(index);
            list.scrollTo(Math.max(0, index - ROWS + 2));
            chosen = true;
            event.consume();
        } else if (event.getCode() == KeyCode.TAB || event.getCode() == KeyCode.ENTER && chosen) {
            take();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE) {
            close();
            event.consume();
        } else if (event.getCode() == KeyCode.LEFT
                || event.getCode() == KeyCode.RIGHT
                || event.getCode() == KeyCode.ENTER) {
            close();
        } else if (event.getCode() == KeyCode.BACK_SPACE) {
            quiet.playFromStart();
        }
    }

    private void typed(KeyEvent event) {
        String text = event.getCharacter();
        if (taking || text.length() != 1 || !area.isEditable() || event.isShortcutDown()) {
            return;
        }
        char c = text.charAt(0);
        if (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == ':') {
            quiet.playFromStart();
        } else {
            close();
        }
    }

    private void ask(boolean wanted) {
        int number = ++asked;
        int caret = area.getCaretPosition();
        String text = area.getText();
        EditorHelp asking = help.get();
        Background.run(
                "completion",
                () -> asking.completions(text, caret),
                found -> {
                    if (number == asked && area.getCaretPosition() == caret) {
                        show(found, caret, wanted);
                    }
                },
                Problem::of);
    }

    private void show(Completions found, int caret, boolean wanted) {
        boolean enough = wanted
                || caret - found.from() >= LETTERS
                || caret > 0 && area.getText(caret - 1, caret).equals(".");
        if (found.list().isEmpty() || !enough || !area.isFocused()) {
            close();
            return;
        }
        from = found.from();
        chosen = wanted;
        list.getItems().setAll(found.list());
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
        list.setPrefHeight(ROW_PX * Math.min(ROWS, found.list().size()) + 4);
        area.getCaretBounds().ifPresent(bounds -> floating.show(list, bounds));
    }

    private void take() {
        Candidate candidate = list.getSelectionModel().getSelectedItem();
        int caret = area.getCaretPosition();
        close();
        if (candidate != null && from <= caret) {
            taking = true;
            area.getUndoManager().preventMerge();
            area.replaceText(from, caret, candidate.insert());
            area.getUndoManager().preventMerge();
            area.requestFollowCaret();
            taking = false;
        }
    }

    /** Where something floats: the bounds on the screen that it explains. */
    interface Floating {
        void show(Region what, Bounds beside);

        void hide(Region what);

        boolean shows(Region what);
    }

    private static final class CandidateCell extends ListCell<Candidate> {
        private final Label word = new Label();
        private final Label kind = new Label();
        private final Label explanation = new Label();
        private final HBox box = new HBox(8, word, explanation, kind);

        CandidateCell() {
            word.getStyleClass().add("machine-text");
            word.setMinWidth(Region.USE_PREF_SIZE);
            explanation.getStyleClass().add("muted");
            explanation.setMinWidth(0);
            explanation.setMaxWidth(Double.MAX_VALUE);
            explanation.setTextOverrun(OverrunStyle.ELLIPSIS);
            HBox.setHgrow(explanation, Priority.ALWAYS);
            kind.getStyleClass().add("muted");
            kind.setMinWidth(Region.USE_PREF_SIZE);
            box.setAlignment(Pos.CENTER_LEFT);
            box.setPrefWidth(0);
        }

        @Override
        protected void updateItem(Candidate item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            setGraphic(empty || item == null ? null : box);
            if (!empty && item != null) {
                List<String> lines = item.insert().lines().toList();
                word.setText(Texts.line(lines.isEmpty() ? "" : lines.getFirst()));
                explanation.setText(Texts.line(item.explanation()));
                kind.setText(Texts.line(item.kind()));
            }
        }
    }
}
