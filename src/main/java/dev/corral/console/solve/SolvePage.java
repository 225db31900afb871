package dev.corral.console.solve;

import dev.corral.console.fx.FxThread;
import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.Actions;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageName;
import dev.corral.console.page.PageView;
import dev.corral.console.page.PageWork;
import dev.corral.console.page.PaletteItem;
import dev.corral.console.page.Reveal;
import dev.corral.console.settings.PageMemory;
import dev.corral.console.shared.DesktopFiles;
import dev.corral.console.shared.FileChoice;
import dev.corral.console.shared.TallScroll;
import dev.corral.console.shared.Texts;
import dev.corral.console.solve.batch.BatchAction;
import dev.corral.console.solve.handover.HandoverCard;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.solve.SolveRuns.Joinable;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.handover.Handover;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** The page on which samples are solved by hand: the sessions, and everything about the chosen one. Its terminals lie in the dock. */
public final class SolvePage extends StackPane implements PageView, SolveFeed.Listener {
    private static final PageName NAME =
            new PageName("solve", "Solve", "Solve a sample by hand, against a clock", MaterialDesignF.FLAG_OUTLINE);
    private static final double LIST_AT = 0.19;

    private final PageContext context;
    private final Solving solving;
    private final SolveFeed feed;
    private final SessionAsking asking;
    private final SessionList list;
    private final SessionPane pane;
    private final Node empty;
    private final SolveSides sides;
    private final StackPane place = new StackPane();
    private final SplitPane whole = new SplitPane();
    private final TaskTexts texts;
    private final SessionBegin beginning;
    private Optional<BeginPane> begin = Optional.empty();
    private Optional<Reveal.Sample> begins = Optional.empty();
    private Optional<Node> side = Optional.empty();
    private Optional<String> beside = Optional.empty();
    private Optional<String> wanted = Optional.empty();
    private boolean announced;

    /** A page over the sessions of this user. */
    public SolvePage(PageContext context) {
        this(context, Threads.WINDOW, Optional.empty());
    }

