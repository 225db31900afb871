package dev.corral.console.sandboxes;

import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageName;
import dev.corral.console.page.PageView;
import dev.corral.console.page.PaletteItem;
import dev.corral.console.page.Reveal;
import dev.corral.console.remedy.Remedies;
import dev.corral.console.sandboxes.details.DetailsPane;
import dev.corral.console.sandboxes.details.RowRemedies;
import dev.corral.console.sandboxes.files.OpenTaskFiles;
import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.sandboxes.files.TaskFileModel;
import dev.corral.console.settings.OpenedFiles;
import dev.corral.console.settings.PageMemory;
import dev.corral.console.settings.StateFile;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.table.Placeholders;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.collections.SetChangeListener;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.materialdesign2.MaterialDesignV;

/** The home page: evals, samples and VMs in one tree, with the details of the chosen row beside it. */
public final class SandboxesPage extends StackPane implements PageView {
    private static final PageName NAME =
            new PageName("sandboxes", "Sandboxes", "Show evals, samples and VMs", MaterialDesignV.VIEW_LIST_OUTLINE);
    private static final double DETAILS = 0.70;

    private final PageContext context;
    private final TreeBuilder builder;
    private final TaskFileModel shelf;
    private final OpenTaskFiles taskFiles;
    private final SandboxTree tree;
    private final FirstChoice firstChoice;
    private final DetailsPane details;
    private final FilterBar filter;
    private final SplitPane split;
    private Inventory inventory;
    private Consumer<Path> closed = path -> {};
    private boolean looked;
    private List<TreeNode> nodes = List.of();
    private Optional<Predicate<Row>> showWhenThere = Optional.empty();

    /** An empty page. */
    public SandboxesPage(PageContext context) {
        this.context = context;
        this.builder = new TreeBuilder(context.home());
        this.inventory = new Inventory(Instant.EPOCH, context.home(), List.of(), List.of(), "", List.of());
        this.shelf = new TaskFileModel(context.corral().taskFiles(), this::rebuild);
        this.tree = new SandboxTree(
                context.actions(),
                context.ticker(),
                row -> rules(Optional.of(row)).main(),
                row -> RowRules.button(row, rules(Optional.of(row))));
        this.firstChoice = new FirstChoice(tree);
        this.details = new DetailsPane(
                context.actions(),
                context.machines(),
                new RowRemedies(context.actions(), Remedies.of(context), context.navigation(), context.dock()),
                context.ticker(),
                context.home(),
                tree::requestFocus);
        this.filter = new FilterBar(this::show, tree::requestFocus);
        StackPane list = new StackPane(new BorderPane(tree, filter, null, null, null));
        list.getStyleClass().add("list-side");
        this.split = new SplitPane(list, details);
        split.setId("page-split");
        split.setDividerPositions(DETAILS);
        SplitPane.setResizableWithParent(details, false);
        getChildren().add(split);
        tree.chosen().addListener((all, before, row) -> judge(row));
        visibleProperty().addListener((all, before, visible) -> tellWhatIsSeen());
        context.commands().pending().addListener((SetChangeListener<Manifest.Origin>) change -> rebuild());
        context.commands().cancelling().addListener((SetChangeListener<String>) change -> {
            rebuild();
            judge(chosen());
        });
        context.machines().work().addListener((all, before, work) -> {
            rebuild();
            judge(chosen());
        });
        handle();
        new RowActions(context, this::chosen, tree::isFocused).install();
        judge(Optional.empty());
        show();
        this.taskFiles = new OpenTaskFiles(
                this,
                context.desk(),
                context.overlay(),
                new StateFile<>(context.stateFolder().resolve("task-files.json"), OpenedFiles.class),
                context.home());
        context.actions().handle(Action.OPEN_TASK_FILE, taskFiles::ask);
    }

    private void handle() {
        Actions actions = context.actions();
        StartDialog startDialog =
                new StartDialog(context.overlay(), context.home(), (request, title) -> context.commands()
                        .start(request, title, id -> context.navigation().go(new Reveal.Sandbox(id))));
        actions.handle(Action.START_SANDBOX, () -> startDialog.open(Places.startables(nodes)));
        actions.handle(Action.FAULTS, filter::toggleFaults);
        actions.handle(Action.RELOAD_TASK_FILES, shelf::reload);
        actions.handle(Action.OPEN, () -> rules(chosen()).main().ifPresentOrElse(actions::run, tree::toggle));
        actions.handle(Action.READ_AGAIN, () -> taskFile().ifPresent(shelf::readAgain));
        actions.handle(Action.CLOSE_TASK_FILE, () -> taskFile().ifPresent(path -> {
            shelf.close(path);
            closed.accept(path);
        }));
        actions.handle(Action.SNAPSHOTS, details::focusSnapshots);
    }

    private Optional<Row> chosen() {
        return tree.chosen().get();
    }

