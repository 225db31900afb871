package dev.corral.console.strays;

import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.Actions;
import dev.corral.console.shared.Formats;
import dev.corral.console.strays.plan.CardRow;
import dev.corral.console.work.Cleanups;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.inventory.ItemKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/** The page of strays: where the disk went, every item with its state and reason, and the plan that gives the room back. */
public final class StraysPage extends BorderPane {
    private static final double BYTES_FROM_PX = 1050;

    private final Parts parts;
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
    private final CardRow cards;
    private StraysView view = StraysView.nothing();
    private boolean looked;
    private Optional<Problem> failure = Optional.empty();
    private Optional<String> showWhenThere = Optional.empty();

    /**
     * What the page works with.
     *
     * @param actions     the actions
     * @param commands    what is asked of sandboxes
     * @param cleanups    plans and executions
     * @param ticker      the time
     * @param tell        shows a notice
     * @param inSandboxes shows a sandbox of that id on the page of sandboxes
     * @param openFolder  opens a directory in the file manager, where the desktop has one; called away from the FX thread
     * @param home        the user's home
     */
    public record Parts(
            Actions actions,
            SandboxCommands commands,
            Cleanups cleanups,
            Ticker ticker,
            Consumer<Notice> tell,
            Consumer<String> inSandboxes,
            Consumer<Path> openFolder,
            Path home) {}

    /** A page that has not looked yet. */
    public StraysPage(Parts parts) {
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
        cleaning = new CleaningView(parts, top, split, this::change, lines, table::requestFocus, this::isVisible);
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

    /** Shows a new inventory. */
    public void update(StraysView newView) {
        view = newView;
        looked = true;
        failure = Optional.empty();
        refresh(false);
    }

    /** Says that no inventory could be taken. */
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

    /** Chooses the item of a sandbox. */
    public void revealSandbox(String id) {
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

    /** Puts the cursor into the filter field. */
    public void focusFilter() {
        if (cleaning.visible()) {
            cleaning.leave();
        }
        bar.focus();
    }

    /** The table, for the focus. */
    public Node list() {
        return table;
    }

    /** Whether a node is the table, where the keys of the chosen rows work. */
    public boolean rowKeysWorkAt(Node node) {
        return node == table;
    }
}
