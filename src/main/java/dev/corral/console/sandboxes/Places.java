package dev.corral.console.sandboxes;

import dev.corral.console.page.PaletteItem;
import java.util.List;
import java.util.function.Consumer;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** What can be found by name among the rows: places to go to, and samples to start. */
final class Places {
    private Places() {}

    /**
     * The evals, samples, sandboxes and VMs, for the palette.
     *
     * @param reveal shows the row with a key
     */
    static List<PaletteItem> of(List<TreeNode> nodes, Consumer<String> reveal) {
        return nodes.stream()
                .flatMap(TreeNode::rows)
                .filter(row -> !(row.subject() instanceof Subject.File))
                .map(row ->
                        new PaletteItem(row.title(), detail(row), "", icon(row), "", () -> reveal.accept(row.key())))
                .toList();
    }

    /** The samples that can be started. */
    static List<StartDialog.Startable> startables(List<TreeNode> nodes) {
        return nodes.stream()
                .flatMap(TreeNode::rows)
                .filter(row -> row.subject() instanceof Subject.Sample)
                .flatMap(row -> StartRequests.of(row.subject()).stream()
                        .map(request ->
                                new StartDialog.Startable(RowActions.title(row.subject()), row.note(), request)))
                .toList();
    }

    private static String detail(Row row) {
        String where =
                switch (row.subject()) {
                    case Subject.Eval eval -> "eval";
                    case Subject.Sample sample -> "sample of " + sample.task();
                    case Subject.Sandbox sandbox -> "sandbox";
                    case Subject.Machine machine -> "VM of " + machine.owner().id();
                    case Subject.Group group -> "group";
                    case Subject.File file -> "task file";
                };
        return row.state().isEmpty() ? where : where + " · " + row.state();
    }

    private static Ikon icon(Row row) {
        return switch (row.subject()) {
            case Subject.Machine machine -> MaterialDesignC.CONSOLE_LINE;
            case Subject.Sandbox sandbox -> MaterialDesignC.CUBE_OUTLINE;
            default -> MaterialDesignF.FORMAT_LIST_BULLETED;
        };
    }
}