    private Optional<Path> taskFile() {
        return chosen().map(Row::subject).flatMap(Subject::taskFile).map(TaskFile::path);
    }

    private RowRules rules(Optional<Row> row) {
        return RowRules.of(
                row, context.commands()::cancellable, context.machines().work().get());
    }

    private void judge(Optional<Row> row) {
        RowRules rules = rules(row);
        actions().select(RowSelection.of(row, rules));
        details.show(row, rules);
        tellWhatIsSeen();
    }

    // What the details tell needs no notice beside them.
    private void tellWhatIsSeen() {
        Optional<OperationView> failed = isVisible()
                ? chosen().map(Row::subject)
                        .flatMap(RowRules::story)
                        .flatMap(SandboxView::operation)
                        .filter(operation -> operation.failure().isPresent())
                : Optional.empty();
        context.onScreen()
                .accept(failed.map(operation -> Set.of(operation.workflow())).orElse(Set.of()));
    }

    /** Opens a task file or folder of them; one that is open already is read again. */
    public void open(Path taskFile) {
        shelf.open(taskFile);
    }

    /** The task files and folders that are open, in the order in which they were opened. */
    public List<Path> opened() {
        return shelf.files().stream().map(TaskFile::path).toList();
    }

    /** Says who is told when the user has closed a task file or folder. */
    public void whenClosed(Consumer<Path> listener) {
        closed = listener;
    }

    @Override
    public PageName name() {
        return NAME;
    }

    @Override
    public Node node() {
        return this;
    }

    @Override
    public Actions actions() {
        return context.actions();
    }

    @Override
    public Node focus() {
        return tree;
    }

    @Override
    public void focusFilter() {
        filter.focus();
    }

    @Override
    public boolean rowKeysWorkAt(Node node) {
        return node == tree || node == details;
    }

    @Override
    public List<PaletteItem> places() {
        return Places.of(nodes, key -> reveal(row -> row.key().equals(key)));
    }

    @Override
    public boolean accepts(Reveal what) {
        return what instanceof Reveal.Sandbox || what instanceof Reveal.TaskFile;
    }

    @Override
    public void reveal(Reveal what) {
        if (what instanceof Reveal.Sandbox sandbox) {
            // The row of its sample if it has one.
            reveal(row -> !(row.subject() instanceof Subject.Machine)
                    && row.subject()
                            .sandbox()
                            .filter(view -> view.id().equals(sandbox.id()))
                            .isPresent());
        } else if (what instanceof Reveal.TaskFile file) {
            taskFiles.open(file.path());
        }
    }

    private void reveal(Predicate<Row> wanted) {
        filter.clear();
        showWhenThere = Optional.of(wanted);
        show();
        tree.requestFocus();
    }

    @Override
    public PageMemory memory() {
        return new PageMemory(
                chosen().map(Row::key).map(List::of).orElse(List.of()),
                tree.firstInSight(),
                tree.folds(),
                split.getDividerPositions()[0]);
    }

    @Override
    public void restore(PageMemory memory) {
        firstChoice.remember(memory.chosen().stream().findFirst());
        tree.restore(memory.first(), memory.folds());
        split.setDividerPositions(memory.details() > 0 ? memory.details() : DETAILS);
    }

    @Override
    public void close() {
        shelf.close();
    }

    @Override
    public Runnable prepare(Inventory newInventory) {
        return () -> {
            inventory = newInventory;
            looked = true;
            rebuild();
        };
    }

    private void rebuild() {
        nodes = builder.build(
                inventory,
                shelf.files(),
                new TreeBuilder.Asked(
                        context.commands().pending(),
                        context.commands().cancelling(),
                        context.machines().work().get()));
        show();
    }

    private void show() {
        tree.update(
                filter.filter().apply(nodes, context.ticker().now().get()),
                !filter.filter().isEmpty());
        filter.count(nodes);
        tree.setPlaceholder(placeholder());
        if (looked && !nodes.isEmpty()) {
            firstChoice.look(shelf.files().stream().anyMatch(TaskFile.Loading.class::isInstance));
        }
        showWhenThere
                .flatMap(wanted ->
                        nodes.stream().flatMap(TreeNode::rows).filter(wanted).findFirst())
                .ifPresent(row -> {
                    showWhenThere = Optional.empty();
                    tree.show(row.key());
                });
    }

    private Node placeholder() {
        if (!looked) {
            return Placeholders.loading("Looking for sandboxes", "The cache directory is being read.");
        }
        if (!nodes.isEmpty()) {
            return Placeholders.filtered(RowFilter.HELP, filter::clear);
        }
        return new EmptyState(
                MaterialDesignV.VIEW_LIST_OUTLINE,
                "No sandboxes yet",
                "Open an Inspect task file to see its samples, or start a Vagrantfile. "
                        + "Sandboxes of running evals appear here by themselves.",
                actions().button(Action.OPEN_TASK_FILE, "quiet-button"));
    }
}
