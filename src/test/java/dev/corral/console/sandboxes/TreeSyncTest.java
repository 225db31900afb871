package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.shared.StateStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.TreeItem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TreeSyncTest {
    private final TreeSync sync = new TreeSync(node -> true);
    private final TreeItem<Row> root = new TreeItem<>();

    private static Row row(String key, String state) {
        return new Row(
                key,
                new Subject.Group(Subject.GroupKind.BY_HAND, List.of()),
                "",
                key,
                "",
                StateStyle.QUIET,
                state,
                "",
                "",
                Optional.empty(),
                false,
                -1);
    }

    private static TreeNode node(String key, TreeNode... children) {
        return new TreeNode(row(key, ""), List.of(children));
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        collect(root, keys);
        return keys;
    }

    private static void collect(TreeItem<Row> item, List<String> keys) {
        for (TreeItem<Row> child : item.getChildren()) {
            keys.add(child.getValue().key());
            collect(child, keys);
        }
    }

    @Test
    void itemsOfTheSameKeyAreTheSameItems() {
        sync.apply(root, List.of(node("a", node("a1"), node("a2")), node("b")), false);
        TreeItem<Row> a2 = TreeSync.find(root, "a2");
        sync.apply(root, List.of(node("new"), node("a", node("a0"), node("a2")), node("b")), false);
        assertThat(keys()).containsExactly("new", "a", "a0", "a2", "b");
        assertThat(TreeSync.find(root, "a2")).isSameAs(a2);
    }

    @Test
    void equalRowsAreNotTouched() {
        sync.apply(root, List.of(node("a")), false);
        Row before = root.getChildren().getFirst().getValue();
        sync.apply(root, List.of(node("a")), false);
        assertThat(root.getChildren().getFirst().getValue()).isSameAs(before);
        sync.apply(root, List.of(TreeNode.leaf(row("a", "running"))), false);
        assertThat(root.getChildren().getFirst().getValue().state()).isEqualTo("running");
    }

    @Test
    void anotherOrderMovesItems() {
        sync.apply(root, List.of(node("a"), node("b"), node("c")), false);
        TreeItem<Row> c = TreeSync.find(root, "c");
        sync.apply(root, List.of(node("c"), node("a"), node("b")), false);
        assertThat(keys()).containsExactly("c", "a", "b");
        assertThat(root.getChildren().getFirst()).isSameAs(c);
    }

    @Test
    void whatTheUserFoldedStaysFoldedAlsoThroughAFilter() {
        List<TreeNode> all = List.of(node("a", node("a1")), node("b", node("b1")));
        sync.apply(root, all, false);
        TreeSync.find(root, "a").setExpanded(false);
        sync.apply(root, List.of(node("a", node("a1"))), true);
        assertThat(TreeSync.find(root, "a").isExpanded()).isTrue();
        sync.apply(root, all, false);
        assertThat(TreeSync.find(root, "a").isExpanded()).isFalse();
        assertThat(TreeSync.find(root, "b").isExpanded()).isTrue();
    }

    @Test
    void rowsThatComeBackAreFoldedAsTheyWere() {
        sync.apply(root, List.of(node("a", node("a1"))), false);
        TreeSync.find(root, "a").setExpanded(false);
        sync.apply(root, List.of(), false);
        sync.apply(root, List.of(node("a", node("a1"))), false);
        assertThat(TreeSync.find(root, "a").isExpanded()).isFalse();
    }
}
