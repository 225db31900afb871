package dev.corral.console.solve.rating;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.Actions;
import dev.corral.console.page.Command;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PaneHost;
import dev.corral.console.shared.Buttons;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.FileChoice;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.TallScroll;
import dev.corral.console.shared.Texts;
import dev.corral.console.table.Placeholders;
import dev.corral.core.inspect.log.AttemptLogs;
import dev.corral.core.solve.rubric.Blind;
import dev.corral.core.solve.rubric.Ratings;
import dev.corral.core.solve.rubric.Rubric;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** The ratings: the samples of one by letter, the chosen one as who rates it sees it, and the form of a new one. For the FX thread. */
public final class RatingPane extends BorderPane {
    private static final double TABLE_PX = 240;

    private final PageContext context;
    private final Threads threads;
    private final FileChoice files;
    private final PaneHost host;
    private final Supplier<Optional<Path>> logs;
    private final RatingModel model;
    private final Label title = new Label();
    private final Label progress = new Label();
    private final ComboBox<RatingView> which = new ComboBox<>();
    private final RatingTable table;
    private final SampleCards cards;
    private final TallScroll scroll;
    private final StackPane place = new StackPane();
    private final VBox head;
    private final Node empty;
    private Optional<RatingForm> form = Optional.empty();
    private boolean showing;

    /**
     * Over the ratings of this user.
     *
     * @param logs where logs are that a person means first; empty if nobody knows
     */
    public RatingPane(
            PageContext context, Threads threads, FileChoice files, PaneHost host, Supplier<Optional<Path>> logs) {
        this.context = context;
        this.threads = threads;
        this.files = files;
        this.host = host;
        this.logs = logs;
        setId("solve-rating");
        setFocusTraversable(true);
        model = new RatingModel(new Ratings(context.corral().environment()), threads, new RatingModel.Listener() {
            @Override
            public void changed() {
                show();
            }

            @Override
            public void news(String sentence) {
                context.tell().accept(Notice.news(sentence));
            }

            @Override
            public void failed(Problem problem) {
                context.tell().accept(Notice.of(problem));
            }
        });
        table = new RatingTable(letter -> model.choose(Optional.of(letter)));
        table.setMinWidth(TABLE_PX);
        table.setPrefWidth(TABLE_PX);
        table.setMaxWidth(TABLE_PX);
        cards = new SampleCards((criterion, points, reason, noted) ->
                model.give(criterion.name(), points, reason, host.person(), noted));
        scroll = new TallScroll(cards);
        head = head();
        empty = nothing();
        install();
        show();
    }

    private VBox head() {
        Label path = new Label("RATING");
        path.getStyleClass().add("section-title");
        title.getStyleClass().add("card-title");
        title.setId("rating-title");
        title.setMinWidth(0);
        progress.setId("rating-progress");
        progress.getStyleClass().add("muted");
        progress.setMinWidth(0);
        VBox names = new VBox(2, path, title, progress);
        names.setMinWidth(0);
        HBox.setHgrow(names, Priority.ALWAYS);
        which.setId("rating-which");
        which.setAccessibleText("Which rating");
        which.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable RatingView view) {
                return view == null
                        ? ""
                        : Texts.line(view.rating().rubric().name()) + ", "
                                + Formats.exact(view.rating().createdAt());
            }