    /** @param files asks for files; empty: the desktop's dialogs do */
    SolvePage(PageContext context, Threads threads, Optional<FileChoice> files) {
        this.context = context;
        Corral corral = context.corral();
        solving = new Solving(corral.environment(), corral.inventory(), corral.operations(), corral::connect, "window");
        setId("solve-page");
        getStyleClass().add("solve-page");
        texts = new TaskTexts(context, threads, solving);
        beginning = new SessionBegin(context, threads, solving, this::begun);
        list = new SessionList(this::chosen, beginning::join);
        sides = new SolveSides(
                context, threads, solving, files.orElseGet(() -> new DesktopFiles(this::getScene)), new SideHost());
        asking = new SessionAsking(
                context, threads, solving, list::chosen, this::session, this::judge, sides::ahead, this::showSession);
        pane = new SessionPane(
                context,
                threads,
                solving,
                () -> list.chosen()
                        .ifPresent(status -> solving.touched(status.session().id())),
                asking::decide,
                this::keepNote,
                new HandoverCard(context, threads, handover(corral), beginning.person()));
        empty = NoSession.node(context);
        whole.setId("solve-split");
        whole.getItems().addAll(list, place);
        whole.setDividerPositions(LIST_AT);
        SplitPane.setResizableWithParent(list, false);
        getChildren().addAll(whole);
        setMinWidth(0);
        asking.install(pane);
        sides.begin();
        sides.ways().forEach(list::below);
        list.list().setOnMouseClicked(event -> leaveSide());
        list.list().setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                leaveSide();
            }
        });
        feed = new SolveFeed(solving, threads, () -> FxThread.supply(this::seen).join(), this);
        chosen();
        feed.start();
    }

    private Handover handover(Corral corral) {
        return new Handover(corral.environment(), solving.store(), corral::connect, id -> () -> {});
    }

    // Another session is chosen, or none.
    private void chosen() {
        if (pane == null) {
            return;
        }
        Optional<SolveStatus> status = list.chosen();
        // The list chooses anew what was chosen whenever sessions come or go.
        if (side.isPresent() && (status.isEmpty() || beside.equals(status.map(SolvePage::id)))) {
            judge();
            return;
        }
        side = Optional.empty();
        if (status.isPresent()) {
            begin = Optional.empty();
            begins = Optional.empty();
            place.getChildren().setAll(pane);
            show(status.get());
        } else if (begin.isEmpty()) {
            place.getChildren().setAll(empty);
        }
        judge();
    }

    private static String id(SolveStatus status) {
        return status.session().id();
    }

    private final class SideHost implements SolveSides.Host {
        @Override
        public Optional<SolveStatus> chosen() {
            return list.chosen();
        }

        @Override
        public Optional<Reveal.Sample> begins() {
            return begins;
        }

        @Override
        public boolean session(String id) {
            if (!list.list().getItems().contains(id)) {
                return false;
            }
            context.navigation().show(SolvePage.this);
            list.choose(id);
            leaveSide();
            list.list().requestFocus();
            return true;
        }

        @Override
        public void show(Node other) {
            side = Optional.of(other);
            beside = list.chosen().map(SolvePage::id);
            place.getChildren().setAll(other);
            judge();
        }

        @Override
        public void awaited(String id) {
            asking.own(id);
        }

        @Override
        public boolean shows(Node other) {
            return side.equals(Optional.of(other));
        }

        @Override
        public void leave() {
            leaveSide();
            focus().requestFocus();
        }

        @Override
        public void judge() {
            SolvePage.this.judge();
        }

        @Override
        public String person() {
            return beginning.person();
        }
    }

    // Back to the form or the session that was there before.
    private void leaveSide() {
        if (side.isEmpty()) {
            return;
        }
        side = Optional.empty();
        beside = Optional.empty();
        if (begins.isPresent()) {
            reveal(begins.get());
        } else {
            chosen();
        }
    }

    private boolean seen() {
        return getScene() != null && isVisible();
    }

    private void show(SolveStatus status) {
        if (seen()) {
            asking.seen(id(status));
        }
        pane.show(status);
        pane.instructions(texts.of(
                status,
                () -> list.chosen().filter(now -> id(now).equals(id(status))).ifPresent(this::show)));
    }

    private void judge() {
        if (pane == null) {
            return;
        }
        pane.busy(asking.busy());
        context.actions()
                .select(SolveRules.selection(
                        list.chosen(), asking.busy(), status -> !asking.there(status), sides.obstacles()));
    }

    private void keepNote(String text) {
        asking.note(text, () -> pane.note().kept());
    }

    private void begun(SolveStatus status) {
        begin = Optional.empty();
        begins = Optional.empty();
        side = Optional.empty();
        wanted = Optional.empty();
        asking.own(id(status));
        list.update(status);
        list.choose(id(status));
        list.list().requestFocus();
        context.tell()
                .accept(Notice.news(
                        "Inspect starts " + Texts.line(status.session().sample()) + "."));
    }

    @Override
    public void sessions(List<SolveStatus> now) {
        list.show(now);
        wanted.ifPresent(list::choose);
        if (list.chosen().isPresent()) {
            wanted = Optional.empty();
        } else if (begin.isEmpty() && side.isEmpty()) {
            now.stream().findFirst().ifPresent(first -> list.choose(id(first)));
        }
        if (!announced) {
            announced = true;
            asking.offer(now);
        }
        list.chosen().ifPresent(this::show);
        judge();
    }

    private void showSession(String id) {
        list.choose(id);
        leaveSide();
        context.navigation().show(this);
    }

    @Override
    public void session(SolveStatus now) {
        list.update(now);
        if (list.chosen().map(SolvePage::id).equals(Optional.of(id(now)))) {
            show(now);
            judge();
        }
        asking.follow(now);
    }

    @Override
    public void joinable(List<Joinable> runs) {
        list.offer(runs);
    }

    @Override
    public void trouble(ExpectedFailure failure) {
        context.tell().accept(Notice.of(Problem.of(failure)));
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
        return side.map(sides::focus)
                .or(() -> begin.map(BeginPane::begin))
                .orElseGet(() -> list.chosen().isEmpty() ? empty.lookup("#solve-choose") : list.list());
    }

    @Override
    public boolean rowKeysWorkAt(Node node) {
        return false;
    }

    @Override
    public List<PaletteItem> places() {
        return list.list().getItems().stream()
                .map(id -> new PaletteItem(
                        "Session " + Texts.line(id), "", "", MaterialDesignF.FLAG_OUTLINE, "", () -> list.choose(id)))
                .toList();
    }

    @Override
    public Runnable prepare(Inventory inventory) {
        return () -> {
            pane.take(inventory);
            asking.take(inventory);
            judge();
        };
    }

    @Override
    public boolean accepts(Reveal what) {
        return what instanceof Reveal.Sample || what instanceof Reveal.Samples;
    }

    @Override
    public void reveal(Reveal what) {
        if (what instanceof Reveal.Sample sample) {
            BeginPane form = new BeginPane(
                    sample,
                    beginning.person(),
                    beginning::begin,
                    this::leave,
                    context.actions().button(BatchAction.NEW, "quiet-button"));
            side = Optional.empty();
            begins = Optional.of(sample);
            begin = Optional.of(form);
            list.list().getSelectionModel().clearSelection();
            place.getChildren().setAll(new TallScroll(form));
            form.begin().requestFocus();
            texts.read(sample, form::instructions);
        } else if (what instanceof Reveal.Samples samples) {
            sides.several(samples);
        }
    }

    private void leave() {
        begin = Optional.empty();
        begins = Optional.empty();
        list.list().getItems().stream().findFirst().ifPresent(list::choose);
        chosen();
    }

    @Override
    public PageMemory memory() {
        return new PageMemory(
                list.chosen().map(SolvePage::id).stream().toList(), "", Map.of(), whole.getDividerPositions()[0]);
    }

    @Override
    public void restore(PageMemory memory) {
        wanted = memory.chosen().stream().findFirst();
        whole.setDividerPositions(memory.details() > 0 ? memory.details() : LIST_AT);
    }

    @Override
    public List<PageWork> underWay() {
        return sides.underWay();
    }

    @Override
    public void close() {
        sides.close();
        feed.close();
        pane.close();
    }
}
