package dev.corral.console.dock.tabs;

import dev.corral.console.editor.Colouring;
import dev.corral.console.editor.syntax.Language;
import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.Texts;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.LineNumberFactory;
import org.fxmisc.richtext.model.StyledDocument;
import org.fxmisc.richtext.util.UndoUtils;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** A Vagrantfile to be read, with Ruby's colours and the line at fault marked. */
final class VagrantfileView extends BorderPane {
    private static final int MOST_CHARACTERS = 2_000_000;

    private final CodeArea area = new CodeArea();
    private final VirtualizedScrollPane<CodeArea> scroll = new VirtualizedScrollPane<>(area);
    private final Path file;
    private int loads;

    VagrantfileView(Path file, String shownPath) {
        this.file = file;
        getStyleClass().add("vagrantfile-view");
        area.setEditable(false);
        area.setUndoManager(UndoUtils.noOpUndoManager());
        area.setParagraphGraphicFactory(LineNumberFactory.get(area));
        area.getStyleClass().add("machine-text");
        area.setAccessibleText("Vagrantfile");
        Label path = new Label(shownPath);
        path.getStyleClass().addAll("muted", "machine-text");
        path.setTooltip(new Tooltip(file.toString()));
        Label note = new Label("read only");
        note.getStyleClass().add("muted");
        HBox head = new HBox(12, path, note);
        head.getStyleClass().add("file-head");
        TextFindBar find = new TextFindBar(area);
        area.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (TextFindBar.opens(event)) {
                find.open();
                event.consume();
            }
        });
        setTop(new VBox(head, find));
        setCenter(scroll);
    }

    /** Reads the file again and marks a line; 0 marks none. */
    void load(int line) {
        load(this::read, line);
    }

    /** Shows what was read of it earlier. */
    void load(String read) {
        load(() -> content(read), 0);
    }

    private void load(Callable<StyledDocument<Collection<String>, String, Collection<String>>> read, int line) {
        int number = ++loads;
        Background.run(
                "vagrantfile",
                read,
                content -> {
                    // An older reading may take longer than a newer one.
                    if (number == loads) {
                        show(content, line);
                    }
                },
                failure -> {
                    Problem problem = Problem.of(failure);
                    setCenter(
                            new EmptyState(MaterialDesignF.FILE_ALERT_OUTLINE, problem.sentence(), problem.nextStep()));
                });
    }

    private StyledDocument<Collection<String>, String, Collection<String>> read() {
        try {
            return content(OrdinaryFile.text(file));
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "This Vagrantfile can not be read.",
                    Files.exists(file) ? "Check its permissions: " + file : "It is not there any more: " + file,
                    e);
        }
    }

    private static StyledDocument<Collection<String>, String, Collection<String>> content(String read) {
        if (read.length() > MOST_CHARACTERS) {
            throw ExpectedFailure.failed("This Vagrantfile is too large to be shown.", "Open it in an editor.");
        }
        return Colouring.coloured(Texts.block(read), Language.RUBY);
    }

    private void show(StyledDocument<Collection<String>, String, Collection<String>> content, int line) {
        setCenter(scroll);
        area.replace(0, area.getLength(), content);
        boolean marks = line >= 1 && line <= area.getParagraphs().size();
        if (marks) {
            area.setParagraphStyle(line - 1, List.of("line-at-fault"));
        }
        area.moveTo(marks ? line - 1 : 0, 0);
        area.showParagraphAtTop(Math.max(0, line - 4));
    }

    @Override
    public void requestFocus() {
        area.requestFocus();
    }
}
