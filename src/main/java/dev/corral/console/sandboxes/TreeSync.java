package dev.corral.console.sandboxes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javafx.collections.ObservableList;
import javafx.scene.control.TreeItem;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tree's items to a new state in place: equal rows are left alone, changed ones get a new value, and only what
 * came or went is added or removed. So selection, expansion and scroll position survive. For the FX thread.
 */
final class TreeSync {
    private final Map<String, Boolean> expansion = new HashMap<>();
    private final Predicate<TreeNode> expandedAtFirst;
    private boolean remember = true;

    /** @param expandedAtFirst whether a row that nobody has folded or unfolded yet is unfolded */
    TreeSync(Predicate<TreeNode> expandedAtFirst) {
        this.expandedAtFirst = expandedAtFirst;
    }

    /** Brings the items below {@code root} to the new state; {@code unfold} unfolds all for as long as a filter is on. */
    void apply(TreeItem<Row> root, List<TreeNode> nodes, boolean unfold) {
        remember = false;
        sync(root.getChildren(), nodes, unfold);
        remember = true;
    }

    private void sync(ObservableList<TreeItem<Row>> items, List<TreeNode> nodes, boolean unfold) {
        Set<String> wanted = new HashSet<>();
        nodes.forEach(node -> wanted.add(node.row().key()));
        items.removeIf(item -> !wanted.contains(item.getValue().key()));
        for (int i = 0; i < nodes.size(); i++) {
            TreeNode node = nodes.get(i);
            int at = indexOf(items, node.row().key(), i);
            if (at < 0) {
                items.add(i, create(node, unfold));
                continue;
            }
            TreeItem<Row> item = items.get(at);
            if (at != i) {
                items.remove(at);
                items.add(i, item);
            }
            if (!item.getValue().equals(node.row())) {
                item.setValue(node.row());
            }
            boolean wasLeaf = item.getChildren().isEmpty();
            sync(item.getChildren(), node.children(), unfold);
            boolean open = unfold
                    || expansion.getOrDefault(
                            node.row().key(), wasLeaf ? expandedAtFirst.test(node) : item.isExpanded());
            if (!node.children().isEmpty() && item.isExpanded() != open) {
                item.setExpanded(open);
            }
        }
    }

    private static int indexOf(List<TreeItem<Row>> items, String key, int from) {
        for (int i = from; i < items.size(); i++) {
            if (items.get(i).getValue().key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private TreeItem<Row> create(TreeNode node, boolean unfold) {
        TreeItem<Row> item = new TreeItem<>(node.row());
        node.children().forEach(child -> item.getChildren().add(create(child, unfold)));
        item.setExpanded(unfold || expansion.getOrDefault(node.row().key(), expandedAtFirst.test(node)));
        item.expandedProperty().addListener((all, before, open) -> {
            if (remember) {
                expansion.put(item.getValue().key(), open);
            }
        });
        return item;
    }

    /** The rows that somebody has folded (false) or unfolded (true), by their keys. */
    Map<String, Boolean> folds() {
        return Map.copyOf(expansion);
    }

    /** Folds and unfolds as somebody has done before, for rows that come from now on. */
    void restore(Map<String, Boolean> folds) {
        expansion.putAll(folds);
    }

    /** The item of that key below {@code root}, or null. */
    static @Nullable TreeItem<Row> find(TreeItem<Row> root, String key) {
        for (TreeItem<Row> child : root.getChildren()) {
            if (child.getValue().key().equals(key)) {
                return child;
            }
            TreeItem<Row> below = find(child, key);
            if (below != null) {
                return below;
            }
        }
        return null;
    }
}
