package dev.corral.console.shared;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;

/** The facts about a row: whose it is, where it lies, how it is reached. Machine text can be copied, a secret once it is shown. */
public final class FactsCard extends Card {
    private final GridPane grid = pairs();
    private final Set<String> asked = new HashSet<>();
    private List<Fact> shown = List.of();
    private String of = "";

    /** An empty one. */
    public FactsCard() {
        super("Facts");
        grid.getColumnConstraints().add(new ColumnConstraints());
        setBody(grid);
    }

    /** Shows these facts; does nothing when it shows them already. */
    public void update(List<Fact> facts) {
        update("", facts);
    }

    /**
     * Shows these facts of a subject; does nothing when it shows them already. Values that were asked for are hidden again when the
     * subject changes.
     */
    public void update(String subject, List<Fact> facts) {
        boolean other = !subject.equals(of);
        if (facts.equals(shown) && !other) {
            return;
        }
        if (other) {
            asked.clear();
        }
        of = subject;
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
        Label value = new Label();
        value.setWrapText(true);
        value.setMinWidth(0);
        GridPane.setValignment(label, VPos.TOP);
        grid.add(label, 0, row);
        grid.add(value, 1, row);
        label.getStyleClass().addAll("muted", "fact-label");
        value.getStyleClass().add("fact-value");
        HBox buttons = new HBox(2);
        if (fact.machine()) {
            value.getStyleClass().add("machine-text");
            Button copy = button(MaterialDesignC.CONTENT_COPY, "Copy", () -> Clipboards.copy(fact.full()));
            copy.setAccessibleText("Copy " + (fact.label().isEmpty() ? fact.secret() : fact.label()));
            buttons.getChildren().add(copy);
            grid.add(buttons, 2, row);
        }
        show(fact, value, buttons);
    }

    // A hidden value is neither drawn nor in a tooltip, and can not be copied.
    private void show(Fact fact, Label value, HBox buttons) {
        boolean open = !fact.hidden() || asked.contains(fact.full());
        value.setText(open ? fact.value() : fact.secret());
        value.setTooltip(open ? new Tooltip(fact.full()) : null);
        if (!fact.hidden()) {
            return;
        }
        Button toggle = button(
                open ? MaterialDesignE.EYE_OFF_OUTLINE : MaterialDesignE.EYE_OUTLINE,
                open ? "Hide the value" : "Show the value",
                () -> {
                    if (!asked.remove(fact.full())) {
                        asked.add(fact.full());
                    }
                    buttons.getChildren().removeFirst();
                    show(fact, value, buttons);
                    buttons.getChildren().getFirst().requestFocus();
                });
        toggle.setId("reveal-" + fact.secret().substring(0, fact.secret().indexOf('=')));
        toggle.setAccessibleText(toggle.getTooltip().getText() + " of "
                + fact.secret().substring(0, fact.secret().indexOf('=')));
        buttons.getChildren().addFirst(toggle);
        buttons.getChildren().getLast().setVisible(open);
    }

    private static Button button(Ikon icon, String tip, Runnable run) {
        Button button = new Button(null, Icons.of(icon));
        button.getStyleClass().addAll("icon-button", "copy-button");
        button.setTooltip(new Tooltip(tip));
        button.setOnAction(event -> run.run());
        return button;
    }
}
