package dev.corral.console.solve;

import dev.corral.console.fx.FxThread;
import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.Actions;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageName;
import dev.corral.console.page.PageView;
import dev.corral.console.page.PaletteItem;
import dev.corral.console.page.Reveal;
import dev.corral.console.page.ShowPage;
import dev.corral.console.settings.PageMemory;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.Texts;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.solve.SolveRequest;
import dev.corral.core.solve.SolveRuns.Joinable;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** The page on which samples are solved by hand: the sessions, and everything about the chosen one. Its terminals lie in the dock. */
public final class SolvePage extends StackPane implements PageView, SolveFeed.Listener {
    private static final PageName NAME =
            new PageName("solve", "Solve", "Solve a sample by hand, against a clock", MaterialDesignF.FLAG_OUTLINE);
    private static final double LIST_AT = 0.19;

    private final PageContext context;
    private final Threads threads;
    private final Solving solving;
    private final SolveFeed feed;
    private final SessionAsking asking;
    private final SessionList list;
    private final SessionPane pane;
    private final Node empty;
    private final StackPane place = new StackPane();
    private final SplitPane whole = new SplitPane();
    private final Map<String, String> instructions = new HashMap<>();
    private final Set<String> read = new HashSet<>();
    private Optional<BeginPane> begin = Optional.empty();
    private Optional<String> wanted = Optional.empty();
    private boolean announced;
    private boolean beginning;

    /** A page over the sessions of this user. */
    public SolvePage(PageContext context) {
        this(context, Threads.WINDOW);
    }

    SolvePage(PageContext context, Threads threads) {
        this.context = context;
        this.threads = threads;
        Corral corral = context.corral();
        solving = new Solving(corral.environment(), corral.inventory(), corral.operations(), corral::connect, "window");
        setId("solve-page");
        getStyleClass().add("solve-page");
        list = new SessionList(this::chosen, this::join);
        asking = new SessionAsking(
                context, threads, solving, list::chosen, this::session, this::judge, this::showSession);
        pane = new SessionPane(
                context,
                () -> list.chosen()
                        .ifPresent(status -> solving.touched(status.session().id())),
                asking::decide,
                this::keepNote);
        empty = emptyState();
        whole.setId("solve-split");
        whole.getItems().addAll(list, place);
        whole.setDividerPositions(LIST_AT);
        SplitPane.setResizableWithParent(list, false);
        getChildren().addAll(whole);
        setMinWidth(0);
        asking.install(pane);
        feed = new SolveFeed(
                solving,
                threads,
                () -> FxThread.supply(() -> getScene() != null && isVisible()).join(),
                this);
        chosen();
        feed.start();
    }

    private Node emptyState() {
        Button button = new Button("Choose a sample");
        button.setId("solve-choose");
        button.getStyleClass().add("main-button");
        button.setOnAction(event -> context.actions().all().stream()
                .filter(command -> command instanceof ShowPage show && show.place() == 1)
                .findFirst()
                .ifPresent(context.actions()::run));
        EmptyState state = new EmptyState(
                MaterialDesignF.FLAG_OUTLINE,
                "No session yet",
                "A sample that you solve by hand is a real run of Inspect: with an honest clock, and a log at the end. "
                        + "Choose a sample on the page Sandboxes, then Solve by hand.",
                button);
        state.setId("solve-empty");
        return state;
    }

    // Another session is chosen, or none.
    private void chosen() {
        if (pane == null) {
            return;
        }
        Optional<SolveStatus> status = list.chosen();
        if (status.isPresent()) {
            begin = Optional.empty();
            place.getChildren().setAll(pane);
            show(status.get());
        } else if (begin.isEmpty()) {
            place.getChildren().setAll(empty);
        }
        judge();
    }

    private void show(SolveStatus status) {
        pane.show(status);
        String id = status.session().id();
        solving.human(id).ifPresent(human -> instructions.put(id, human.instructions()));
        pane.instructions(instructions.getOrDefault(id, ""));
        if (!status.session().taskFile().isEmpty() && !instructions.containsKey(id) && read.add(id)) {
            readTask(
                    new Reveal.Sample(
                            Path.of(status.session().taskFile()),
                            status.session().task(),
                            status.session().sample()),
                    text -> {
                        instructions.putIfAbsent(id, text);
                        list.chosen()
                                .filter(now -> now.session().id().equals(id))
                                .ifPresent(this::show);
                    });
        }
    }

