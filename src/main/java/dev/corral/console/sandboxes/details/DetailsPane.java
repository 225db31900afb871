package dev.corral.console.sandboxes.details;

import dev.corral.console.fx.Ticker;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.page.GuestAction;
import dev.corral.console.sandboxes.MachineRules;
import dev.corral.console.sandboxes.Row;
import dev.corral.console.sandboxes.RowRules;
import dev.corral.console.sandboxes.Subject;
import dev.corral.console.sandboxes.files.FileStamp;
import dev.corral.console.sandboxes.files.TaskFile;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.FactsCard;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.StateLabel;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.SpareMachines;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inspect.tasks.LoadProblem;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrant.FailureView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.geometry.Side;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** Everything about the chosen row. Its parts stay and take new values, so that nothing jumps while they change. */
public final class DetailsPane extends StackPane {
    private static final double SCROLL_BAR_PX = 18;
    private static final double MOST_TASK_PX = 220;

    private final Path home;
    private final Ticker ticker;
    private final Label kicker = new Label();
    private final Label title = new Label();
    private final StateLabel state = new StateLabel();
    private final Label place = new Label();
    private final Runnable leave;
    private final FlowPane buttonBar = new FlowPane(8, 8);
    private final Map<Action, Button> buttons = new EnumMap<>(Action.class);
    private final FailureCard failure;
    private final RowRemedies remedies;
    private final TimelineCard timeline = new TimelineCard();
    private final Card task = new Card("Task");
    private final TextArea taskText = new TextArea();
    private final Text measure = new Text();
    private final Card problem = new Card("Not loaded");
    private final Label problemText = new Label();
    private final Label problemStep = new Label();
    private final TextArea problemDetails = new TextArea();
    private final MachineCommands machines;
    private final SnapshotsCard snapshots;
    private final Button more = new Button("More", Icons.of(MaterialDesignC.CHEVRON_DOWN));
    private final FactsCard facts = new FactsCard();
    private final ScrollPane scroll = new ScrollPane();
    private final EmptyState nothing = new EmptyState(
            MaterialDesignC.CURSOR_DEFAULT_CLICK_OUTLINE,
            "Nothing chosen",
            "Choose a row to see its state, why it failed, whose it is and what can be done with it.");
    private String shownKey = "";
    private Optional<SandboxView> sandbox = Optional.empty();
    private TaskFile.@Nullable Failed shownProblem;

