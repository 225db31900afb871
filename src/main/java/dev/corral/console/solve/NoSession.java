package dev.corral.console.solve;

import dev.corral.console.page.PageContext;
import dev.corral.console.page.ShowPage;
import dev.corral.console.shared.EmptyState;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** What the page shows while there is no session. */
final class NoSession {
    private NoSession() {}

    /** Its node. */
    static Node node(PageContext context) {
        Button button = new Button("Choose a sample");
        button.setId("solve-choose");
        button.getStyleClass().add("main-button");
        button.setOnAction(event -> context.actions().all().stream()
                .filter(command -> command instanceof ShowPage show && show.place() == 1)
                .findFirst()
                .ifPresent(context.actions()::run));
        EmptyState state = new EmptyState(
                MaterialDesignF.FLAG_OUTLINE,
                "No session yet",
                "A sample that you solve by hand is a real run of Inspect: with an honest clock, and a log at the end. "
                        + "Choose a sample on the page Sandboxes, then Solve by hand.",
                button);
        state.setId("solve-empty");
        return state;
    }
}