    private void readTask(Reveal.Sample sample, Consumer<String> text) {
        threads.background(
                "solve-task",
                () -> context.corral().taskFiles().load(sample.taskFile(), Optional.of(sample.task())).stream()
                        .flatMap(task -> task.samples().stream())
                        .filter(one -> one.id().equals(sample.sample()))
                        .findFirst()
                        .map(EvalSample::input)
                        .orElse(""),
                text,
                failure -> context.tell().accept(Notice.of(Problem.of(failure))));
    }

    private void judge() {
        pane.busy(asking.busy());
        context.actions().select(SolveRules.selection(list.chosen(), asking.busy()));
    }

    private void keepNote(String text) {
        asking.note(text, () -> pane.note().kept());
    }

    private void join(Joinable run) {
        if (beginning) {
            return;
        }
        beginning = true;
        threads.background(
                "solve-join",
                () -> solving.status(
                        solving.runs().join(run, person()).session().id()),
                this::begun,
                this::notBegun);
    }

    private void begin(SolveRequest request) {
        // A double click is one wish.
        if (beginning) {
            return;
        }
        beginning = true;
        threads.background(
                "solve-begin",
                () -> solving.status(solving.runs().begin(request).session().id()),
                this::begun,
                this::notBegun);
    }

    private void notBegun(Throwable failure) {
        beginning = false;
        context.tell().accept(Notice.of(Problem.of(failure)));
    }

    private void begun(SolveStatus status) {
        beginning = false;
        begin = Optional.empty();
        wanted = Optional.empty();
        asking.own(status.session().id());
        list.update(status);
        list.choose(status.session().id());
        list.list().requestFocus();
        context.tell()
                .accept(Notice.news(
                        "Inspect starts " + Texts.line(status.session().sample()) + "."));
    }

    private String person() {
        return context.corral()
                .environment()
                .get("USER")
                .or(() -> context.corral().environment().get("LOGNAME"))
                .orElseGet(() -> System.getProperty("user.name", ""));
    }

    @Override
    public void sessions(List<SolveStatus> now) {
        list.show(now);
        wanted.ifPresent(list::choose);
        if (list.chosen().isPresent()) {
            wanted = Optional.empty();
        } else if (begin.isEmpty()) {
            now.stream()
                    .findFirst()
                    .ifPresent(first -> list.choose(first.session().id()));
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
        context.navigation().show(this);
    }

    @Override
    public void session(SolveStatus now) {
        list.update(now);
        if (list.chosen()
                .filter(chosen -> chosen.session().id().equals(now.session().id()))
                .isPresent()) {
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
        return begin.<Node>map(BeginPane::begin)
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
        };
    }

    @Override
    public boolean accepts(Reveal what) {
        return what instanceof Reveal.Sample;
    }

    @Override
    public void reveal(Reveal what) {
        if (what instanceof Reveal.Sample sample) {
            BeginPane form = new BeginPane(sample, person(), this::begin, this::leave);
            begin = Optional.of(form);
            list.list().getSelectionModel().clearSelection();
            begin = Optional.of(form);
            ScrollPane scroll = new ScrollPane(form);
            scroll.setFitToWidth(true);
            scroll.getStyleClass().add("solve-scroll");
            place.getChildren().setAll(scroll);
            form.begin().requestFocus();
            readTask(sample, form::instructions);
        }
    }

    private void leave() {
        begin = Optional.empty();
        list.list().getItems().stream().findFirst().ifPresent(list::choose);
        chosen();
    }

    @Override
    public PageMemory memory() {
        return new PageMemory(
                list.chosen().map(status -> status.session().id()).stream().toList(),
                "",
                Map.of(),
                whole.getDividerPositions()[0]);
    }

    @Override
    public void restore(PageMemory memory) {
        wanted = memory.chosen().stream().findFirst();
        whole.setDividerPositions(memory.details() > 0 ? memory.details() : LIST_AT);
    }

    @Override
    public void close() {
        feed.close();
    }
}
