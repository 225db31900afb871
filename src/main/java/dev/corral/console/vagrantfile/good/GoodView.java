package dev.corral.console.vagrantfile.good;

import dev.corral.console.fx.Threads;
import dev.corral.console.shared.Texts;
import dev.corral.core.base.Environment;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.good.LastGood;
import dev.corral.core.operation.good.StartChange;
import dev.corral.core.sandbox.CacheDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What differs from the last start that worked, and of a text the lines. For the FX thread. */
public final class GoodView {
    private final GoodModel model;
    private final Label heading = new Label();
    private final Label empty = new Label();
    private final TableView<StartChange> table = new TableView<>();
    private final TextArea diff = new TextArea();
    private final VBox box;
    private final Runnable changed;

    /**
     * @param environment this process's variables
     * @param changed     told when there is something to show, or not any more
     */
    public GoodView(Environment environment, Runnable changed) {
        this(id -> LastGood.of(CacheDirectory.of(environment), id), changed);
    }

    private GoodView(Function<String, Optional<LastGood>> compare, Runnable changed) {
        this.changed = changed;
        model = new GoodModel(Threads.WINDOW, compare, this::draw);
        heading.getStyleClass().add("muted");
        heading.setWrapText(true);
        heading.setMinHeight(Region.USE_PREF_SIZE);
        heading.managedProperty().bind(heading.visibleProperty());
        empty.getStyleClass().add("muted");
        empty.setWrapText(true);
        empty.setMaxWidth(440);
        table.setId("good-table");
        table.setAccessibleText("What differs from the last start that worked");
        table.getStyleClass().addAll("strays-table", "debug-table");
        table.setFixedCellSize(30);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(empty);
        table.getColumns()
                .addAll(List.of(
                        column("Kind", 80, one -> one.kind().word()),
                        column("What", 180, StartChange::what),
                        column("When it worked", 160, one -> shown(one.before())),
                        column("Now", 160, one -> shown(one.after()))));
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener((all, before, row) -> showDiff(row == null ? "" : row.diff()));
        diff.setId("good-diff");
        diff.setEditable(false);
        diff.getStyleClass().add("machine-area");
        diff.setAccessibleText("The lines that differ");
        SplitPane split = new SplitPane(table, diff);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.5);
        VBox.setVgrow(split, Priority.ALWAYS);
        box = new VBox(heading, split);
        draw();
    }

    private static String shown(String text) {
        return text.isEmpty() ? "–" : text;
    }

    private static TableColumn<StartChange, String> column(
            String title, double width, Function<StartChange, String> text) {
        TableColumn<StartChange, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setReorderable(false);
        column.setSortable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(Texts.line(text.apply(row.getValue()))));
        return column;
    }

    /** What is shown. */
    public Region node() {
        return box;
    }

    /** Looks at this sandbox. */
    public void show(Optional<SandboxView> sandbox) {
        boolean before = model.shown();
        model.look(sandbox);
        if (before != model.shown() || !model.shown()) {
            draw();
        }
        heading.setText(model.heading(Instant.now()));
    }

    /** Whether there is a start that failed. */
    public boolean shown() {
        return model.shown();
    }

    /** How many differences there are. */
    public int count() {
        return model.changes().size();
    }

    private void draw() {
        heading.setText(model.heading(Instant.now()));
        heading.setVisible(!heading.getText().isEmpty());
        empty.setText(model.note());
        if (!table.getItems().equals(model.changes())) {
            table.getItems().setAll(model.changes());
            // What a text says matters more than that it is another.
            model.changes().stream()
                    .filter(one -> !one.diff().isEmpty())
                    .findFirst()
                    .ifPresent(one -> table.getSelectionModel().select(one));
        }
        changed.run();
    }

    private void showDiff(String text) {
        diff.setText(Texts.block(text));
    }
}
