package dev.corral.console.vagrantfile.strip;

import dev.corral.console.editor.file.LineDiff;
import dev.corral.console.fx.FxThread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javafx.scene.layout.BorderPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.StyleClassedTextArea;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.fxmisc.richtext.util.UndoUtils;

/** What differs between two texts, to be read. */
public final class DifferenceView extends BorderPane {
    private static final double HEIGHT_PX = 150;

    /** Shows how the second differs from the first. */
    public DifferenceView(String first, String second) {
        setId("difference");
        setPrefHeight(HEIGHT_PX);
        getStyleClass().add("difference-view");
        StyleClassedTextArea area = new StyleClassedTextArea(false);
        area.setEditable(false);
        area.setUndoManager(UndoUtils.noOpUndoManager());
        area.getStyleClass().addAll("log-area", "machine-text");
        List<String> lines = new ArrayList<>();
        StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
        for (LineDiff.Line line : LineDiff.of(first, second)) {
            String sign =
                    switch (line.side()) {
                        case BOTH -> "  ";
                        case FIRST -> "- ";
                        case SECOND -> "+ ";
                        case GAP -> "… ";
                    };
            lines.add(sign + line.text());
            spans.add(
                    List.of("diff-" + line.side().name().toLowerCase(Locale.ROOT)),
                    sign.length() + line.text().length() + 1);
        }
        area.appendText(String.join("\n", lines) + "\n");
        if (!lines.isEmpty()) {
            area.setStyleSpans(0, spans.create());
        }
        area.moveTo(0);
        // What was added last would be in sight otherwise.
        FxThread.later(() -> area.showParagraphAtTop(0));
        area.setAccessibleText("Lines with a minus are in the editor, lines with a plus are in the other text");
        setCenter(new VirtualizedScrollPane<>(area));
    }
}
