package dev.corral.console.solve.batch;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.Actions;
import dev.corral.console.page.Command;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PaneHost;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.FileChoice;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateLabel;
import dev.corral.console.shared.TallScroll;
import dev.corral.console.shared.Texts;
import dev.corral.console.table.Placeholders;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.solve.batch.Batch;
import dev.corral.core.solve.batch.Batches;
import dev.corral.core.solve.journal.SolveOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** The batches: what is solved one after another, how far it is, and the form of a new one. For the FX thread. */
public final class BatchPane extends BorderPane {
    private final PageContext context;
    private final Threads threads;
    private final FileChoice files;
    private final PaneHost host;
    private final Runnable showThis;
    private final BatchQueue queue;
    private final BatchFeed feed;
    private final Label title = new Label();
    private final StateLabel state = new StateLabel();
    private final Label said = new Label();
    private final ComboBox<Batches.View> which = new ComboBox<>();
    private final BatchTable table;
    private final VBox head;
    private final VBox body;
    private final Node empty;
    private Optional<BatchForm> form = Optional.empty();
    private int asked;
    private boolean showing;

    /**
     * Over these batches.
     *
     * @param awaited told of the session that the person waits for: its terminal opens by itself
     * @param showThis shows this pane
     */
    public BatchPane(
            PageContext context,
            Threads threads,
            Batches batches,
            FileChoice files,
            PaneHost host,
            Consumer<String> awaited,
            Runnable showThis) {
        this.context = context;
        this.threads = threads;
        this.files = files;
        this.host = host;
        this.showThis = showThis;
        setId("solve-batch");
        setFocusTraversable(true);
        table = new BatchTable(this::open);
        queue = new BatchQueue(batches, threads, new BatchQueue.Listener() {
            @Override
            public void changed() {
                show();
            }

            @Override
            public void awaited(String session) {
                awaited.accept(session);
            }

            @Override
            public void next(Batches.View view, Batches.Row row) {
                offer(row);
            }

            @Override
            public void failed(Problem problem) {
                context.tell().accept(Notice.of(problem));
            }
        });
        feed = new BatchFeed(batches, threads, queue::take);
        table.getSelectionModel().selectedIndexProperty().addListener((all, before, now) -> host.judge());
        head = head();
        empty = nothing();
        said.setId("batch-said");
        said.getStyleClass().add("muted");
        said.setWrapText(true);
        VBox.setVgrow(table, Priority.ALWAYS);
        body = new VBox(8, table, said);
        body.getStyleClass().add("attempts-body");
        install();
        show();
    }

    /** Begins to look at batches. */
    public void start() {
        feed.start();
    }

    private VBox head() {
        Label path = new Label("BATCH");
        path.getStyleClass().add("section-title");
        title.getStyleClass().add("card-title");
        title.setId("batch-title");
        title.setMinWidth(0);
        state.setId("batch-state");
        HBox where = new HBox(10, path, state);
        where.setAlignment(Pos.CENTER_LEFT);
        VBox names = new VBox(2, where, title);
        names.setMinWidth(0);
        HBox.setHgrow(names, Priority.ALWAYS);
        which.setId("batch-which");
        which.setAccessibleText("Which batch");
        which.setConverter(new StringConverter<>() {
            @Override
            public String toString(Batches.@Nullable View view) {
                return view == null
                        ? ""
                        : Formats.exact(view.batch().createdAt()) + ", "
                                + Formats.count(view.rows().size(), "sample", "samples");
            }

            @Override
            public Batches.@Nullable View fromString(String text) {
                return null;
            }
        });
        which.setOnAction(event -> {
            Batches.View chosen = which.getValue();
            if (!showing && chosen != null) {
                queue.show(chosen.batch().id());
            }
        });
        Button back = new Button("Back");
        back.setId("batch-close");
        back.getStyleClass().add("quiet-button");
        back.setMinWidth(Region.USE_PREF_SIZE);
        back.setOnAction(event -> host.leave());
        HBox line = new HBox(10, names, which, back);
        line.setAlignment(Pos.CENTER_LEFT);
        Actions actions = context.actions();
        FlowPane buttons = new FlowPane(
                8,
                6,
                actions.button(BatchAction.SKIP, "quiet-button"),
                actions.button(BatchAction.STOP, "quiet-button"),
                actions.button(BatchAction.STOP_NOW, "destructive-button"),
                actions.button(BatchAction.RESUME, "quiet-button"),
                actions.button(BatchAction.NEW, "quiet-button"));
        VBox all = new VBox(8, line, buttons);
        all.getStyleClass().add("solve-head");
        return all;
    }

    private void install() {
        Actions actions = context.actions();
        actions.handle(BatchAction.SKIP, () -> with(view -> table.chosen().ifPresent(row -> skip(view, row))));
        actions.handle(
                BatchAction.STOP, () -> with(view -> queue.stop(view.batch().id(), false)));
        actions.handle(BatchAction.STOP_NOW, () -> with(this::stopNow));
        actions.handle(
                BatchAction.RESUME,
                () -> with(view -> {
                    queue.run(view.batch().id());
                    feed.poke();
                }));
    }

    private void with(Consumer<Batches.View> what) {
        queue.shown().ifPresent(what);
    }

