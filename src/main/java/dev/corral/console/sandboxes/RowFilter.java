package dev.corral.console.sandboxes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The filter field's language: words that must all be found, {@code state:}, {@code eval:}, {@code sample:},
 * {@code vm:}, {@code box:} and {@code ip:} for one column, {@code !} before a word to leave out. A row stays when it
 * matches, or a row below it does; what an eval or sample matches by name counts for the rows below it. Pure.
 */
public final class RowFilter {
    private final List<Term> terms;

    private RowFilter(List<Term> terms) {
        this.terms = terms;
    }

    private record Term(String column, String text, boolean not) {}

    /** Reads the field's text. */
    public static RowFilter parse(String text) {
        List<Term> terms = new ArrayList<>();
        for (String word : text.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
            boolean not = word.startsWith("!");
            String rest = not ? word.substring(1) : word;
            int colon = rest.indexOf(':');
            String column = colon > 0 ? rest.substring(0, colon) : "";
            if (List.of("state", "eval", "sample", "vm", "box", "ip").contains(column)) {
                rest = rest.substring(colon + 1);
            } else {
                column = "";
            }
            if (!rest.isEmpty()) {
                terms.add(new Term(column, rest, not));
            }
        }
        return new RowFilter(List.copyOf(terms));
    }

    /** Whether it lets everything through. */
    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The rows that stay. */
    public List<TreeNode> apply(List<TreeNode> nodes) {
        return isEmpty() ? nodes : apply(nodes, List.of());
    }

    private List<TreeNode> apply(List<TreeNode> nodes, List<Row> above) {
        List<TreeNode> kept = new ArrayList<>();
        for (TreeNode node : nodes) {
            List<Row> path = new ArrayList<>(above);
            path.add(node.row());
            List<TreeNode> children = apply(node.children(), path);
            if (!children.isEmpty() || matches(path)) {
                kept.add(new TreeNode(node.row(), children));
            }
        }
        return List.copyOf(kept);
    }

    private boolean matches(List<Row> path) {
        return terms.stream().allMatch(term -> found(term, path) != term.not());
    }

    private static boolean found(Term term, List<Row> path) {
        Row row = path.getLast();
        return switch (term.column()) {
            // A summary such as "not running" would be found too: only what has a state of its own counts.
            case "state" ->
                !(row.subject() instanceof Subject.Eval || row.subject() instanceof Subject.Group)
                        && contains(row.state() + " " + row.look().name(), term.text());
            case "box" -> contains(row.box(), term.text());
            case "ip" -> contains(row.address(), term.text());
            case "eval" ->
                path.stream()
                        .anyMatch(
                                each -> each.subject() instanceof Subject.Eval && contains(each.title(), term.text()));
            case "sample" ->
                path.stream()
                        .anyMatch(each ->
                                each.subject() instanceof Subject.Sample && contains(each.title(), term.text()));
            case "vm" -> row.subject() instanceof Subject.Machine && contains(row.title(), term.text());
            default ->
                path.stream().anyMatch(each -> contains(each.title() + " " + each.note(), term.text()))
                        || contains(row.state() + " " + row.box() + " " + row.address(), term.text());
        };
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part);
    }
}
