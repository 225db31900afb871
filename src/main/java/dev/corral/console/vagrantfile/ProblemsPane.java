package dev.corral.console.vagrantfile;

import dev.corral.console.editor.Mark;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;

/** Everything that is wrong with the open files, each with its place; Enter or a click goes there. */
final class ProblemsPane extends BorderPane {
    private final ListView<Line> list = new ListView<>();
    private final Label errors = new Label();
    private final Label warnings = new Label();
    private final Label place = new Label();
    private final Label none = new Label();

    /** A problem of a file. */
    record Line(Path file, Mark mark) {}

    /** @param go goes to a problem */
    ProblemsPane(BiConsumer<Path, Mark> go) {
        getStyleClass().add("problems-pane");
        setMinHeight(0);
        Label title = new Label("Problems");
        title.getStyleClass().add("problems-title");
        errors.getStyleClass().add("look-failed");
        warnings.getStyleClass().add("look-changing");
        place.setId("editor-place");
        place.getStyleClass().add("muted");
        place.setMinWidth(0);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(7, title, errors, warnings, space, place);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("problems-head");
        none.getStyleClass().add("muted");
        list.setId("problems");
        list.getStyleClass().add("problems-list");
        list.setAccessibleText("Problems");
        list.setPlaceholder(none);
        list.setMinHeight(0);
        list.setCellFactory(view -> new LineCell());
        list.setOnMouseClicked(event -> chosen(go));
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                chosen(go);
            }
        });
        setTop(head);
        setCenter(list);
    }

    private void chosen(BiConsumer<Path, Mark> go) {
        Line line = list.getSelectionModel().getSelectedItem();
        if (line != null) {
            go.accept(line.file(), line.mark());
        }
    }

    /**
     * Shows problems.
     *
     * @param checked whether anybody looked for any
     */
    void show(List<Line> lines, boolean checked) {
        if (!list.getItems().equals(lines)) {
            list.getItems().setAll(lines);
        }
        count(errors, lines, Mark.Severity.ERROR);
        count(warnings, lines, Mark.Severity.WARNING);
        none.setText(checked ? "None found" : "Nothing looks for problems in files of this kind");
    }

    private static void count(Label label, List<Line> lines, Mark.Severity severity) {
        long count = lines.stream()
                .filter(line -> line.mark().severity() == severity)
                .count();
        label.setText(String.valueOf(count));
        label.setVisible(count > 0);
        label.setManaged(count > 0);
    }

    /** Says where the caret is, and what is unusual about the file. */
    void place(String words) {
        place.setText(words);
    }

    private static final class LineCell extends ListCell<Line> {
        private final Label where = new Label();
        private final Label what = new Label();
        private final Label next = new Label();
        private final HBox first = new HBox(8, where, what);
        private final VBox box = new VBox(1, first, next);

        LineCell() {
            where.getStyleClass().addAll("machine-text", "muted");
            where.setMinWidth(Region.USE_PREF_SIZE);
            what.setMinWidth(0);
            what.setWrapText(true);
            next.getStyleClass().add("muted");
            next.setMinWidth(0);
            next.setTextOverrun(OverrunStyle.ELLIPSIS);
            next.managedProperty().bind(next.textProperty().isNotEmpty());
            first.setAlignment(Pos.TOP_LEFT);
            box.setPrefWidth(0);
        }

        @Override
        protected void updateItem(Line item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            setGraphic(empty || item == null ? null : box);
            if (!empty && item != null) {
                boolean error = item.mark().severity() == Mark.Severity.ERROR;
                where.setGraphic(Icons.of(
                        error ? MaterialDesignA.ALERT_CIRCLE : MaterialDesignA.ALERT,
                        "line-mark",
                        error ? "look-failed" : "look-changing"));
                where.setText(
                        Texts.line(item.file().getFileName() + ":" + item.mark().line()));
                what.setText(Texts.line(item.mark().message()));
                next.setText(Texts.line(item.mark().nextStep()));
                setAccessibleText((error ? "Error, " : "Warning, ") + where.getText() + ", " + what.getText());
            }
        }
    }
}
