package dev.corral.console.strays;

import dev.corral.console.fx.FxThread;
import dev.corral.console.fx.Ticker;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.table.ColumnRoom;
import dev.corral.console.table.RowMenu;
import dev.corral.console.table.Scrolling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/** The table of items, grouped by state. Its lines stay the same objects, so selection and scroll position survive updates. */
final class StrayTable extends TableView<Line> {
    /** Height of a row. */
    static final double ROW_PX = 32;

    private static final double WHY_MIN_PX = 240;
    private static final double WHY_LEAST_PX = 110;
    private static final PseudoClass GROUP = PseudoClass.getPseudoClass("group");
    private static final PseudoClass LOCKED = PseudoClass.getPseudoClass("locked");

    private final Actions actions;
    private final StrayLines lines;
    private final TableColumn<Line, Line> check = column("", 36, null);
    private final TableColumn<Line, Line> what = column("What", 250, Order.NAME);
    private final TableColumn<Line, Line> why = column("Why", 260, null);
    private final TableColumn<Line, Line> known = column("Known to", 162, null);
    private final TableColumn<Line, Line> owner = column("Owner", 140, Order.OWNER);
    private final TableColumn<Line, Line> age = column("Age", 60, Order.AGE);
    private final TableColumn<Line, Line> size = column("Size", 112, Order.SIZE);
    private final TableColumn<Line, Line> willDo = column("Will do", 204, null);
    private final TableColumn<Line, Line> state = column("State", 136, null);
    private @Nullable ContextMenu menu;
    private int lastChecked = -1;
    private List<String> chosenBefore = List.of();
    private String firstBefore = "";

    StrayTable(Actions actions, Ticker ticker, StrayLines lines) {
        super(lines.lines());
        this.actions = actions;
        this.lines = lines;
        setId("strays-table");
        setAccessibleText("What takes room, by state");
        getStyleClass().add("strays-table");
        setFixedCellSize(ROW_PX);
        setColumnResizePolicy(UNCONSTRAINED_RESIZE_POLICY);
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        check.setCellFactory(column -> new CheckCell(this::pressed));
        check.setResizable(false);
        what.setCellFactory(column -> new WhatCell(group -> lines.fold(group.state())));
        why.setCellFactory(column -> new StrayCells.TextCell(
                item -> item.row().reason(), group -> StrayCells.explanation(group.state()), "why-cell"));
        known.setCellFactory(
                column -> new StrayCells.TextCell(item -> item.row().knownTo(), group -> "", "quiet-cell"));
        owner.setCellFactory(
                column -> new StrayCells.TextCell(item -> item.row().owner(), group -> "", "quiet-cell"));
        age.setCellFactory(column -> new StrayCells.AgeCell(ticker));
        size.setCellFactory(column -> new StrayCells.SizeCell());
        willDo.setCellFactory(
                column -> new StrayCells.TextCell(item -> item.row().willDo(), group -> "", "quiet-cell"));
        state.setCellFactory(column -> new StrayCells.StateCell());
        age.getStyleClass().add("number-column");
        size.getStyleClass().add("number-column");
        getColumns().setAll(List.of(check, what, why, known, owner, age, size, willDo, state));
        setRowFactory(view -> row());
        setSortPolicy(view -> {
            order();
            return true;
        });
        ColumnRoom room = new ColumnRoom(
                why,
                WHY_MIN_PX,
                WHY_LEAST_PX,
                Set.of(check, what, size),
                List.of(what, size, age, state, owner, willDo, known));
        // Not while the table is being laid out: cells that come then would keep the look of a moment ago.
        widthProperty().addListener((all, before, width) -> FxThread.later(() -> room.fit(getWidth())));
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        // By key. Not as the rows' own menu: the keys in it would then work in the whole window.
        setOnContextMenuRequested(event -> {
            if (event.isKeyboardTrigger() && !chosen(false).isEmpty()) {
                menu().show(this, event.getScreenX(), event.getScreenY());
            }
        });
    }

    private static TableColumn<Line, Line> column(String title, double width, @Nullable Order order) {
        TableColumn<Line, Line> column = new TableColumn<>(title);
        column.setCellValueFactory(features -> features.getValue().itself());
        column.setPrefWidth(width);
        column.setSortable(order != null);
        column.setUserData(order);
        column.setReorderable(false);
        return column;
    }

    private void order() {
        TableColumn<Line, ?> by =
                getSortOrder().isEmpty() ? null : getSortOrder().getFirst();
        boolean turned = by != null && by.getSortType() == TableColumn.SortType.DESCENDING;
        keepingPlace(() -> lines.sort(by == null ? Order.SIZE : (Order) by.getUserData(), turned));
    }

