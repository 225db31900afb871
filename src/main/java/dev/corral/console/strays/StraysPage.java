package dev.corral.console.strays;

import dev.corral.console.messages.Problem;
import dev.corral.console.page.Actions;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageName;
import dev.corral.console.page.PageView;
import dev.corral.console.page.Reveal;
import dev.corral.console.settings.PageMemory;
import dev.corral.console.shared.Formats;
import dev.corral.console.strays.cards.CardRow;
import dev.corral.console.strays.cards.DiskCard;
import dev.corral.console.strays.cards.OneClickCard;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.collections.SetChangeListener;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;

/** The page of strays: where the disk went, every item with its state and reason, and the plan that gives the room back. */
public final class StraysPage extends BorderPane implements PageView {
    private static final PageName NAME = new PageName(
            "strays", "Strays", "Show where the disk went and what can be had back", MaterialDesignR.RECYCLE);
    private static final double BYTES_FROM_PX = 1050;

    private final PageContext parts;
    private final StrayLines lines = new StrayLines();
    private final StrayTable table;
    private final StrayDetails details;
    private final StrayBar bar;
    private final DiskCard disk;
    private final OneClickCard oneClick = new OneClickCard();
    private final ProblemStrip problems = new ProblemStrip();
    private final DetailsPlace detailsPlace;
    private final CleaningView cleaning;
    private final StrayActions actions;
    private final StraysEmpty empty;
    private final StrayPill inHeader;
    private final CardRow cards;
    private StraysView view = StraysView.nothing();
    private boolean looked;
    private Optional<Problem> failure = Optional.empty();
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
        cards = new CardRow(disk, oneClick);
        cards.managedProperty().bind(cards.visibleProperty());
        bar.managedProperty().bind(bar.visibleProperty());
        VBox top = new VBox(0, cards, problems, bar);
        top.getStyleClass().add("strays-top");
        top.managedProperty().bind(top.visibleProperty());
        SplitPane split = new SplitPane(table);
        split.setId("strays-split");
        split.getStyleClass().add("strays-split");
        detailsPlace = new DetailsPlace(split, details);
        Runnable showPage = () -> parts.navigation().show(this);
        inHeader = new StrayPill(parts.actions(), showPage, NAME.description());
        cleaning = new CleaningView(
                parts, showPage, top, split, this::change, lines, table::requestFocus, this::isVisible);
        actions = new StrayActions(parts, table, lines, cleaning::plan, this::openChosen, this::change);
        empty = new StraysEmpty(parts.actions(), bar);
        setTop(top);
        setCenter(cleaning.content());
        setBottom(cleaning.bar());
        // Too much of anything is cut off here rather than pushing the window's other parts out of sight.
        setMinWidth(0);
        top.setMinWidth(0);
        bar.setMinWidth(0);
        widthProperty().addListener((all, before, width) -> {
            detailsPlace.fit(getWidth());
            offer();
        });
        table.getSelectionModel().getSelectedIndices().addListener((ListChangeListener<Integer>) change -> judge());
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE
                    && table.isFocused()
                    && !lines.checked().isEmpty()) {
                change(lines::uncheck);
                event.consume();
            }
        });
        lines.lines().addListener((ListChangeListener<Line>) change -> judge());
        parts.commands().cancelling().addListener((SetChangeListener<String>) change -> judge());
        parts.machines().work().addListener((all, before, work) -> judge());
        actions.handle();
        refresh(true);
    }

    private void openChosen() {
        Line line = table.getFocusModel().getFocusedItem();
        if (line != null && line.row().isEmpty()) {
            table.open(line);
        } else {
            detailsPlace.toggle(getWidth());
        }
    }

    // A change of marks or folds only: what is in sight and chosen stays.
    private void change(Runnable what) {
        table.keepingPlace(what);
        judge();
    }

    private void judge() {
        actions.judge();
        details.show(actions.one());
        offer();
    }

    private void offer() {
        int checked = lines.checked().size();
        if (parts.cleanups().running()) {
            bar.offer("Cleaning up", true, () -> cleaning.show(true));
        } else if (checked > 0) {
            boolean room = getWidth() >= BYTES_FROM_PX;
            String bytes = room && lines.checkedBytes() > 0 ? " · " + Formats.bytes(lines.checkedBytes()) : "";
            bar.offer(
                    "Clean up " + checked + " checked" + bytes + "…",
                    true,
                    () -> cleaning.plan(CleanupChoice.of(lines.checked())));
        } else {
            bar.offer("Clean up all strays…", view.strays() > 0, () -> cleaning.plan(CleanupChoice.everyStray()));
        }
    }

    @Override
    public Runnable prepare(Inventory inventory) {
        StraysView next = StraysView.of(inventory, parts.corral().cleanup());
        Map<Path, SandboxView> byDirectory = inventory.sandboxes().stream()
                .collect(Collectors.toMap(SandboxView::directory, Function.identity(), (one, same) -> one));
        return () -> {
            view = next;
            actions.know(byDirectory);
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
        table.setPlaceholder(empty.of(view, looked, failure));
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
            table.setPlaceholder(empty.of(view, looked, failure));
        }
        judge();
        showWhenThere.filter(this::choose).ifPresent(key -> showWhenThere = Optional.empty());
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
        cleaning.show(false);
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
        if (cleaning.visible()) {
            cleaning.leave();
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
