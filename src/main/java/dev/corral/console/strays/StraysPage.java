package dev.corral.console.strays;

import dev.corral.console.fx.Background;
import dev.corral.console.fx.FxThread;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageName;
import dev.corral.console.page.PageView;
import dev.corral.console.page.Reveal;
import dev.corral.console.settings.PageMemory;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.Formats;
import dev.corral.console.strays.plan.CardRow;
import dev.corral.console.strays.plan.PlanPane;
import dev.corral.console.strays.plan.RunBar;
import dev.corral.console.work.CleanupPhase;
import dev.corral.console.work.CleanupProgress;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;

/** The page of strays: where the disk went, every item with its state and reason, and the plan that gives the room back. */
public final class StraysPage extends BorderPane implements PageView {
    private static final PageName NAME = new PageName(
            "strays", "Strays", "Show where the disk went and what can be had back", MaterialDesignR.RECYCLE);
    private static final double BYTES_FROM_PX = 1050;
    private static final double DETAILS_FROM_PX = 1500;
    private static final double DETAILS_PX = 340;

    private final PageContext parts;
    private final StrayLines lines = new StrayLines();
    private final StrayTable table;
    private final StrayDetails details;
    private final StrayBar bar;
    private final DiskCard disk;
    private final OneClickCard oneClick = new OneClickCard();
    private final ProblemStrip problems = new ProblemStrip();
    private final SplitPane split;
    private final PlanPane plan;
    private final RunBar runBar;
    private final CardRow cards;
    private final StrayPill inHeader;
    private final VBox top;
    private StraysView view = StraysView.nothing();
    private Map<Path, SandboxView> sandboxes = Map.of();
    private boolean looked;
    private Optional<Problem> failure = Optional.empty();
    private Optional<Boolean> detailsWanted = Optional.empty();
    private Optional<String> showWhenThere = Optional.empty();

