package dev.corral.console.sandboxes;

import dev.corral.console.fx.FxThread;
import dev.corral.console.fx.Ticker;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.page.GuestAction;
import dev.corral.console.sandboxes.details.DetailButtons;
import dev.corral.console.shared.Formats;
import dev.corral.console.table.ColumnRoom;
import dev.corral.console.table.RowMenu;
import dev.corral.console.table.Scrolling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableRow;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** The tree table of evals, samples and VMs. Rows are kept by their keys through every update. */
final class SandboxTree extends TreeTableView<Row> {
    /** Height of a row. */
    static final double ROW_PX = 32;

    private static final int SAMPLES_UNFOLDED = 40;
    private static final double NAME_MIN_PX = 240;
    // In the narrowest window the name gives way: the state and the button must be in sight without scrolling sideways.
    private static final double NAME_LEAST_PX = 150;
    private static final PseudoClass EVAL = PseudoClass.getPseudoClass("eval");
    private static final PseudoClass STRAYS = PseudoClass.getPseudoClass("strays");

    private final Actions actions;
    private final TreeSync sync = new TreeSync(SandboxTree::unfoldedAtFirst);
    private final ReadOnlyObjectWrapper<Optional<Row>> chosen = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final TreeTableColumn<Row, Row> name = column("Eval / sample / VM", 300);
    private final TreeTableColumn<Row, Row> state = column("State", 168);
    private final TreeTableColumn<Row, Row> box = column("Box · provider", 156);
    private final TreeTableColumn<Row, Row> address = column("IP / port", 144);
    private final TreeTableColumn<Row, Row> up = column("Up", 74);
    private final TreeTableColumn<Row, Row> disk = column("Disk", 74);
    private final TreeTableColumn<Row, Row> act = column("", 44);
    private final Function<Row, Optional<Action>> mainAction;
    private Optional<Press> pressed = Optional.empty();
    private boolean syncing;
    private String firstBefore = "";
    private @Nullable ContextMenu menu;

    /** The first press of what may become a double-click: on which row, and what a double-click would have done then. */
    private record Press(String row, Optional<Action> action) {}

    /**
     * @param mainAction what a double-click does on a row
     * @param button     what a row's button does
     */
    SandboxTree(
            Actions actions,
            Ticker ticker,
            Function<Row, Optional<Action>> mainAction,
            Function<Row, Optional<Action>> button) {
        this.actions = actions;
        this.mainAction = mainAction;
        setId("sandbox-tree");
        setAccessibleText("Evals, samples and VMs");
        setRoot(new TreeItem<>());
        setShowRoot(false);
        setFixedCellSize(ROW_PX);
        setColumnResizePolicy(UNCONSTRAINED_RESIZE_POLICY);
        getStyleClass().add("sandbox-tree");
        name.setCellFactory(column -> new NameCell());
        state.setCellFactory(column -> new Cells.StateCell());
        box.setCellFactory(column -> new Cells.TextCell(Row::box, "quiet-cell"));
        address.setCellFactory(column -> new Cells.TextCell(Row::address, "machine-text"));
        up.setCellFactory(column -> new Cells.UpCell(ticker));
        disk.setCellFactory(
                column -> new Cells.TextCell(row -> row.disk() < 0 ? "" : Formats.bytes(row.disk()), "number-cell"));
        act.setCellFactory(column -> new ActionCell(button, row -> show(row.key()), this::runOn));
        up.getStyleClass().add("number-column");
        disk.getStyleClass().add("number-column");
        // A column that is not shown: the names draw arrow and indentation themselves.
        setTreeColumn(new TreeTableColumn<>());
        getColumns().setAll(List.of(name, state, box, address, up, disk, act));
        setRowFactory(view -> row());
        ColumnRoom room = new ColumnRoom(
                name, NAME_MIN_PX, NAME_LEAST_PX, Set.of(state, act), List.of(state, up, disk, address, box));
        widthProperty().addListener((all, before, width) -> room.fit(width.doubleValue()));
        heightProperty().addListener((all, before, height) -> {
            if (height.doubleValue() < before.doubleValue()) {
                keepInSight();
            }
        });
        // By key. Not as the rows' own menu: the keys in it would then work in the whole window.
        setOnContextMenuRequested(event -> {
            if (chosen.get().isPresent() && event.isKeyboardTrigger()) {
                menu().show(this, event.getScreenX(), event.getScreenY());
            }
        });
        getSelectionModel().selectedItemProperty().addListener((all, before, item) -> {
            if (!syncing) {
                choose(item);
            }
        });
    }

