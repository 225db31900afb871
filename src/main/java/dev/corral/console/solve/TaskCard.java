package dev.corral.console.solve;

import dev.corral.console.shared.Card;
import dev.corral.console.shared.MarkdownBlock;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** The task's text. Targets are never here. */
final class TaskCard extends Card {
    private String shown = "";

    TaskCard() {
        super("Instructions");
        setId("solve-task");
        setShown(false);
    }

    /** Shows a text; nothing while there is none. */
    void show(String text) {
        if (text.equals(shown)) {
            return;
        }
        shown = text;
        setShown(!text.isBlank());
        setBody(MarkdownBlock.read(text).stream().map(TaskCard::node).toArray(Node[]::new));
    }

    private static Node node(MarkdownBlock block) {
        if (block.kind() == MarkdownBlock.Kind.CODE) {
            Label code = new Label(block.spans().getFirst().text());
            code.getStyleClass().addAll("machine-text", "solve-code");
            code.setWrapText(true);
            code.setMaxWidth(Double.MAX_VALUE);
            return code;
        }
        TextFlow flow = new TextFlow();
        block.spans().forEach(span -> {
            Text text = new Text(span.text());
            text.getStyleClass().add("solve-words");
            switch (span.look()) {
                case BOLD -> text.getStyleClass().add("solve-bold");
                case CODE -> text.getStyleClass().add("solve-inline-code");
                case PLAIN -> {
                    if (block.kind() == MarkdownBlock.Kind.HEADING) {
                        text.getStyleClass().add("solve-bold");
                    }
                }
            }
            flow.getChildren().add(text);
        });
        return flow;
    }
}