    /** A page that has not looked yet. */
    public StraysPage(PageContext parts) {
        this.parts = parts;
        setId("strays-page");
        getStyleClass().add("strays-page");
        table = new StrayTable(parts.actions(), parts.ticker(), lines);
        details = new StrayDetails(parts.actions(), parts.home());
        bar = new StrayBar(parts.actions(), () -> refresh(true), table::requestFocus);
        disk = new DiskCard(filter -> {
            bar.set(filter);
            table.requestFocus();
        });
        plan = new PlanPane(parts.cleanups(), this::leavePlan, parts.tell());
        runBar = new RunBar(parts.cleanups(), parts.ticker(), () -> showPlan(true), this::leavePlan);
        inHeader = new StrayPill(parts.actions(), () -> parts.navigation().show(this), NAME.description());
        cards = new CardRow(disk, oneClick);
        cards.managedProperty().bind(cards.visibleProperty());
        bar.managedProperty().bind(bar.visibleProperty());
        top = new VBox(0, cards, problems, bar);
        top.getStyleClass().add("strays-top");
        top.managedProperty().bind(top.visibleProperty());
        split = new SplitPane(table);
        split.setId("strays-split");
        split.getStyleClass().add("strays-split");
        SplitPane.setResizableWithParent(details, false);
        setTop(top);
        setCenter(new StackPane(split, plan));
        setBottom(runBar);
        plan.setVisible(false);
        // Too much of anything is cut off here rather than pushing the window's other parts out of sight.
        setMinWidth(0);
        top.setMinWidth(0);
        bar.setMinWidth(0);
        widthProperty().addListener((all, before, width) -> {
            placeDetails();
            offer();
        });
        table.getSelectionModel().getSelectedIndices().addListener((ListChangeListener<Integer>) change -> judge());
        parts.cleanups().phase().addListener((all, before, phase) -> phase(before, phase));
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE
                    && table.isFocused()
                    && !lines.checked().isEmpty()) {
                change(lines::uncheck);
                event.consume();
            }
        });
        lines.lines().addListener((ListChangeListener<Line>) change -> judge());
        handle();
        refresh(true);
    }

    private void handle() {
        Actions actions = parts.actions();
        actions.handle(Action.PRUNE, () -> plan(CleanupChoice.prune()));
        actions.handle(Action.CLEAN_UP, () -> plan(CleanupChoice.everyStray()));
        actions.handle(
                Action.CLEAN_CHOSEN,
                () -> plan(CleanupChoice.of(
                        lines.checked().isEmpty()
                                ? table.chosen(true).stream()
                                        .filter(StrayRow::checkable)
                                        .map(StrayRow::key)
                                        .toList()
                                : lines.checked())));
        actions.handle(Action.CHECK, () -> change(() -> lines.toggle(table.chosen(true))));
        actions.handle(Action.CHECK_ALL, () -> change(lines::toggleAll));
        actions.handle(Action.TERMINAL, () -> sandbox().ifPresent(view -> SandboxCommands.primary(view)
                .ifPresent(machine -> parts.dock().openTerminal(view, machine))));
        actions.handle(Action.LOG, () -> sandbox().ifPresent(parts.dock()::openLog));
        actions.handle(Action.DETAILS, this::openChosen);
        actions.handle(Action.PIN, () -> {
            List<StrayRow> chosen =
                    table.chosen(true).stream().filter(StrayRules::pinnable).toList();
            boolean pinned = rules().pinned();
            parts.commands()
                    .pin(
                            chosen.stream()
                                    .map(row -> row.item().directory().orElseThrow())
                                    .toList(),
                            !pinned);
        });
        actions.handle(Action.COPY, () -> {
            List<StrayRow> chosen = table.chosen(true);
            Clipboards.copy(chosen.stream().map(StrayRow::id).collect(Collectors.joining("\n")));
            parts.tell()
                    .accept(Notice.news(
                            chosen.size() == 1
                                    ? "The id is on the clipboard."
                                    : chosen.size() + " ids are on the clipboard."));
        });
        actions.handle(Action.REVEAL, () -> one().flatMap(row -> row.item().directory())
                .ifPresent(this::reveal));
        actions.handle(Action.SHOW_IN_SANDBOXES, () -> one().ifPresent(row ->
                parts.navigation().go(new Reveal.Sandbox(row.item().sandbox()))));
    }

    private Optional<StrayRow> one() {
        List<StrayRow> chosen = table.chosen(false);
        return chosen.size() == 1 ? Optional.of(chosen.getFirst()) : Optional.empty();
    }

    // What can be done with a sandbox elsewhere can be done with it here.
    private Optional<SandboxView> sandbox() {
        return one().filter(row -> row.item().kind() == ItemKind.SANDBOX)
                .flatMap(row -> row.item().directory())
                .map(sandboxes::get);
    }

    private void reveal(Path directory) {
        Clipboards.copy(directory.toString());
        parts.tell().accept(Notice.news("The directory's path is on the clipboard."));
        Background.run(
                "reveal",
                () -> {
                    parts.openFolder().accept(directory);
                    return true;
                },
                done -> {},
                problem -> parts.tell()
                        .accept(Notice.news("The path is on the clipboard; this desktop offers no file manager.")));
    }

    private void openChosen() {
        Line line = table.getFocusModel().getFocusedItem();
        if (line != null && line.row().isEmpty()) {
            table.open(line);
        } else {
            detailsWanted = Optional.of(!split.getItems().contains(details));
            placeDetails();
        }
    }

    private void placeDetails() {
        boolean wanted = detailsWanted.orElse(getWidth() >= DETAILS_FROM_PX);
        if (wanted == split.getItems().contains(details)) {
            return;
        }
        if (wanted) {
            split.getItems().add(details);
            // Its place can only be given when the table has been laid out beside it.
            FxThread.later(
                    () -> split.setDividerPositions(1 - DETAILS_PX / Math.max(2 * DETAILS_PX, split.getWidth())));
        } else {
            split.getItems().remove(details);
        }
    }

    // A change of marks or folds only: what is in sight and chosen stays.
    private void change(Runnable what) {
        table.keepingPlace(what);
        judge();
    }

    private StrayRules rules() {
        List<StrayRow> chosen = table.chosen(true);
        return StrayRules.of(
                chosen, table.chosen(false).isEmpty(), lines.checked().size(), sandbox());
    }

    private void judge() {
        actions()
                .select(rules().selection(!table.chosen(true).isEmpty()
                        || !lines.checked().isEmpty()));
        details.show(one());
        offer();
    }

    private void offer() {
        int checked = lines.checked().size();
        if (parts.cleanups().running()) {
            bar.offer("Cleaning up", true, () -> showPlan(true));
        } else if (checked > 0) {
            boolean room = getWidth() >= BYTES_FROM_PX;
            String bytes = room && lines.checkedBytes() > 0 ? " · " + Formats.bytes(lines.checkedBytes()) : "";
            bar.offer(
                    "Clean up " + checked + " checked" + bytes + "…",
                    true,
                    () -> plan(CleanupChoice.of(lines.checked())));
        } else {
            bar.offer("Clean up all strays…", view.strays() > 0, () -> plan(CleanupChoice.everyStray()));
        }
    }

    private void plan(CleanupChoice choice) {
        parts.navigation().show(this);
        if (!parts.cleanups().running()) {
            parts.cleanups().plan(choice);
        }
        showPlan(true);
        plan.focusSafe();
    }

    private void leavePlan() {
        parts.cleanups().leave();
        showPlan(false);
        table.requestFocus();
    }

    private void showPlan(boolean wanted) {
        plan.setVisible(wanted);
        split.setVisible(!wanted);
        top.setVisible(!wanted);
        runBar.show(parts.cleanups().phase().get(), wanted);
        if (wanted) {
            plan.focusSafe();
        }
    }

    private void phase(CleanupPhase before, CleanupPhase phase) {
        plan.show(phase);
        runBar.show(phase, plan.isVisible());
        Map<String, StepResult> results = new HashMap<>();
        phase.running().ifPresent(progress -> progress.results()
                .forEach(result -> results.put(result.step().key(), result)));
        change(() -> lines.progress(results));
        if (before instanceof CleanupPhase.Running && phase instanceof CleanupPhase.Ended ended) {
            change(lines::uncheck);
            ended(ended.progress());
        }
    }

    // Who looks at the plan sees it there; elsewhere a failure needs a word.
    private void ended(CleanupProgress progress) {
        boolean seen = isVisible() && plan.isVisible();
        int failed = progress.count(StepResult.Status.FAILED);
        if (seen) {
            return;
        }
        if (failed == 0) {
            parts.tell()
                    .accept(Notice.news("The cleanup is over: " + progress.counts()
                            + (progress.regained() > 0
                                    ? ", " + Formats.bytes(progress.regained()) + " regained."
                                    : ".")));
        } else {
            parts.tell()
                    .accept(Notice.failure(
                            "The cleanup is over: " + progress.counts() + ".",
                            "What failed is still there.",
                            "",
                            new Notice.Remedy("Show", () -> {
                                parts.navigation().show(this);
                                showPlan(true);
                            })));
        }
    }

    @Override
    public Runnable prepare(Inventory inventory) {
        StraysView next = StraysView.of(inventory, parts.corral().cleanup());
        Map<Path, SandboxView> byDirectory = inventory.sandboxes().stream()
                .collect(Collectors.toMap(SandboxView::directory, Function.identity(), (one, same) -> one));
        return () -> {
            view = next;
            sandboxes = byDirectory;
            looked = true;
            failure = Optional.empty();
            inHeader.show(view);
            refresh(false);
            table.chooseAgain();
        };
    }

    @Override
    public void failed(Problem problem) {
        failure = Optional.of(problem);
        table.setPlaceholder(placeholder());
    }

    private void refresh(boolean settle) {
        List<StrayRow> fitting =
                bar.filter().apply(view.rows(), parts.ticker().now().get());
        table.keepingPlace(() -> lines.show(view.rows(), fitting, settle));
        bar.count(view);
        disk.show(view.disk());
        oneClick.show(view);
        // A page without anything says so in one place.
        cards.setVisible(view.count(StateChip.ALL) > 0);
        bar.setVisible(!view.rows().isEmpty());
        problems.show(view.problems());
        if (lines.lines().isEmpty()) {
            table.setPlaceholder(placeholder());
        }
        judge();
        showWhenThere.filter(this::choose).ifPresent(key -> showWhenThere = Optional.empty());
    }

    private Node placeholder() {
        if (failure.isPresent()) {
            return new EmptyState(
                    MaterialDesignA.ALERT_CIRCLE_OUTLINE,
                    failure.get().sentence(),
                    failure.get().nextStep(),
                    parts.actions().button(Action.REFRESH, "quiet-button"));
        }
        if (!looked) {
            return new EmptyState(
                    MaterialDesignM.MAGNIFY,
                    "Looking for VMs",
                    "Directories, Vagrant's index and the hypervisors are being read.");
        }
        if (!view.rows().isEmpty()
                && !bar.filter().isEmpty()
                && view.count(StateChip.ALL) > 0
                && !StrayFilter.chip(bar.text())
                        .filter(chip -> chip == StateChip.STRAYS && view.strays() == 0)
                        .isPresent()) {
            Button clear = new Button("Clear the filter");
            clear.getStyleClass().add("quiet-button");
            clear.setOnAction(event -> bar.set(""));
            return new EmptyState(
                    MaterialDesignF.FILTER_OFF_OUTLINE, "Nothing fits the filter", StrayFilter.HELP, clear);
        }
        return new EmptyState(
                MaterialDesignC.CHECK_CIRCLE_OUTLINE,
                "Nothing is left behind",
                "VMs, disks, networks and index entries whose owner has ended appear here by themselves, each with its reason and size. "
                        + "You see a plan before anything is removed.");
    }

    @Override
    public boolean accepts(Reveal what) {
        return what instanceof Reveal.Item || what instanceof Reveal.Cleanup;
    }

    @Override
    public void reveal(Reveal what) {
        if (what instanceof Reveal.Item item) {
            revealSandbox(item.sandbox());
        }
    }

    private void revealSandbox(String id) {
        showPlan(false);
        bar.set("");
        showWhenThere = Optional.of(id);
        refresh(false);
        table.requestFocus();
    }

    private boolean choose(String sandbox) {
        return view.rows().stream()
                .filter(row -> row.item().kind() == ItemKind.SANDBOX
                        && row.item().sandbox().equals(sandbox))
                .findFirst()
                .map(row -> table.show(row.key()))
                .orElse(false);
    }

    @Override
    public void focusFilter() {
        if (plan.isVisible()) {
            leavePlan();
        }
        bar.focus();
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
        return parts.actions();
    }

    @Override
    public Node focus() {
        return table;
    }

    @Override
    public List<Node> inHeader() {
        return inHeader.nodes();
    }

    @Override
    public PageMemory memory() {
        return new PageMemory(
                table.chosen(false).stream().map(StrayRow::key).toList(), table.firstInSight(), lines.folds(), 0);
    }

    @Override
    public void restore(PageMemory memory) {
        lines.restore(memory.folds());
        table.remember(memory.chosen(), memory.first());
    }
}
