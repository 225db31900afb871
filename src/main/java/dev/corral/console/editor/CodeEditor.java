package dev.corral.console.editor;

import dev.corral.console.editor.syntax.Language;
import dev.corral.console.editor.syntax.Shape;
import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.jspecify.annotations.Nullable;

/**
 * An editor for one text. It knows its language and whoever helps with it, and no file. What it forgets never is how to go back: undo
 * reaches behind every save and every change that came from the disk. For the FX thread.
 */
public final class CodeEditor extends BorderPane {
    // Shorter than between two keys of most people's, so that the problem of a key is there when they look.
    private static final double QUIET_MS = 30;

    private final CodeArea area = new CodeArea();
    private final Marks marks = new Marks();
    private final Painter painter = new Painter(area, marks);
    private final Folding folding = new Folding(area);
    private final VBox bars = new VBox();
    private final FloatingPane floating;
    private final CandidateList candidates;
    private final Typing typing;
    private final PauseTransition quiet = new PauseTransition(Duration.millis(QUIET_MS));
    private final ReadOnlyObjectWrapper<List<Mark>> shown = new ReadOnlyObjectWrapper<>(List.of());
    private EditorHelp help = new WordHelp();
    private Runnable edited = () -> {};
    private Runnable settled = () -> {};
    private boolean asking;
    private boolean askAgain;
    private boolean loading;
    private long version;
    private long foldedVersion;
    private @Nullable FindBar find;
    private @Nullable GoToBar goTo;

    /** What is found out about a text; without folds where these are known. */
    private record Found(long version, List<Mark> marks, Optional<List<Shape.Fold>> folds) {}

    /** An empty one that can not be typed into. */
    public CodeEditor() {
        getStyleClass().add("code-editor");
        area.setId("code");
        area.getStyleClass().add("machine-text");
        area.setEditable(false);
        area.setAutoScrollOnDragDesired(true);
        area.setParagraphGraphicFactory(new Gutter(area, marks, folding));
        VirtualizedScrollPane<CodeArea> scroll = new VirtualizedScrollPane<>(area);
        floating = new FloatingPane();
        candidates = new CandidateList(area, floating, () -> help);
        new HoverCard(area, floating, marks, () -> help);
        typing = new Typing(area, folding, painter::colouring);
        setTop(bars);
        setCenter(new StackPane(scroll, floating));
        quiet.setOnFinished(event -> look());
        area.plainTextChanges().subscribe(change -> version++);
        area.plainTextChanges().filter(change -> !loading).subscribe(change -> {
            edited.run();
            quiet.playFromStart();
        });
    }

    /** Says who is told of each change that the user makes, at once. */
    public void whenEdited(Runnable listener) {
        edited = listener;
    }

    /** Says who is told when typing has paused. */
    public void whenSettled(Runnable listener) {
        settled = listener;
    }

    /** Says who helps from now on. */
    public void help(EditorHelp helper) {
        help = helper;
        look();
    }

    /** A text with what needs reading before it can be shown. Immutable. */
    public static final class Prepared {
        private final Language language;
        private final Colouring.Whole colours;
        private final List<Shape.Fold> folds;

        private Prepared(String text, Language language) {
            this.language = language;
            this.colours = Colouring.whole(text, language);
            this.folds = folds(text);
        }

        /** Reads it; for large texts away from the FX thread. */
        public static Prepared of(String text, Language language) {
            return new Prepared(text, language);
        }
    }

    /** Shows a text from its beginning; nothing of it can be undone. */
    public void show(Prepared text, boolean editable) {
        loading = true;
        marks.set(List.of());
        // Before there are lines, so that none of them is made twice.
        folding.set(text.folds);
        painter.show(text.language, text.colours);
        foldedVersion = version;
        area.getUndoManager().forgetHistory();
        loading = false;
        area.setEditable(editable);
        area.setAccessibleText(text.language.title() + " text");
        area.moveTo(0);
        area.showParagraphAtTop(0);
        look();
    }

    /** Lets the text be typed into, or not. */
    public void editable(boolean wanted) {
        area.setEditable(wanted);
    }

    /** Makes another text of it with the smallest change; the caret stays where it is, and it can be undone. */
    public void become(String text) {
        String before = area.getText();
        if (!before.equals(text)) {
            folding.unfoldAll();
            typing.apply(Edit.between(before, text, area.getCaretPosition()));
        }
    }

