package dev.corral.console.sandboxes;

import dev.corral.console.fx.Background;
import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.DockPort;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.page.PaletteItem;
import dev.corral.console.sandboxes.details.DetailsPane;
import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.sandboxes.files.TaskFileModel;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.inspect.tasks.TaskFiles;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import java.io.IOException;
import java.nio.file.Files;
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
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;
import org.kordamp.ikonli.materialdesign2.MaterialDesignV;

/** The home page: evals, samples and VMs in one tree, with the details of the chosen row beside it. */
public final class SandboxesPage extends StackPane {
    private final Parts parts;
    private final TreeBuilder builder;
    private final TaskFileModel shelf;
    private final SandboxTree tree;
    private final DetailsPane details;
    private final FilterBar filter;
    private final SplitPane split;
    private Inventory inventory;
    private Consumer<Path> closed = path -> {};
    private boolean looked;
    private boolean begun;
    private List<TreeNode> nodes = List.of();
    private Optional<Predicate<Row>> showWhenThere = Optional.empty();

    /**
     * What the page works with.
     *
     * @param actions   the actions
     * @param commands  what is asked of sandboxes
     * @param machines  what is asked of VMs
     * @param dock      the dock
     * @param ticker    the time
     * @param taskFiles reads task files
     * @param tell      shows a notice
     * @param onScreen  is told of which sandboxes and operations the details show the failure now
     * @param inStrays  shows a sandbox of that id on the page of strays
     * @param home      the user's home
     */
    public record Parts(
            Actions actions,
            SandboxCommands commands,
            MachineCommands machines,
            DockPort dock,
            Ticker ticker,
            TaskFiles taskFiles,
            Consumer<Notice> tell,
            Consumer<Set<String>> onScreen,
            Consumer<String> inStrays,
            Path home) {}

    /** An empty page. */
    public SandboxesPage(Parts parts) {
        this.parts = parts;
        this.builder = new TreeBuilder(parts.home());
        this.inventory = new Inventory(Instant.EPOCH, parts.home(), List.of(), List.of(), "", List.of());
        this.shelf = new TaskFileModel(parts.taskFiles(), this::rebuild);
        this.tree = new SandboxTree(
                parts.actions(),
                parts.ticker(),
                row -> rules(Optional.of(row)).main(),
                row -> RowRules.button(row, rules(Optional.of(row))));
        this.details =
                new DetailsPane(parts.actions(), parts.machines(), parts.ticker(), parts.home(), tree::requestFocus);
        this.filter = new FilterBar(this::show, tree::requestFocus);
        StackPane list = new StackPane(new BorderPane(tree, filter, null, null, null));
        list.getStyleClass().add("list-side");
        this.split = new SplitPane(list, details);
        split.setId("page-split");
        SplitPane.setResizableWithParent(details, false);
        getChildren().add(split);
        tree.chosen().addListener((all, before, row) -> judge(row));
        visibleProperty().addListener((all, before, visible) -> tellWhatIsSeen());
        parts.commands().pending().addListener((SetChangeListener<Manifest.Origin>) change -> rebuild());
        parts.commands().cancelling().addListener((SetChangeListener<String>) change -> {
            rebuild();
            judge(chosen());
        });
        parts.machines().work().addListener((all, before, work) -> {
            rebuild();
            judge(chosen());
        });
        handle();
        judge(Optional.empty());
        show();
    }