            @Override
            public @Nullable RatingView fromString(String text) {
                return null;
            }
        });
        which.setOnAction(event -> {
            RatingView chosen = which.getValue();
            if (!showing && chosen != null) {
                model.show(chosen.id());
            }
        });
        Button back = Buttons.quiet("rating-close", "Back", host::leave);
        HBox line = new HBox(10, names, which, back);
        line.setAlignment(Pos.CENTER_LEFT);
        Actions actions = context.actions();
        FlowPane buttons = new FlowPane(
                8,
                6,
                Buttons.quiet("rating-next", "Next sample", this::next),
                actions.button(RatingAction.WRITE, "quiet-button"),
                actions.button(RatingAction.REVEAL, "quiet-button"),
                actions.button(RatingAction.NEW, "quiet-button"));
        VBox all = new VBox(8, line, buttons);
        all.getStyleClass().add("solve-head");
        return all;
    }

    private void install() {
        context.actions().handle(RatingAction.WRITE, () -> model.rating().ifPresent(this::write));
        context.actions().handle(RatingAction.REVEAL, () -> model.rating().ifPresent(this::reveal));
    }

    private void write(RatingView view) {
        context.desk().ask(RatingQuestions.write(view, letters -> model.write(view.rating(), letters, host.person())));
    }

    private void reveal(RatingView view) {
        context.desk().ask(RatingQuestions.reveal(view, () -> model.reveal(view.rating(), host.person())));
    }

    private void next() {
        model.rating()
                .flatMap(view -> view.next(model.letter().orElse("")))
                .ifPresent(letter -> model.choose(Optional.of(letter)));
    }

    /** Reads all anew, and shows them. */
    public void open() {
        model.load();
    }

    /** Shows the form of a new one. */
    public void choose() {
        RatingForm made = new RatingForm(
                new AttemptLogs(context.corral().environment()),
                threads,
                files,
                this::begin,
                this::unask,
                problem -> context.tell().accept(Notice.of(problem)));
        form = Optional.of(made);
        logs.get().ifPresent(made::from);
        TallScroll whole = new TallScroll(made);
        setTop(null);
        setLeft(null);
        setCenter(whole);
    }

    private void unask() {
        form = Optional.empty();
        show();
    }

    private void begin(Rubric rubric, List<Path> logs) {
        Optional<RatingForm> asking = form;
        model.begin(rubric, logs, host.person(), () -> {
            boolean still = asking.isPresent() && form.equals(asking);
            if (still) {
                form = Optional.empty();
            }
            return still;
        });
    }

    private void show() {
        if (empty == null) {
            return;
        }
        if (form.isPresent()) {
            form.get().busy(model.busy());
            host.judge();
            return;
        }
        Optional<RatingView> shown = model.rating();
        showing = true;
        if (!which.getItems().equals(model.all())) {
            which.getItems().setAll(model.all());
        }
        which.setValue(shown.orElse(null));
        which.setVisible(model.all().size() > 1);
        which.setManaged(model.all().size() > 1);
        showing = false;
        if (shown.isEmpty()) {
            setTop(null);
            setLeft(null);
            setCenter(model.problem()
                    .<Node>map(problem ->
                            Placeholders.failed(problem, Buttons.quiet("rating-reload", "Try again", model::load)))
                    .orElseGet(() ->
                            model.read() ? empty : Placeholders.loading("Reading the ratings", "Those of this user.")));
        } else {
            show(shown.get());
        }
        host.judge();
    }

    private void show(RatingView view) {
        title.setText(Texts.line(view.rating().rubric().name()));
        progress.setText(
                model.busy().isEmpty()
                        ? model.problem().map(Problem::sentence).orElseGet(() -> RatingRules.progress(view))
                        : model.busy() + "…");
        table.show(view, model.letter());
        Optional<Blind> blind = model.blind();
        if (blind.isPresent()) {
            if (cards.show(view, model.letter().orElse(""), blind.get())) {
                scroll.setVvalue(0);
            }
            cards.busy(!model.busy().isEmpty());
            put(scroll);
        } else if (model.unreadable().isPresent()) {
            put(Placeholders.failed(
                    model.unreadable().get(),
                    Buttons.quiet("rating-again", "Try again", () -> model.choose(model.letter()))));
        } else {
            put(Placeholders.loading(
                    "Reading sample " + model.letter().orElse(""), "What was asked, done and answered, from its log."));
        }
        setTop(head);
        setLeft(table);
        setCenter(place);
    }

    private void put(Node node) {
        if (!place.getChildren().equals(List.of(node))) {
            place.getChildren().setAll(node);
        }
    }

    private Node nothing() {
        EmptyState nothing = new EmptyState(
                MaterialDesignS.SCALE_BALANCE,
                "No rating yet",
                "Where no scorer can judge an answer, people do: with a rubric, without seeing who solved it. The points go into the logs.",
                context.actions().button(RatingAction.NEW, "main-button"),
                Buttons.quiet("rating-leave", "Back", host::leave));
        nothing.setId("rating-empty");
        return nothing;
    }

    /** Why commands make no sense now. */
    public Map<Command, String> obstacles() {
        Map<Command, String> obstacles = RatingRules.obstacles(model.rating(), model.busy());
        if (form.isPresent()) {
            obstacles.put(RatingAction.WRITE, "Finish or leave the form of a new rating first");
            obstacles.put(RatingAction.REVEAL, "Finish or leave the form of a new rating first");
        }
        return obstacles;
    }

    /** What gets the focus. */
    public Node focus() {
        return form.map(RatingForm::focus).orElseGet(() -> model.rating().isEmpty() ? this : table);
    }
}
