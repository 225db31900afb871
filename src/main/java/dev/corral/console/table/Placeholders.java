package dev.corral.console.table;

import dev.corral.console.messages.Problem;
import dev.corral.console.shared.EmptyState;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;

/** What stands in a list that has no rows. */
public final class Placeholders {
    private Placeholders() {}

    /** Nothing has been looked at yet. */
    public static Node loading(String title, String text) {
        return new EmptyState(MaterialDesignM.MAGNIFY, title, text);
    }

    /** The rows could not be read. */
    public static Node failed(Problem problem, Node again) {
        return new EmptyState(MaterialDesignA.ALERT_CIRCLE_OUTLINE, problem.sentence(), problem.nextStep(), again);
    }

    /** There are rows, but none fits the filter. */
    public static Node filtered(String help, Runnable clear) {
        Button button = new Button("Clear the filter");
        button.getStyleClass().add("quiet-button");
        button.setOnAction(event -> clear.run());
        return new EmptyState(MaterialDesignF.FILTER_OFF_OUTLINE, "Nothing fits the filter", help, button);
    }
}