    private void handle() {
        Actions actions = parts.actions();
        actions.handle(Action.FAULTS, filter::toggleFaults);
        actions.handle(Action.REFRESH, parts.commands()::refresh);
        actions.handle(Action.RELOAD_TASK_FILES, shelf::reload);
        actions.handle(Action.OPEN, () -> rules(chosen()).main().ifPresentOrElse(actions::run, tree::toggle));
        actions.handle(Action.START, () -> start(false));
        actions.handle(Action.KEEP_AND_LOOK, () -> start(true));
        actions.handle(Action.TERMINAL, () -> chosen().map(Row::subject)
                .ifPresent(subject -> RowRules.terminalMachine(subject).ifPresent(machine -> parts.dock()
                        .openTerminal(subject.sandbox().orElseThrow(), machine))));
        actions.handle(Action.CANCEL, () -> sandbox()
                .ifPresent(view -> parts.commands().cancel(view.id())));
        actions.handle(
                Action.LOG,
                () -> chosen().map(Row::subject).flatMap(RowRules::story).ifPresent(parts.dock()::openLog));
        actions.handle(Action.VAGRANTFILE, this::openVagrantfile);
        actions.handle(Action.PIN, () -> sandbox().ifPresent(view -> parts.commands()
                .pin(view.id(), !rules(chosen()).pinned())));
        actions.handle(Action.COPY_DIRECTORY, () -> sandbox().ifPresent(view -> {
            Clipboards.copy(view.directory().toString());
            parts.tell().accept(Notice.news("The directory's path is on the clipboard."));
        }));
        actions.handle(Action.READ_AGAIN, () -> taskFile().ifPresent(shelf::readAgain));
        actions.handle(Action.CLOSE_TASK_FILE, () -> taskFile().ifPresent(path -> {
            shelf.close(path);
            closed.accept(path);
        }));
        actions.handle(Action.SHOW_IN_STRAYS, () -> sandbox()
                .ifPresent(view -> parts.inStrays().accept(view.id())));
        actions.handle(Action.DESTROY, () -> chosen().map(Row::subject)
                .flatMap(MachineRules::oneOfSeveral)
                .ifPresentOrElse(
                        one -> parts.machines().destroy(one.owner(), one.view(), tree.isFocused()),
                        () -> parts.commands()
                                .destroy(
                                        chosen().map(Row::subject)
                                                .map(Subject::sandboxes)
                                                .orElse(List.of()),
                                        tree.isFocused())));
        MachineRules.VERBS.forEach((action, verb) -> actions.handle(action, () -> chosen().map(Row::subject)
                .flatMap(MachineRules::machines)
                .ifPresent(machines -> parts.machines().run(verb, machines))));
        actions.handle(Action.SNAPSHOTS, details::focusSnapshots);
        actions.handle(Action.TAKE_BACK, () -> sandbox()
                .ifPresent(view -> parts.machines().takeBack(List.of(view.id()))));
    }

    private Optional<Row> chosen() {
        return tree.chosen().get();
    }

    private Optional<Path> taskFile() {
        return chosen().map(Row::subject).flatMap(Subject::taskFile).map(TaskFile::path);
    }

    private Optional<SandboxView> sandbox() {
        return chosen().map(Row::subject).flatMap(Subject::sandbox);
    }

    private RowRules rules(Optional<Row> row) {
        return RowRules.of(
                row, parts.commands()::cancellable, parts.machines().work().get());
    }

    private void judge(Optional<Row> row) {
        RowRules rules = rules(row);
        for (Action action : RowRules.ROW_ACTIONS) {
            parts.actions().obstruct(action, rules.obstacles().getOrDefault(action, ""));
        }
        parts.actions().rename(Action.PIN, rules.pinned() ? "Unpin" : "Pin");
        parts.actions()
                .rename(
                        Action.START,
                        row.map(Row::subject)
                                        .map(subject ->
                                                !subject.sandboxes().isEmpty() && subject instanceof Subject.Sample)
                                        .orElse(false)
                                ? "Start another"
                                : row.map(Row::subject).map(RowRules::failed).orElse(false) ? "Start again" : "Start");
        parts.actions()
                .rename(
                        Action.DESTROY,
                        row.map(Row::subject)
                                .map(subject -> subject instanceof Subject.Group
                                        ? "Destroy all strays"
                                        : MachineRules.oneOfSeveral(subject).isPresent() ? "Destroy VM" : "Destroy")
                                .orElse("Destroy"));
        parts.actions()
                .rename(
                        Action.CLOSE_TASK_FILE,
                        row.map(Row::subject)
                                        .map(subject -> subject instanceof Subject.Eval eval
                                                && eval.opened()
                                                        .filter(opened -> !opened.stands(Path.of(eval.file())))
                                                        .isPresent())
                                        .orElse(false)
                                ? "Close folder"
                                : "Close task file");
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
        parts.onScreen()
                .accept(failed.map(operation -> Set.of(operation.workflow())).orElse(Set.of()));
    }

    private void start(boolean keepFailed) {
        chosen().map(Row::subject)
                .ifPresent(subject -> Background.run(
                        "start-request",
                        () -> StartRequests.again(subject, SandboxesPage::changedSince),
                        found -> found.ifPresent(request -> parts.commands()
                                .start(
                                        request.withKeepFailed(keepFailed || request.keepFailed()),
                                        title(subject),
                                        id -> {})),
                        failure -> parts.tell().accept(Notice.of(Problem.of(failure)))));
    }

