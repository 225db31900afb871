package dev.corral.console.shared;

import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** The facts about a row: whose it is, where it lies, how it is reached. Machine text can be copied. */
public final class FactsCard extends Card {
    private final GridPane grid = new GridPane();
    private List<Fact> shown = List.of();

    /** An empty one. */
    public FactsCard() {
        super("Facts");
        grid.setHgap(12);
        grid.setVgap(4);
        ColumnConstraints label = new ColumnConstraints();
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.setPrefWidth(84);
        ColumnConstraints value = new ColumnConstraints();
        value.setHgrow(Priority.ALWAYS);
        value.setMinWidth(0);
        grid.getColumnConstraints().addAll(label, value, new ColumnConstraints());
        setBody(grid);
    }

    /** Shows these facts; does nothing when it shows them already. */
    public void update(List<Fact> facts) {
        if (facts.equals(shown)) {
            return;
        }
        shown = facts;
        setShown(!facts.isEmpty());
        grid.getChildren().clear();
        int row = 0;
        for (Fact fact : facts) {
            add(row++, fact);
        }
    }

    private void add(int row, Fact fact) {
        Label label = new Label(fact.label());
        label.getStyleClass().add("muted");
        Label value = new Label(fact.value());
        value.setWrapText(true);
        value.setMinWidth(0);
        value.setTooltip(new Tooltip(fact.full()));
        GridPane.setValignment(label, VPos.TOP);
        grid.add(label, 0, row);
        grid.add(value, 1, row);
        label.getStyleClass().add("fact-label");
        value.getStyleClass().add("fact-value");
        if (fact.machine()) {
            value.getStyleClass().add("machine-text");
            Button copy = new Button(null, Icons.of(MaterialDesignC.CONTENT_COPY));
            copy.getStyleClass().addAll("icon-button", "copy-button");
            copy.setAccessibleText("Copy " + fact.label());
            copy.setTooltip(new Tooltip("Copy"));
            copy.setOnAction(event -> Clipboards.copy(fact.full()));
            grid.add(copy, 2, row);
        }
    }
}