    /** The chosen row in its newest form. */
    ReadOnlyObjectProperty<Optional<Row>> chosen() {
        return chosen.getReadOnlyProperty();
    }

    private static boolean unfoldedAtFirst(TreeNode node) {
        return switch (node.row().subject()) {
            case Subject.Eval eval -> node.children().size() <= SAMPLES_UNFOLDED;
            case Subject.Group group -> group.kind() == Subject.GroupKind.BY_HAND;
            default -> true;
        };
    }

    private static TreeTableColumn<Row, Row> column(String title, double width) {
        TreeTableColumn<Row, Row> column = new TreeTableColumn<>(title);
        column.setCellValueFactory(
                features -> new SimpleObjectProperty<>(features.getValue().getValue()));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    private TreeTableRow<Row> row() {
        TreeTableRow<Row> row = new TreeTableRow<>() {
            @Override
            protected void updateItem(Row item, boolean empty) {
                super.updateItem(item, empty);
                boolean filled = !empty && item != null;
                pseudoClassStateChanged(
                        EVAL,
                        filled
                                && (item.subject() instanceof Subject.Eval
                                        || item.subject() instanceof Subject.Group
                                        || item.subject() instanceof Subject.File));
                pseudoClassStateChanged(
                        STRAYS,
                        filled
                                && item.subject() instanceof Subject.Group group
                                && group.kind() == Subject.GroupKind.STRAYS);
                setAccessibleText(filled ? item.spoken() : null);
            }
        };
        row.setOnContextMenuRequested(event -> {
            if (!row.isEmpty()) {
                menu().show(row, event.getScreenX(), event.getScreenY());
                event.consume();
            }
        });
        // Nothing in its place: without one the toolkit would make its own arrow.
        row.setDisclosureNode(new Region());
        // Before the row folds itself on a double-click: a row with a main action does that instead.
        row.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getButton() != MouseButton.PRIMARY || row.getItem() == null || onControl(event)) {
                pressed = Optional.empty();
                return;
            }
            Optional<Press> before = pressed;
            pressed = Optional.of(new Press(row.getItem().key(), mainAction.apply(row.getItem())));
            // Rows may have moved, or the row changed, since the first of the two clicks: then it was not meant for
            // this.
            if (event.getClickCount() == 2 && pressed.get().action().isPresent()) {
                event.consume();
                getSelectionModel().select(row.getIndex());
                if (before.equals(pressed)) {
                    actions.run(Action.OPEN);
                }
            }
        });
        return row;
    }

    // The arrow and the button of a row answer by themselves.
    private static boolean onControl(MouseEvent event) {
        for (Node node = event.getPickResult().getIntersectedNode(); node != null; node = node.getParent()) {
            if (node.getStyleClass().contains("fold-box")
                    || node.getStyleClass().contains("row-action")) {
                return true;
            }
        }
        return false;
    }

    private ContextMenu menu() {
        if (menu == null) {
            menu = RowMenu.of(
                    actions,
                    List.of(
                            List.of(Action.TERMINAL, Action.START, Action.CANCEL, Action.KEEP_AND_LOOK),
                            List.of(GuestAction.NEW_TERMINAL, GuestAction.FILES, GuestAction.NETWORK),
                            DetailButtons.MORE,
                            List.of(
                                    Action.LOG,
                                    Action.VAGRANTFILE,
                                    Action.EDIT_VAGRANTFILE,
                                    Action.COPY,
                                    Action.SHOW_IN_STRAYS,
                                    Action.PIN,
                                    Action.TAKE_BACK),
                            List.of(Action.READ_AGAIN, Action.CLOSE_TASK_FILE),
                            List.of(Action.DESTROY)));
        }
        return menu;
    }

    private void runOn(Row row, Action action) {
        show(row.key());
        actions.run(action);
    }

    private void choose(@Nullable TreeItem<Row> item) {
        chosen.set(Optional.ofNullable(item).map(TreeItem::getValue));
    }

    /** Brings the rows to a new state. */
    void update(List<TreeNode> nodes, boolean unfold) {
        Optional<String> key = chosen.get().map(Row::key);
        Optional<String> top = Scrolling.first(this)
                .map(this::getTreeItem)
                .map(TreeItem::getValue)
                .map(Row::key);
        int before = top.map(this::indexOf).orElse(-1);
        List<String> around = chosenAndAbove();
        syncing = true;
        sync.apply(getRoot(), nodes, unfold);
        syncing = false;
        TreeItem<Row> item = key.map(wanted -> TreeSync.find(getRoot(), wanted))
                .or(() -> nearest(around))
                .orElse(null);
        if (item == null) {
            getSelectionModel().clearSelection();
        } else if (getSelectionModel().getSelectedItem() != item) {
            getSelectionModel().select(item);
        }
        choose(item);
        int after = top.map(this::indexOf).orElse(-1);
        Scrolling.follow(this, before, after, ROW_PX);
    }

    private List<String> chosenAndAbove() {
        List<String> keys = new ArrayList<>();
        for (TreeItem<Row> item = getSelectionModel().getSelectedItem();
                item != null && item.getValue() != null;
                item = item.getParent()) {
            keys.add(item.getValue().key());
        }
        return keys;
    }

    // When the chosen row has gone: what it lay in, or else the first row.
    private Optional<TreeItem<Row>> nearest(List<String> around) {
        return around.stream()
                .map(key -> TreeSync.find(getRoot(), key))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> around.isEmpty()
                        ? Optional.empty()
                        : getRoot().getChildren().stream().findFirst());
    }

    // A message or the dock takes room from below: the chosen row must not vanish behind it. Nothing scrolls if it was
    // out of sight.
    private void keepInSight() {
        int index = getSelectionModel().getSelectedIndex();
        Scrolling.flow(this).ifPresent(flow -> {
            var first = flow.getFirstVisibleCell();
            var last = flow.getLastVisibleCell();
            if (first != null && last != null && index >= first.getIndex() && index <= last.getIndex()) {
                FxThread.later(() -> flow.scrollTo(index));
            }
        });
    }

    private int indexOf(String key) {
        TreeItem<Row> item = TreeSync.find(getRoot(), key);
        return item == null ? -1 : getRow(item);
    }

    /** Chooses a row, unfolding what it lies in, and brings it into sight. */
    void show(String key) {
        TreeItem<Row> item = TreeSync.find(getRoot(), key);
        if (item == null) {
            return;
        }
        for (TreeItem<Row> above = item.getParent(); above != null; above = above.getParent()) {
            above.setExpanded(true);
        }
        getSelectionModel().select(item);
        int index = getRow(item);
        Scrolling.flow(this).ifPresent(flow -> {
            var first = flow.getFirstVisibleCell();
            var last = flow.getLastVisibleCell();
            if (first == null || last == null || index < first.getIndex() || index >= last.getIndex()) {
                scrollTo(Math.max(0, index - 3));
            }
        });
    }

    /** The key of the uppermost row in sight; empty when nothing is scrolled. */
    String firstInSight() {
        return Scrolling.first(this)
                .filter(index -> index > 0)
                .map(this::getTreeItem)
                .map(item -> item.getValue().key())
                .orElse("");
    }

    /** The rows that the user has folded (false) or unfolded (true). */
    Map<String, Boolean> folds() {
        return sync.folds();
    }

    /** Folds as in an earlier window; {@code first} comes uppermost when the row chosen there is chosen again. */
    void restore(String first, Map<String, Boolean> folds) {
        firstBefore = first;
        sync.restore(folds);
    }

    /** Chooses the row of an earlier window, in the place where it was; false when it is not there. */
    boolean chooseAgain(String key) {
        if (TreeSync.find(getRoot(), key) == null) {
            return false;
        }
        show(key);
        int first = indexOf(firstBefore);
        if (first >= 0) {
            scrollTo(first);
        }
        return true;
    }

    /** Folds or unfolds the chosen row. */
    void toggle() {
        TreeItem<Row> item = getSelectionModel().getSelectedItem();
        if (item != null && !item.isLeaf()) {
            item.setExpanded(!item.isExpanded());
        }
    }
}
