package dev.corral.console.vagrantfile.machines;

import dev.corral.console.shared.Texts;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.diff.Difference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What is saved and does not hold for the machines yet, each with the button that makes it hold. For the FX thread. */
final class ChangesView {
    private final TableView<Difference> table;
    private final Label empty = Tables.empty("");
    private final VBox box;
    private List<Difference> shown = List.of();
    private String obstacle = "";
    private UnaryOperator<String> plainName = UnaryOperator.identity();

    /**
     * @param apply does what a difference needs
     * @param jump  shows a line in the editor
     */
    ChangesView(Consumer<Difference> apply, Consumer<Place> jump) {
        table = Tables.of("changes-table", "Saved and not active", Difference::place, jump);
        TableColumn<Difference, Difference> needs = new TableColumn<>("Needs");
        needs.setPrefWidth(120);
        needs.setReorderable(false);
        needs.setSortable(false);
        needs.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        needs.setCellFactory(column -> new NeedsCell(apply));
        table.getColumns()
                .addAll(List.of(
                        Tables.text("Machine", 90, row -> Texts.line(plainName.apply(row.machine()))),
                        Tables.text("What", 170, row -> Texts.line(row.key()), "machine-text"),
                        Tables.text("Made with", 130, words(Difference::before), "machine-text"),
                        Tables.text("Saved", 160, words(Difference::after), "machine-text"),
                        Tables.line(Difference::place, ChangesView::place),
                        needs));
        table.setFixedCellSize(34);
        table.setPlaceholder(empty);
        box = new VBox(table);
        VBox.setVgrow(table, Priority.ALWAYS);
    }

    private static Function<Difference, String> words(Function<Difference, String> part) {
        return row -> Optional.of(Texts.line(part.apply(row)))
                .filter(text -> !text.isEmpty())
                .orElse("–");
    }

    private static String place(Place place) {
        return place.known()
                ? Texts.line(Path.of(place.file()).getFileName() + (place.line() > 0 ? ":" + place.line() : ""))
                : "";
    }

    /** What is shown. */
    Region node() {
        return box;
    }

    /**
     * Shows differences.
     *
     * @param note      what to say when there is none
     * @param busy      why nothing can be done now; empty when something can
     * @param plainName a machine's name without its sandbox's suffix
     */
    void show(List<Difference> differences, String note, String busy, UnaryOperator<String> plainName) {
        this.plainName = plainName;
        empty.setText(Texts.whole(note));
        if (!differences.equals(shown) || !busy.equals(obstacle)) {
            shown = differences;
            obstacle = busy;
            table.getItems().setAll(differences);
        }
    }

    private final class NeedsCell extends TableCell<Difference, Difference> {
        private final Button button = new Button();

        NeedsCell(Consumer<Difference> apply) {
            button.getStyleClass().addAll("quiet-button", "step-button");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setOnAction(event -> Optional.ofNullable(getItem()).ifPresent(apply));
        }

        @Override
        protected void updateItem(@Nullable Difference item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            setGraphic(null);
            if (empty || item == null) {
                return;
            }
            switch (item.needs()) {
                case NOTHING -> setText("next command");
                case PROVISION ->
                    button.setText(item.provisioner() > 0 ? "Provision from " + item.provisioner() : "Provision");
                case RELOAD -> button.setText("Reload");
                case DESTROY -> button.setText("Destroy + up…");
            }
            if (getText() == null) {
                button.setAccessibleText(button.getText() + ", because of " + Texts.line(item.key()));
                button.setDisable(!obstacle.isEmpty());
                setGraphic(button);
            }
        }
    }
}