    /** The text, lines separated by line feeds. */
    public String text() {
        return area.getText();
    }

    /** What is wrong with the text, as far as that is known. */
    public ReadOnlyObjectProperty<List<Mark>> marks() {
        return shown.getReadOnlyProperty();
    }

    /** Looks at the text again, because its helper may know more now. */
    public void look() {
        if (asking) {
            askAgain = true;
            return;
        }
        asking = true;
        long asked = version;
        boolean folded = foldedVersion == version;
        String text = area.getText();
        EditorHelp helper = help;
        Background.run(
                "editor-problems",
                () -> new Found(asked, helper.problems(text), folded ? Optional.empty() : Optional.of(folds(text))),
                this::take,
                failure -> {
                    asking = false;
                    Problem.of(failure);
                });
        // After the question has been asked: who is told may take its time.
        settled.run();
    }

    private static List<Shape.Fold> folds(String text) {
        return Shape.folds(List.of(text.split("\n", -1)));
    }

    private void take(Found found) {
        asking = false;
        // What has been typed since is looked at when typing pauses.
        if (found.version() == version) {
            Set<Integer> lines = new HashSet<>(marks.set(found.marks()));
            lines.forEach(line -> painter.paint(line, line));
            shown.set(List.copyOf(found.marks()));
            found.folds().ifPresent(folds -> {
                foldedVersion = version;
                lines.addAll(folding.set(folds));
            });
            refreshGutter(lines);
        }
        if (askAgain) {
            askAgain = false;
            look();
        }
    }

    private void refreshGutter(Set<Integer> lines) {
        if (lines.isEmpty() || area.getVisibleParagraphs().isEmpty()) {
            return;
        }
        int last = area.lastVisibleParToAllParIndex();
        for (int line = area.firstVisibleParToAllParIndex(); line <= last; line++) {
            if (lines.contains(line)) {
                area.recreateParagraphGraphic(line);
            }
        }
    }

    /** Goes to a place, from 1 both; beyond the end of the text or a line means that end. */
    public void goTo(int line, int column) {
        int paragraph = Math.clamp(line - 1L, 0, area.getParagraphs().size() - 1);
        folding.reveal(paragraph);
        area.moveTo(paragraph, Math.clamp(column - 1L, 0, area.getParagraphLength(paragraph)));
        area.showParagraphInViewport(Math.max(0, paragraph - 3));
        area.showParagraphInViewport(Math.min(area.getParagraphs().size() - 1, paragraph + 3));
        area.requestFollowCaret();
        area.requestFocus();
    }

    /** Puts the caret where it was the last time. */
    public void placeCaret(int line) {
        int paragraph = Math.clamp(line - 1L, 0, area.getParagraphs().size() - 1);
        area.moveTo(paragraph, 0);
        area.showParagraphAtCenter(paragraph);
    }

    /** The line of the caret, from 1. */
    public int line() {
        return area.getCurrentParagraph() + 1;
    }

    /** The column of the caret, from 1. */
    public int column() {
        return area.getCaretColumn() + 1;
    }

    /** Where the caret is, as a change of that is told. */
    public javafx.beans.value.ObservableValue<Integer> caret() {
        return area.caretPositionProperty();
    }

    /** Asks what to look for. */
    public void find(boolean replace) {
        FindBar bar = find;
        if (bar == null) {
            // Made when it is wanted: it would be a good part of what it takes to show a file.
            bar = new FindBar(area, folding);
            find = bar;
            bars.getChildren().addFirst(bar);
        }
        bar.open(replace);
    }

    /** Asks for a line. */
    public void askForLine() {
        GoToBar bar = goTo;
        if (bar == null) {
            bar = new GoToBar(area, this::goTo);
            goTo = bar;
            bars.getChildren().addLast(bar);
        }
        bar.open();
    }

    /** Puts machines and provisioners away, or brings everything back. */
    public void fold(boolean away) {
        if (away) {
            folding.foldAll();
        } else {
            folding.unfoldAll();
        }
    }

    /** Whether a node with the focus is the text. */
    public boolean isText(javafx.scene.Node node) {
        return node == area;
    }

    /** Ends what waits. */
    public void close() {
        quiet.stop();
        candidates.close();
    }

    @Override
    public void requestFocus() {
        area.requestFocus();
    }
}
