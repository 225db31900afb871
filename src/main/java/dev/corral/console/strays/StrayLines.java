package dev.corral.console.strays;

import dev.corral.core.cleanup.StepResult;
import dev.corral.core.inventory.ItemState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * The lines of the table: rows grouped by state, which of them are checked, which groups are folded, and how far a cleanup
 * has come. Rows keep their places while only their sizes change. Needs no toolkit. For one thread.
 */
public final class StrayLines {
    /** The groups, what can be had back first. */
    public static final List<ItemState> GROUPS = List.of(
            ItemState.STRAY,
            ItemState.DESTROY_FAILED,
            ItemState.ORPHAN,
            ItemState.LEFTOVER,
            ItemState.GHOST,
            ItemState.UNKNOWN,
            ItemState.KEPT,
            ItemState.STARTING,
            ItemState.LIVE,
            ItemState.FOREIGN);

    private final ObservableList<Line> lines = FXCollections.observableArrayList();
    private final Map<String, Line> known = new HashMap<>();
    private final Set<String> checked = new LinkedHashSet<>();
    private final Set<ItemState> folded = EnumSet.noneOf(ItemState.class);
    private final Map<String, Long> sortedBy = new HashMap<>();
    private Map<String, StepResult> results = Map.of();
    private List<StrayRow> all = List.of();
    private List<StrayRow> shown = List.of();
    private Order order = Order.SIZE;
    private boolean reversed;

    /** The lines that are shown. */
    public ObservableList<Line> lines() {
        return lines;
    }

    /**
     * Shows these rows.
     *
     * @param everything all rows of the inventory: what is checked and gone from it is unchecked
     * @param fitting    those that the filter lets through
     * @param settle     whether rows may take new places because of their present sizes
     */
    public void show(List<StrayRow> everything, List<StrayRow> fitting, boolean settle) {
        boolean sameRows = !settle && same(fitting, shown);
        all = everything;
        shown = fitting;
        if (settle) {
            sortedBy.clear();
        }
        if (!checked.isEmpty()) {
            Set<String> possible = new HashSet<>();
            everything.stream().filter(StrayRow::checkable).forEach(row -> possible.add(row.key()));
            checked.retainAll(possible);
        }
        if (sameRows) {
            refresh();
        } else {
            build();
        }
    }

