package dev.corral.console.sandboxes;

import dev.corral.console.table.FilterColumn;
import dev.corral.console.table.FilterColumns;
import dev.corral.console.table.FilterText;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The filter of the tree. A row stays when it fits, or a row below it does; what an eval or sample is found by counts for the
 * rows below it. Headings have neither state nor age, size or address: they stay for what lies below them. Pure.
 */
public final class RowFilter {
    private static final Set<FilterColumn> NOT_OF_HEADINGS = Set.of(
            FilterColumn.STATE,
            FilterColumn.AGE,
            FilterColumn.SIZE,
            FilterColumn.BOX,
            FilterColumn.IP,
            FilterColumn.VM,
            FilterColumn.OWNER);

    private static final FilterColumns<Path> COLUMNS = FilterColumns.of(Path::everything)
            .match(FilterColumn.STATE, (term, path) -> states(term, path.row()))
            .text(FilterColumn.NAME, path -> path.titles(row -> true))
            .match(FilterColumn.KIND, (term, path) -> kind(path.row()).startsWith(term.text()))
            .text(FilterColumn.EVAL, path -> path.titles(row -> row.subject() instanceof Subject.Eval))
            .text(FilterColumn.SAMPLE, path -> path.titles(row -> row.subject() instanceof Subject.Sample))
            .text(
                    FilterColumn.VM,
                    path -> path.row().subject() instanceof Subject.Machine
                            ? path.row().title()
                            : "")
            .text(FilterColumn.OWNER, path -> owner(path.row()))
            .amount(FilterColumn.AGE, path -> path.row()
                    .since()
                    .map(since -> (double)
                            Math.max(0, Duration.between(since, path.now()).toSeconds()))
                    .orElse(-1.0))
            .amount(FilterColumn.SIZE, path -> (double) path.row().disk())
            .text(FilterColumn.BOX, path -> path.row().box())
            .text(FilterColumn.IP, path -> path.row().address());

    /** The language in short. */
    static final String HELP = FilterText.help(COLUMNS.names());

    private final FilterText text;

    private RowFilter(FilterText text) {
        this.text = text;
    }

    /** A row below all that it lies in, itself the last. */
    private record Path(List<Row> rows, Instant now) {
        Row row() {
            return rows.getLast();
        }

        String titles(Predicate<Row> wanted) {
            return rows.stream().filter(wanted).map(Row::title).collect(Collectors.joining("\n"));
        }

        String everything() {
            return Stream.concat(
                            rows.stream().map(row -> row.title() + " " + row.note()),
                            Stream.of(row().state() + " " + row().box() + " " + row().address()))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** Reads the field's text. */
    public static RowFilter parse(String text) {
        return new RowFilter(FilterText.parse(text, COLUMNS.names()));
    }

    /** Whether it lets everything through. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** What of it is not understood, a sentence; empty when all is. */
    public String problem() {
        return text.problem();
    }

    /** The rows that stay; ages are counted to {@code now}. */
    public List<TreeNode> apply(List<TreeNode> nodes, Instant now) {
        return isEmpty() ? nodes : apply(nodes, List.of(), now);
    }

    private List<TreeNode> apply(List<TreeNode> nodes, List<Row> above, Instant now) {
        List<TreeNode> kept = new ArrayList<>();
        for (TreeNode node : nodes) {
            List<Row> path = new ArrayList<>(above);
            path.add(node.row());
            List<TreeNode> children = apply(node.children(), path, now);
            if (!children.isEmpty() || fits(new Path(path, now))) {
                kept.add(new TreeNode(node.row(), children));
            }
        }
        return List.copyOf(kept);
    }

    private boolean fits(Path path) {
        boolean asksInVain = heading(path.row())
                && text.terms().stream()
                        .anyMatch(term ->
                                term.column().filter(NOT_OF_HEADINGS::contains).isPresent());
        return !asksInVain && COLUMNS.fits(text, path);
    }

    private static boolean heading(Row row) {
        return row.subject() instanceof Subject.Eval || row.subject() instanceof Subject.Group;
    }

    // What runs is found while an operation on it is shown in its place, too.
    private static boolean states(FilterText.Term term, Row row) {
        String words = row.state() + "\n" + row.look().name()
                + (row.subject() instanceof Subject.Machine machine
                        ? "\n" + machine.view().state().word()
                        : "")
                + row.subject().sandboxes().stream()
                        .map(view -> "\n" + liveness(view) + (view.pinned() ? "\nkept pinned" : ""))
                        .collect(Collectors.joining());
        return term.in(words) || term.in(words.replace(' ', '-'));
    }

    private static String liveness(SandboxView view) {
        return view.liveness() == Liveness.UNKNOWN
                ? ""
                : view.liveness().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String kind(Row row) {
        return switch (row.subject()) {
            case Subject.Eval eval -> "eval";
            case Subject.Sample sample -> "sample";
            case Subject.Sandbox sandbox -> "sandbox";
            case Subject.Machine machine -> "vm";
            case Subject.Group group -> "group";
            case Subject.File file -> "file";
        };
    }

    private static String owner(Row row) {
        return row.subject().sandboxes().stream()
                .flatMap(view -> view.manifest().stream())
                .map(RowFilter::owner)
                .collect(Collectors.joining("\n"));
    }

    private static String owner(Manifest manifest) {
        Owner owner = manifest.owner();
        return owner.kind().word() + " " + owner.pid() + " " + manifest.origin().task() + " "
                + manifest.origin().run();
    }
}
