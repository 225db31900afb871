package dev.corral.console.sandboxes;

import java.util.List;
import java.util.stream.Stream;

/**
 * A row and the rows below it.
 *
 * @param row      the row
 * @param children the rows below it
 */
public record TreeNode(Row row, List<TreeNode> children) {

    /** A node without children. */
    public static TreeNode leaf(Row row) {
        return new TreeNode(row, List.of());
    }

    /** This row and all below it, depth first. */
    public Stream<Row> rows() {
        return Stream.concat(Stream.of(row), children.stream().flatMap(TreeNode::rows));
    }
}