    private static boolean same(List<StrayRow> rows, List<StrayRow> before) {
        if (rows.size() != before.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).state() != before.get(i).state()
                    || !rows.get(i).key().equals(before.get(i).key())) {
                return false;
            }
        }
        return true;
    }

    // The usual update: the same rows in the same places, only what they show has changed.
    private void refresh() {
        Map<String, StrayRow> byKey = new HashMap<>();
        Map<ItemState, List<StrayRow>> groups = groups();
        shown.forEach(row -> byKey.put(row.key(), row));
        long largest = largest();
        for (Line line : lines) {
            switch (line.content().get()) {
                case Line.Group group ->
                    line.show(group(group.state(), Objects.requireNonNull(groups.get(group.state())), group.open()));
                case Line.Item item -> line.show(item(Objects.requireNonNull(byKey.get(line.key())), largest));
            }
        }
    }

    private long largest() {
        long largest = 0;
        for (StrayRow row : shown) {
            largest = Math.max(largest, row.bytes());
        }
        return largest;
    }

    private Map<ItemState, List<StrayRow>> groups() {
        Map<ItemState, List<StrayRow>> groups = new EnumMap<>(ItemState.class);
        shown.forEach(row ->
                groups.computeIfAbsent(row.state(), state -> new ArrayList<>()).add(row));
        return groups;
    }

    /** Shows how far a cleanup has come. */
    public void progress(Map<String, StepResult> now) {
        if (!now.equals(results)) {
            results = Map.copyOf(now);
            refresh();
        }
    }

    /** Orders the rows below each group. */
    public void sort(Order by, boolean turned) {
        order = by;
        reversed = turned;
        sortedBy.clear();
        build();
    }

    /** The groups that are folded, each as false. */
    Map<String, Boolean> folds() {
        Map<String, Boolean> folds = new HashMap<>();
        folded.forEach(state -> folds.put(state.name(), false));
        return folds;
    }

    /** Folds the groups that were folded in an earlier window, before there are any lines. */
    void restore(Map<String, Boolean> folds) {
        GROUPS.stream().filter(state -> !folds.getOrDefault(state.name(), true)).forEach(folded::add);
    }

    /** Folds a group or unfolds it. */
    public void fold(ItemState state) {
        if (!folded.remove(state)) {
            folded.add(state);
        }
        build();
    }

    /** Unfolds the group of a row, so that it is among the lines if it fits the filter. */
    public void unfold(String key) {
        all.stream().filter(row -> row.key().equals(key)).findFirst().ifPresent(row -> {
            folded.remove(row.state());
            build();
        });
    }

    /** The checked rows' keys, in the order in which they were checked. */
    public List<String> checked() {
        return List.copyOf(checked);
    }

    /** Bytes of the checked rows together; unknown ones count as nothing. */
    public long checkedBytes() {
        return all.stream()
                .filter(row -> checked.contains(row.key()))
                .mapToLong(row -> Math.max(0, row.bytes()))
                .sum();
    }

    /** Checks those of the rows that can be, or none when all of these are checked already. */
    public void toggle(Collection<StrayRow> rows) {
        List<String> keys =
                rows.stream().filter(StrayRow::checkable).map(StrayRow::key).toList();
        if (checked.containsAll(keys)) {
            keys.forEach(checked::remove);
        } else {
            checked.addAll(keys);
        }
        refresh();
    }

    /**
     * Checks or unchecks all rows shown that are to be had back. What is kept or unknown takes a mark of its own, or a filter
     * that shows nothing else: one key must not choose a VM that somebody meant to keep.
     */
    public void toggleAll() {
        List<StrayRow> strays = shown.stream()
                .filter(row -> row.checkable() && row.state().reclaimable())
                .toList();
        toggle(strays.isEmpty() ? shown : strays);
    }

    /** Checks or unchecks all rows shown of a state. */
    public void toggle(ItemState state) {
        toggle(shown.stream().filter(row -> row.state() == state).toList());
    }

    /** Unchecks all. */
    public void uncheck() {
        checked.clear();
        refresh();
    }

    private void build() {
        Map<ItemState, List<StrayRow>> groups = groups();
        long largest = largest();
        List<Line> wanted = new ArrayList<>(shown.size() + GROUPS.size());
        for (ItemState state : GROUPS) {
            List<StrayRow> rows = groups.getOrDefault(state, List.of());
            if (rows.isEmpty()) {
                continue;
            }
            boolean open = !folded.contains(state);
            wanted.add(line("group:" + state, group(state, rows, open)));
            if (open) {
                rows.stream()
                        .sorted(order.comparator(
                                row -> sortedBy.computeIfAbsent(row.key(), key -> row.bytes()), reversed))
                        .forEach(row -> wanted.add(line(row.key(), item(row, largest))));
            }
        }
        sync(wanted);
    }

    private Line.Group group(ItemState state, List<StrayRow> rows, boolean open) {
        return new Line.Group(
                state,
                rows.size(),
                rows.stream().mapToLong(row -> Math.max(0, row.bytes())).sum(),
                open,
                (int) rows.stream().filter(row -> checked.contains(row.key())).count(),
                (int) rows.stream().filter(StrayRow::checkable).count());
    }

    private Line.Item item(StrayRow row, long largest) {
        return new Line.Item(
                row,
                checked.contains(row.key()),
                largest <= 0 ? 0 : Math.max(0, row.bytes()) / (double) largest,
                Optional.ofNullable(results.get(row.key())));
    }

    private Line line(String key, Line.Content content) {
        Line line = known.get(key);
        if (line == null) {
            line = new Line(key, content);
            known.put(key, line);
        } else {
            line.show(content);
        }
        return line;
    }

    // Only what came, went or moved is touched, in as few changes as possible.
    private void sync(List<Line> wanted) {
        Set<Line> stays = new HashSet<>(wanted);
        lines.removeIf(line -> !stays.contains(line));
        known.values().retainAll(stays);
        Set<Line> present = new HashSet<>(lines);
        if (!inOrder(wanted, present)) {
            lines.setAll(wanted);
            return;
        }
        for (int i = 0; i < wanted.size(); i++) {
            int end = i;
            while (end < wanted.size() && !present.contains(wanted.get(end))) {
                end++;
            }
            if (end > i) {
                lines.addAll(i, wanted.subList(i, end));
                i = end - 1;
            }
        }
    }

    private boolean inOrder(List<Line> wanted, Set<Line> present) {
        int at = 0;
        for (Line line : wanted) {
            if (present.contains(line) && lines.get(at++) != line) {
                return false;
            }
        }
        return true;
    }
}