    // Whoever solves in it would lose the machine.
    private void skip(Batches.View view, Batches.Row row) {
        String id = view.batch().id();
        // Samples of two tasks may have one id.
        int number = view.rows().indexOf(row);
        if (!BatchRules.live(row)) {
            queue.skip(id, number);
            return;
        }
        context.desk().ask(BatchQuestions.skip(row, () -> queue.skip(id, number)));
    }

    private void stopNow(Batches.View view) {
        context.desk()
                .ask(BatchQuestions.stop(view, () -> queue.stop(view.batch().id(), true)));
    }

    private void offer(Batches.Row row) {
        context.tell()
                .accept(Notice.offer(
                                "Next in the batch: " + Texts.line(row.item().sample()) + " is ready.",
                                "Its clock starts when you begin.",
                                new Notice.Remedy("Go to it", () -> {
                                    context.desk().settle(about(row.session()));
                                    host.session(row.session());
                                }))
                        .about(about(row.session())));
    }

    private static String about(String session) {
        return "batch:" + session;
    }

    private void open(Batches.Row row) {
        if (row.session().isEmpty()) {
            context.tell().accept(Notice.news(Texts.line(row.item().sample()) + " has not begun yet."));
        } else {
            host.session(row.session());
        }
    }

    /** Offers the samples of a task. */
    public void choose(Path file, Optional<String> task, Set<String> chosen) {
        BatchForm made = new BatchForm(host.person(), this::begin, this::unask, () -> choose(chosen));
        form = Optional.of(made);
        int number = ++asked;
        setTop(null);
        setCenter(Placeholders.loading("Reading the task file", file.toString()));
        threads.background(
                "batch-samples",
                () -> context.corral().taskFiles().load(file, task),
                tasks -> {
                    if (number == asked) {
                        offer(made, file, tasks, chosen);
                    }
                },
                failure -> {
                    if (number == asked) {
                        unask();
                        context.tell().accept(Notice.of(Problem.of(failure)));
                    }
                });
    }

    private void offer(BatchForm made, Path file, List<EvalTask> tasks, Set<String> chosen) {
        made.show(file, tasks, chosen);
        TallScroll scroll = new TallScroll(made);
        setCenter(scroll);
        made.focus().requestFocus();
    }

    /** Asks for a task file first. */
    public void choose(Set<String> chosen) {
        files.open("A task file", "Inspect task files", "*.py").ifPresent(file -> {
            choose(file, Optional.empty(), chosen);
            showThis.run();
        });
    }

    private void unask() {
        form = Optional.empty();
        asked++;
        show();
    }

    private void begin(List<Batch.Item> samples, String who, SolveOptions options) {
        if (!queue.busy().isEmpty()) {
            return;
        }
        queue.begin(samples, who, options, () -> {
            form = Optional.empty();
            feed.poke();
            show();
            focus().requestFocus();
        });
    }

    private void show() {
        if (body == null || form.isPresent()) {
            return;
        }
        Optional<Batches.View> shown = queue.shown();
        showing = true;
        which.getItems().setAll(queue.all());
        which.setValue(shown.orElse(null));
        which.setVisible(queue.all().size() > 1);
        which.setManaged(queue.all().size() > 1);
        showing = false;
        if (shown.isEmpty()) {
            setTop(null);
            setCenter(empty);
        } else {
            Batches.View view = shown.get();
            String id = view.batch().id();
            title.setText(BatchRules.title(view));
            state.show(BatchRules.look(view), BatchRules.state(view, queue.here(id)));
            table.show(view.rows());
            said.setText(queue.busy().isEmpty() ? Texts.line(queue.said(id)) : queue.busy() + "…");
            setTop(head);
            setCenter(body);
        }
        host.judge();
    }

    private Node nothing() {
        Button back = new Button("Back");
        back.getStyleClass().add("quiet-button");
        back.setOnAction(event -> host.leave());
        EmptyState nothing = new EmptyState(
                MaterialDesignP.PLAYLIST_PLUS,
                "No batch yet",
                "A batch is several samples that you solve one after another: while you solve one, the machine of the next one starts.",
                context.actions().button(BatchAction.NEW, "main-button"),
                back);
        nothing.setId("batch-empty");
        return nothing;
    }

    /** Why commands make no sense now. */
    public Map<Command, String> obstacles() {
        return BatchRules.obstacles(queue.shown(), table.chosen(), queue.busy());
    }

    /** Whether a session waits ahead of the person, so that nothing may be opened in it. */
    public boolean ahead(String session) {
        return queue.ahead(session);
    }

    /** The batches that this window runs, in words. */
    public List<String> underWay() {
        return queue.running().stream()
                .map(id -> queue.all().stream()
                        .filter(view -> view.batch().id().equals(id))
                        .findFirst()
                        .map(view -> "Batch of " + BatchRules.title(view))
                        .orElse("Batch " + id))
                .map(name -> name + ": cancelled, it begins nothing more; the session you are in goes on")
                .toList();
    }

    /** Runs none any more: nothing more begins, what waits ahead ends, and the session that the person is in goes on. */
    public void letGo() {
        queue.leave();
    }

    /** What gets the focus. */
    public Node focus() {
        return form.filter(made -> made.getScene() != null)
                .map(BatchForm::focus)
                .orElseGet(() -> form.isPresent() || queue.shown().isEmpty() ? this : table);
    }

    /** Ends what runs in the background. */
    public void close() {
        feed.close();
        queue.leave();
    }
}