    private static boolean changedSince(Path file, Instant time) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(time);
        } catch (IOException e) {
            // What can't be looked at is as it was.
            return false;
        }
    }

    private static String title(Subject subject) {
        return subject instanceof Subject.Sample sample
                ? sample.task() + " · " + sample.id()
                : StartRequests.of(subject)
                        .map(request -> request.vagrantfile().getFileName().toString())
                        .orElse("");
    }

    private void openVagrantfile() {
        chosen().map(Row::subject).ifPresent(subject -> subject.vagrantfile().ifPresent(file -> {
            int line = RowRules.story(subject)
                    .flatMap(SandboxView::operation)
                    .flatMap(operation -> operation.failure())
                    .map(failure -> failure.vagrantfileLine())
                    .orElse(0);
            String name = RowRules.story(subject)
                    .map(SandboxView::id)
                    .orElseGet(() -> subject instanceof Subject.Sample sample ? sample.id() : title(subject));
            parts.dock().openVagrantfile(name, file, line);
        }));
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

    /** Ends what runs in the background. */
    public void close() {
        shelf.close();
    }

    /** Shows a new inventory. */
    public void update(Inventory newInventory) {
        inventory = newInventory;
        looked = true;
        rebuild();
    }

    private void rebuild() {
        nodes = builder.build(
                inventory,
                shelf.files(),
                new TreeBuilder.Asked(
                        parts.commands().pending(),
                        parts.commands().cancelling(),
                        parts.machines().work().get()));
        show();
    }

    private void show() {
        tree.update(filter.filter().apply(nodes), !filter.filter().isEmpty());
        filter.count(nodes);
        tree.setPlaceholder(placeholder());
        if (!begun && looked && !nodes.isEmpty()) {
            begun = true;
            tree.getSelectionModel().selectFirst();
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
            return new EmptyState(
                    MaterialDesignM.MAGNIFY, "Looking for sandboxes", "The cache directory is being read.");
        }
        if (!nodes.isEmpty()) {
            javafx.scene.control.Button clear = new javafx.scene.control.Button("Clear the filter");
            clear.getStyleClass().add("quiet-button");
            clear.setOnAction(event -> filter.clear());
            return new EmptyState(
                    MaterialDesignF.FILTER_OFF_OUTLINE,
                    "Nothing fits the filter",
                    "Words must all be found. state:running, eval:web, sample:1 and vm:victim look into one column.",
                    clear);
        }
        return new EmptyState(
                MaterialDesignV.VIEW_LIST_OUTLINE,
                "No sandboxes yet",
                "Open an Inspect task file to see its samples, or start a Vagrantfile. Sandboxes of running evals appear "
                        + "here by themselves.",
                parts.actions().button(Action.OPEN_TASK_FILE, "quiet-button"));
    }

    /** Chooses a row now or, when it does not exist yet, as soon as it does. */
    public void reveal(String key) {
        reveal(row -> row.key().equals(key));
    }

    /** Chooses the row that stands for a sandbox, its sample's if it has one, now or as soon as there is one. */
    public void revealSandbox(String id) {
        reveal(row -> !(row.subject() instanceof Subject.Machine)
                && row.subject().sandbox().filter(view -> view.id().equals(id)).isPresent());
    }

    private void reveal(Predicate<Row> wanted) {
        filter.clear();
        showWhenThere = Optional.of(wanted);
        show();
        tree.requestFocus();
    }

    /** Puts the cursor into the filter field. */
    public void focusFilter() {
        filter.focus();
    }

    /** The samples, sandboxes and VMs, for the palette. */
    public List<PaletteItem> places() {
        return nodes.stream()
                .flatMap(TreeNode::rows)
                .filter(row -> !(row.subject() instanceof Subject.File))
                .map(row -> new PaletteItem(row.title(), detail(row), "", icon(row), "", () -> reveal(row.key())))
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

    private static org.kordamp.ikonli.Ikon icon(Row row) {
        return switch (row.subject()) {
            case Subject.Machine machine -> MaterialDesignC.CONSOLE_LINE;
            case Subject.Sandbox sandbox -> MaterialDesignC.CUBE_OUTLINE;
            default -> MaterialDesignF.FORMAT_LIST_BULLETED;
        };
    }

    /** The samples that can be started: name and request. */
    public List<StartDialog.Startable> startables() {
        return nodes.stream()
                .flatMap(TreeNode::rows)
                .filter(row -> row.subject() instanceof Subject.Sample)
                .flatMap(row -> StartRequests.of(row.subject()).stream()
                        .map(request -> new StartDialog.Startable(title(row.subject()), row.note(), request)))
                .toList();
    }

    /** The list, for the focus. */
    public Node list() {
        return tree;
    }

    /** Whether a node belongs to the list or the details, where the keys of the chosen row work. */
    public boolean rowKeysWorkAt(Node node) {
        return node == tree || node == details;
    }

    /** Where the details begin, 0 to 1. */
    public SplitPane split() {
        return split;
    }
}
