package dev.corral.console.vagrantfile.machines;

import dev.corral.console.fx.FxThread;
import dev.corral.console.table.Scrolling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.skin.VirtualFlow;

/** The steps of all machines, and below them what the chosen one wrote. For the FX thread. */
final class TimelineView {
    private static final double ROWS = 0.62;
    private static final double ROW_HEIGHT = 36;

    private final ListView<TimelineRow> list = new ListView<>();
    private final OutputView output;
    private final SplitPane split = new SplitPane();
    private final TimelineRow.Choice choice = new TimelineRow.Choice();
    private String sandbox = "";
    private boolean choosing;
    private Optional<Path> file = Optional.empty();

    TimelineView(OutputView output, TimelineCell.Asked asked, Node placeholder) {
        this.output = output;
        list.setId("timeline-steps");
        list.getStyleClass().add("timeline-steps");
        list.setAccessibleText("Steps of the machines");
        list.setFixedCellSize(ROW_HEIGHT);
        list.setPlaceholder(placeholder);
        list.setCellFactory(view -> new TimelineCell(view, asked));
        list.getSelectionModel().selectedItemProperty().addListener((all, before, row) -> {
            if (!choosing && row != null) {
                choice.user(row.key());
                output.show(Optional.of(row), file);
            }
        });
        // What a step wrote takes room from the steps when it comes up. While they are laid out, a list does not
        // scroll.
        list.heightProperty()
                .addListener((all, before, height) -> FxThread.later(() -> {
                    int index = list.getSelectionModel().getSelectedIndex();
                    if (index >= 0) {
                        bringIntoSight(index);
                    }
                }));
        split.setOrientation(Orientation.VERTICAL);
        split.getItems().setAll(list, output.node());
        split.setDividerPositions(ROWS);
        SplitPane.setResizableWithParent(output.node(), true);
    }

    /** What is shown. */
    Node node() {
        return split;
    }

    /**
     * Shows rows.
     *
     * @param id          the sandbox's id, empty without one
     * @param vagrantfile the open file
     */
    void show(List<TimelineRow> rows, String id, Optional<Path> vagrantfile) {
        file = vagrantfile;
        if (!id.equals(sandbox)) {
            sandbox = id;
            choice.clear();
        }
        Optional<TimelineRow.Key> wanted = choice.of(rows);
        choosing = true;
        boolean same = rows.stream()
                .map(TimelineRow::key)
                .toList()
                .equals(list.getItems().stream().map(TimelineRow::key).toList());
        if (same) {
            for (int i = 0; i < rows.size(); i++) {
                if (!rows.get(i).equals(list.getItems().get(i))) {
                    list.getItems().set(i, rows.get(i));
                }
            }
        } else {
            list.getItems().setAll(rows);
        }
        Optional<TimelineRow> chosen = wanted.flatMap(
                key -> rows.stream().filter(row -> row.key().equals(key)).findFirst());
        chosen.ifPresentOrElse(
                row -> {
                    int index = rows.indexOf(row);
                    if (list.getSelectionModel().getSelectedIndex() != index) {
                        list.getSelectionModel().clearAndSelect(index);
                        bringIntoSight(index);
                    }
                },
                () -> list.getSelectionModel().clearSelection());
        choosing = false;
        output.show(chosen, file);
    }

    private void bringIntoSight(int index) {
        int whole = Math.max(1, (int) (list.getHeight() / ROW_HEIGHT));
        boolean seen = Scrolling.flow(list)
                .map(VirtualFlow::getFirstVisibleCell)
                // The last one in sight may be cut off, and the first one too.
                .filter(first -> first.getIndex() < index && index < first.getIndex() + whole)
                .isPresent();
        if (!seen) {
            list.scrollTo(Math.max(0, index - whole + 2));
        }
    }
}
