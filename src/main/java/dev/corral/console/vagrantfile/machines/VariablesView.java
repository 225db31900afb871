package dev.corral.console.vagrantfile.machines;

import dev.corral.core.vagrantfile.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The variables that the Vagrantfile reads, and what the next start sets them to. For the FX thread. */
final class VariablesView {
    private final TableView<VariableRow> table;
    private final TextField name = new TextField();
    private final TextField value = new TextField();
    private final Button set = new Button("Set");
    private final Button unset = new Button("Take away");
    private final Label problem = new Label();
    private final VBox box;

    /**
     * @param change sets a variable for the next start, or takes it away
     * @param jump   shows a line in the editor
     * @param sets   chooses and saves sets of them
     */
    VariablesView(BiConsumer<String, Optional<String>> change, Consumer<Place> jump, Region sets) {
        table = Tables.of("variables-table", "Variables of the Vagrantfile", VariableRow::place, jump);
        table.getColumns()
                .addAll(List.of(
                        Tables.text("Variable", 180, VariableRow::name, "machine-text"),
                        Tables.text("Value", 230, VariableRow::shown, "machine-text"),
                        Tables.text("From", 150, row -> row.source().words(), "quiet-cell"),
                        Tables.line(
                                VariableRow::place,
                                place -> place.known() ? "line " + place.line() : "not read here")));
        table.setPlaceholder(Tables.empty(
                "The file reads no variable, as far as that is known. One set below is given to the next start."));
        table.getSelectionModel().selectedItemProperty().addListener((all, before, row) -> {
            if (row != null && row.editable()) {
                name.setText(row.name());
                value.setText(row.source() == VariableRow.Source.HERE ? row.value() : "");
            }
        });
        name.setId("variable-name");
        name.setPromptText("NAME");
        name.setAccessibleText("Name of a variable");
        name.setPrefColumnCount(14);
        value.setId("variable-value");
        value.setPromptText("value for the next start");
        value.setAccessibleText("Value of the variable");
        HBox.setHgrow(value, Priority.ALWAYS);
        name.textProperty().addListener(text -> check());
        value.setOnAction(event -> set.fire());
        set.setId("variable-set");
        set.getStyleClass().add("quiet-button");
        set.setTooltip(new Tooltip(
                "The next Up and Prove it give it to Vagrant; a sandbox that exists keeps what it was started with"));
        set.setOnAction(event -> change.accept(name.getText().strip(), Optional.of(value.getText())));
        unset.setId("variable-unset");
        unset.getStyleClass().add("quiet-button");
        unset.setOnAction(event -> change.accept(name.getText().strip(), Optional.empty()));
        for (Button button : List.of(set, unset)) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        problem.getStyleClass().add("card-cause");
        problem.setWrapText(true);
        HBox row = new HBox(8, name, value, set, unset);
        row.setAlignment(Pos.CENTER_LEFT);
        VBox foot = new VBox(4, row, problem, sets);
        foot.getStyleClass().add("tab-foot");
        box = new VBox(table, foot);
        VBox.setVgrow(table, Priority.ALWAYS);
        check();
    }

    private void check() {
        String wanted = name.getText().strip();
        Optional<String> wrong = VariableRow.obstacle(wanted);
        problem.setText(wanted.isEmpty() ? "" : wrong.orElse(""));
        problem.setVisible(!problem.getText().isEmpty());
        problem.setManaged(problem.isVisible());
        boolean bad = wanted.isEmpty() || wrong.isPresent();
        set.setDisable(bad);
        unset.setDisable(bad
                || table.getItems().stream()
                        .noneMatch(row -> row.name().equals(wanted) && row.source() == VariableRow.Source.HERE));
    }

    /** What is shown. */
    Region node() {
        return box;
    }

    /** Shows variables. */
    void show(List<VariableRow> rows) {
        if (!rows.equals(table.getItems())) {
            VariableRow chosen = table.getSelectionModel().getSelectedItem();
            table.getItems().setAll(rows);
            if (chosen != null) {
                rows.stream()
                        .filter(row -> row.name().equals(chosen.name()))
                        .findFirst()
                        .ifPresent(table.getSelectionModel()::select);
            }
        }
        check();
    }
}