    public DetailsPane(
            Actions actions, MachineCommands machines, RowRemedies remedies, Ticker ticker, Path home, Runnable leave) {
        this.remedies = remedies;
        this.leave = leave;
        this.home = home;
        this.ticker = ticker;
        this.failure = new FailureCard(actions);
        this.machines = machines;
        this.snapshots = new SnapshotsCard(machines);
        more.setId("more-actions");
        more.getStyleClass().add("quiet-button");
        more.setAccessibleText("More that can be done with the VMs");
        more.setContentDisplay(ContentDisplay.RIGHT);
        // Not a button that has its menu: the keys in that would work in the whole window, also in a terminal.
        ContextMenu menu = new ContextMenu();
        for (GuestAction action : GuestAction.values()) {
            menu.getItems().add(actions.menuItem(action));
        }
        menu.getItems().add(new SeparatorMenuItem());
        DetailButtons.MORE.forEach(action -> menu.getItems().add(actions.menuItem(action)));
        SpareMachines spare = new SpareMachines(machines);
        more.setOnAction(event -> {
            spare.offer(menu.getItems(), sandbox);
            menu.show(more, Side.BOTTOM, 0, 0);
        });
        setId("details");
        getStyleClass().add("details");
        kicker.getStyleClass().add("section-title");
        title.getStyleClass().add("details-title");
        title.setMinWidth(0);
        title.setTooltip(new Tooltip());
        state.setMinWidth(Region.USE_PREF_SIZE);
        place.getStyleClass().add("muted");
        place.setMinWidth(0);
        for (Action action : List.of(
                Action.TERMINAL,
                Action.RESUME,
                Action.UP,
                Action.HALT,
                Action.START,
                Action.TAKE_BACK,
                Action.CANCEL,
                Action.LOG,
                Action.VAGRANTFILE,
                Action.EDIT_VAGRANTFILE,
                Action.PIN,
                Action.SHOW_IN_STRAYS,
                Action.READ_AGAIN,
                Action.CLOSE_TASK_FILE,
                Action.DESTROY)) {
            Button button = actions.button(action, action == Action.DESTROY ? "destructive-button" : "quiet-button");
            // The focus would go on to the next text, and the pane would scroll there.
            button.disabledProperty().addListener((all, before, disabled) -> {
                if (disabled && button.isFocused()) {
                    leave.run();
                }
            });
            buttons.put(action, button);
        }
        // A long state goes below the name instead of taking its room.
        FlowPane head = new FlowPane(8, 2, title, state);
        head.setRowValignment(VPos.BASELINE);
        title.maxWidthProperty().bind(head.widthProperty());
        taskText.setEditable(false);
        taskText.setWrapText(true);
        taskText.getStyleClass().add("reading-area");
        taskText.setAccessibleText("The sample's task");
        taskText.widthProperty().addListener((all, before, width) -> fitTask());
        taskText.fontProperty().addListener((all, before, font) -> fitTask());
        taskText.setMinHeight(Region.USE_PREF_SIZE);
        task.setBody(taskText);
        problemText.setWrapText(true);
        problemText.getStyleClass().add("failure-sentence");
        problemStep.setWrapText(true);
        problemDetails.setEditable(false);
        problemDetails.setPrefRowCount(12);
        problemDetails.getStyleClass().add("machine-area");
        problemDetails.setAccessibleText("Details");
        problem.setBody(problemText, problemStep, problemDetails);
        problem.getStyleClass().add("failure-card");
        VBox content = new VBox(
                12, new VBox(3, kicker, head, place), buttonBar, failure, problem, timeline, snapshots, task, facts);
        content.getStyleClass().add("details-content");
        content.setFillWidth(true);
        scroll.setContent(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        getChildren().addAll(scroll, nothing);
        ticker.now().addListener((all, before, now) -> timeline.tick(now));
        show(Optional.empty(), RowRules.of(Optional.empty(), id -> false));
    }

    public void show(Optional<Row> row, RowRules rules) {
        nothing.setVisible(row.isEmpty());
        scroll.setVisible(row.isPresent());
        row.ifPresent(shown -> {
            head(shown);
            showButtons(shown.subject(), rules);
            body(shown.key(), shown.subject(), rules);
            snapshots.update(
                    MachineRules.machines(shown.subject()), rules.obstacles().getOrDefault(Action.SNAPSHOTS, ""));
            if (!shown.key().equals(shownKey)) {
                scroll.setVvalue(0);
                shownKey = shown.key();
            }
        });
    }

    /** Puts the cursor where a new snapshot gets its name, and that into sight. */
    public void focusSnapshots() {
        snapshots.focus();
        double hidden = scroll.getContent().getBoundsInLocal().getHeight()
                - scroll.getViewportBounds().getHeight();
        if (hidden > 0) {
            scroll.setVvalue(Math.clamp(snapshots.getBoundsInParent().getMinY() / hidden, 0, 1));
        }
    }

    private void head(Row row) {
        kicker.setText(
                switch (row.subject()) {
                    case Subject.Eval eval -> "EVAL";
                    case Subject.Sample sample -> "SAMPLE";
                    case Subject.Sandbox sandbox -> sandbox.ended() ? "FAILED START" : "SANDBOX";
                    case Subject.Machine machine -> "VM";
                    case Subject.Group group -> "GROUP";
                    case Subject.File file -> "TASK FILE";
                });
        title.setText(row.title());
        title.getTooltip().setText(row.title());
        state.show(row.look() == StateStyle.QUIET ? StateStyle.OFF : row.look(), word(row));
        place.setText(place(row.subject()));
        place.setVisible(!place.getText().isEmpty());
        place.setManaged(place.isVisible());
        place.setTooltip(place.getText().isEmpty() ? null : new Tooltip(place.getText()));
    }

    // The head has little room: the word alone, since what follows it is told below.
    private static String word(Row row) {
        int dot = row.state().indexOf(" · ");
        return row.changing() && dot > 0 ? row.state().substring(0, dot) : row.state();
    }

    private static String place(Subject subject) {
        return switch (subject) {
            case Subject.Eval eval ->
                eval.definition()
                        .map(definition -> Texts.line(definition.description()))
                        .orElse("");
            case Subject.Sample sample ->
                Texts.line(sample.task())
                        + sample.sandbox()
                                .map(view -> " › sandbox " + Texts.line(view.id()))
                                .orElse("");
            case Subject.Sandbox sandbox -> origin(sandbox.view());
            case Subject.Machine machine ->
                origin(machine.owner()) + " › sandbox "
                        + Texts.line(machine.owner().id());
            case Subject.Group group -> group.kind().explanation();
            case Subject.File file -> "";
        };
    }

    private static String origin(SandboxView view) {
        return view.manifest()
                .map(manifest -> manifest.origin())
                .filter(origin -> !origin.task().isEmpty())
                .map(origin -> Texts.line(origin.task() + " › " + origin.sample()))
                .orElse("Started by hand");
    }

    private void showButtons(Subject subject, RowRules rules) {
        List<Action> wanted = DetailButtons.of(subject, !rules.obstacles().containsKey(Action.CANCEL));
        List<Node> nodes = new ArrayList<>(wanted.stream().map(buttons::get).toList());
        sandbox = subject.sandbox();
        if (DetailButtons.more(subject)) {
            // Before what destroys, so that the two are not taken for each other.
            nodes.add(nodes.size() - 1, more);
        }
        if (!buttonBar.getChildren().equals(nodes)) {
            if (buttonBar.getChildren().stream().anyMatch(button -> button.isFocused() && !nodes.contains(button))) {
                leave.run();
            }
            buttonBar.getChildren().setAll(nodes);
        }
        buttonBar.setVisible(!nodes.isEmpty());
        buttonBar.setManaged(!nodes.isEmpty());
        buttons.forEach((action, button) -> {
            boolean main = rules.main().filter(action::equals).isPresent() && DetailButtons.mayBeMain(rules.main());
            set(button, "main-button", main);
            set(button, "quiet-button", !main && action != Action.DESTROY);
        });
    }

    private static void set(Button button, String styleClass, boolean wanted) {
        if (wanted != button.getStyleClass().contains(styleClass)) {
            if (wanted) {
                button.getStyleClass().add(styleClass);
            } else {
                button.getStyleClass().remove(styleClass);
            }
        }
    }

    private void body(String key, Subject subject, RowRules rules) {
        Optional<OperationView> operation = RowRules.story(subject).flatMap(SandboxView::operation);
        String machine = subject instanceof Subject.Machine own ? own.view().name() : "";
        Optional<FailureView> why = subject.sandbox()
                .flatMap(view -> machine.isEmpty()
                        ? machines.work().get().failure(view)
                        : machines.work().get().failure(view, machine))
                .or(() -> operation.flatMap(OperationView::failure));
        failure.update(why);
        failure.remedies()
                .show(
                        why.map(one -> RowRemedies.offers(one, subject, rules)).orElse(List.of()),
                        offer -> why.ifPresent(one -> remedies.run(offer, subject, one)));
        timeline.update(
                RowRules.story(subject).flatMap(SandboxView::lastWithPhases),
                RowRules.story(subject)
                        .<UnaryOperator<String>>map(view -> view::plainName)
                        .orElse(UnaryOperator.identity()),
                machine,
                ticker.now().get());
        showTask(subject);
        showProblem(subject);
        facts.update(key, SandboxFacts.of(subject, home));
    }

    private void showTask(Subject subject) {
        String text = subject instanceof Subject.Sample sample
                ? sample.definition()
                        .map(EvalSample::input)
                        .map(Texts::block)
                        .map(String::strip)
                        .orElse("")
                : "";
        if (!text.equals(taskText.getText())) {
            taskText.setText(text);
            fitTask();
        }
        task.setShown(!text.isEmpty());
    }

    // As high as its text, which wraps at another place in every width; a long one scrolls.
    private void fitTask() {
        measure.setText(taskText.getText());
        measure.setFont(taskText.getFont());
        measure.setWrappingWidth(Math.max(50, taskText.getWidth() - SCROLL_BAR_PX));
        taskText.setPrefHeight(
                Math.min(MOST_TASK_PX, Math.ceil(measure.getLayoutBounds().getHeight()) + 6));
    }

    private static TaskFile.Failed stale(TaskFile.Loaded file) {
        String verb = file.stale().equals(FileStamp.CHANGED) ? "has " : "is ";
        return new TaskFile.Failed(
                file.path(),
                "The task file " + verb + file.stale() + "; what is shown is what it said before.",
                "Read it again to see what it says now, or close it. Sandboxes that were started from it stay.",
                "");
    }

    private void showProblem(Subject subject) {
        TaskFile.Failed found =
                switch (subject) {
                    case Subject.File file when file.file() instanceof TaskFile.Failed failed -> failed;
                    case Subject.Eval eval
                    when eval.definition().flatMap(EvalTask::problem).isPresent() -> {
                        LoadProblem told =
                                eval.definition().flatMap(EvalTask::problem).orElseThrow();
                        yield new TaskFile.Failed(Path.of(eval.file()), told.message(), told.place(), told.traceback());
                    }
                    case Subject.Eval eval
                    when eval.opened()
                            .map(TaskFile.Loaded::stale)
                            .filter(word -> !word.isEmpty())
                            .isPresent() -> stale(eval.opened().orElseThrow());
                    default -> null;
                };
        problem.setHeading(
                found != null
                                && subject instanceof Subject.Eval
                                && found.details().isEmpty()
                        ? "Task file"
                        : "Not loaded");
        problem.setShown(found != null);
        if (found == null || found.equals(shownProblem)) {
            return;
        }
        shownProblem = found;
        problemText.setText(Texts.line(found.sentence()));
        problemStep.setText(Texts.line(found.nextStep()));
        problemDetails.setText(Texts.block(found.details()));
        problemDetails.setVisible(!found.details().isEmpty());
        problemDetails.setManaged(!found.details().isEmpty());
    }
}