    private TableRow<Line> row() {
        TableRow<Line> row = new TableRow<>() {
            @Override
            protected void updateItem(Line line, boolean empty) {
                super.updateItem(line, empty);
                boolean filled = !empty && line != null;
                pseudoClassStateChanged(GROUP, filled && line.row().isEmpty());
                pseudoClassStateChanged(
                        LOCKED,
                        filled && line.row().map(shown -> !shown.checkable()).orElse(false));
                setAccessibleText(filled ? line.row().map(StrayRow::spoken).orElse(null) : null);
            }
        };
        row.setOnContextMenuRequested(event -> {
            if (row.getItem() != null && row.getItem().row().isPresent()) {
                menu().show(row, event.getScreenX(), event.getScreenY());
                event.consume();
            }
        });
        row.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2 && row.getItem() != null) {
                open(row.getItem());
                event.consume();
            }
        });
        return row;
    }

    /** A heading folds, an item shows its details. */
    void open(Line line) {
        if (line.content().get() instanceof Line.Group group) {
            keepingPlace(() -> lines.fold(group.state()));
        } else {
            actions.run(Action.DETAILS);
        }
    }

    private ContextMenu menu() {
        if (menu == null) {
            menu = RowMenu.of(
                    actions,
                    List.of(
                            List.of(Action.DETAILS, Action.CHECK, Action.PIN),
                            List.of(
                                    Action.TERMINAL,
                                    Action.LOG,
                                    Action.VAGRANTFILE,
                                    Action.EDIT_VAGRANTFILE,
                                    Action.SHOW_IN_SANDBOXES,
                                    Action.REVEAL,
                                    Action.COPY),
                            List.of(Action.CANCEL, Action.CLEAN_CHOSEN, Action.DESTROY)));
        }
        return menu;
    }

    private void key(KeyEvent event) {
        Line line = getFocusModel().getFocusedItem();
        if (line != null
                && line.content().get() instanceof Line.Group group
                && !event.isShiftDown()
                && (event.getCode() == KeyCode.LEFT && group.open()
                        || event.getCode() == KeyCode.RIGHT && !group.open())) {
            keepingPlace(() -> lines.fold(group.state()));
            event.consume();
        }
    }

    // With Shift everything from the box pressed before to this one takes the new mark, as in mail programs.
    private void pressed(Line line, boolean range) {
        int index = getItems().indexOf(line);
        getSelectionModel().clearAndSelect(index);
        if (line.content().get() instanceof Line.Group group) {
            lines.toggle(group.state());
        } else if (range && lastChecked >= 0 && lastChecked < getItems().size()) {
            boolean on = line.content().get() instanceof Line.Item item && !item.checked();
            lines.toggle(getItems().subList(Math.min(index, lastChecked), Math.max(index, lastChecked) + 1).stream()
                    .filter(each -> each.content().get() instanceof Line.Item item && item.checked() != on)
                    .map(Line::row)
                    .flatMap(Optional::stream)
                    .toList());
        } else {
            lines.toggle(line.row().stream().toList());
        }
        lastChecked = index;
    }

    /** The chosen items; those of a chosen heading too when {@code throughHeadings}. */
    List<StrayRow> chosen(boolean throughHeadings) {
        List<StrayRow> rows = new ArrayList<>();
        for (Line line : List.copyOf(getSelectionModel().getSelectedItems())) {
            if (line == null) {
                continue;
            }
            if (throughHeadings && line.content().get() instanceof Line.Group group) {
                getItems().stream()
                        .map(Line::row)
                        .flatMap(Optional::stream)
                        .filter(row -> row.state() == group.state())
                        .forEach(rows::add);
            }
            line.row().ifPresent(rows::add);
        }
        return rows.stream().distinct().toList();
    }

    /** Changes the lines and keeps what is chosen and what is in sight where it is. */
    void keepingPlace(Runnable change) {
        Set<Line> chosen = new HashSet<>(getSelectionModel().getSelectedItems());
        Line focused = getFocusModel().getFocusedItem();
        Line top = Scrolling.first(this)
                .filter(index -> index >= 0 && index < getItems().size())
                .map(getItems()::get)
                .orElse(null);
        int before = top == null ? -1 : getItems().indexOf(top);
        List<Line> old = List.copyOf(getItems());
        change.run();
        if (old.equals(getItems())) {
            return;
        }
        int[] indices = chosen.stream()
                .filter(Objects::nonNull)
                .mapToInt(getItems()::indexOf)
                .filter(index -> index >= 0)
                .sorted()
                .toArray();
        if (!new HashSet<>(getSelectionModel().getSelectedItems()).equals(chosen) || indices.length != chosen.size()) {
            getSelectionModel().clearSelection();
            if (indices.length > 0) {
                getSelectionModel().selectIndices(indices[0], indices);
            }
        }
        int focus = focused == null ? -1 : getItems().indexOf(focused);
        if (focus >= 0) {
            getFocusModel().focus(focus);
        }
        int after = top == null ? -1 : getItems().indexOf(top);
        Scrolling.follow(this, before, after, ROW_PX);
    }

    /** Chooses an item and brings it into sight; false when it is not among the lines. */
    boolean show(String key) {
        lines.unfold(key);
        for (int i = 0; i < getItems().size(); i++) {
            if (getItems().get(i).key().equals(key)) {
                getSelectionModel().clearAndSelect(i);
                scrollTo(Math.max(0, i - 3));
                return true;
            }
        }
        return false;
    }

    /** The key of the uppermost line in sight; empty when nothing is scrolled. */
    String firstInSight() {
        return Scrolling.first(this)
                .filter(index -> index > 0 && index < getItems().size())
                .map(index -> getItems().get(index).key())
                .orElse("");
    }

    /** Says what was chosen and uppermost in an earlier window. */
    void remember(List<String> keys, String first) {
        chosenBefore = keys;
        firstBefore = first;
    }

    /** Chooses that again, when there are lines for the first time and nothing is chosen yet; what has gone is left out. */
    void chooseAgain() {
        if (getItems().isEmpty() || chosenBefore.isEmpty() && firstBefore.isEmpty()) {
            return;
        }
        for (int i = 0; i < getItems().size(); i++) {
            Line line = getItems().get(i);
            if (line.row().isPresent() && chosenBefore.contains(line.key())) {
                getSelectionModel().select(i);
            }
            if (line.key().equals(firstBefore)) {
                scrollTo(i);
            }
        }
        remember(List.of(), "");
    }
}
