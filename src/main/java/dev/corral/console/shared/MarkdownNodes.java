package dev.corral.console.shared;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** Draws Markdown that somebody else wrote: words and code, no links and no pictures. For the FX thread. */
public final class MarkdownNodes {
    private MarkdownNodes() {}

    /** A node for each of its blocks. */
    public static Node[] of(String text) {
        return MarkdownBlock.read(text).stream().map(MarkdownNodes::node).toArray(Node[]::new);
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
