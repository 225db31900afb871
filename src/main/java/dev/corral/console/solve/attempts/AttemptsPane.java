package dev.corral.console.solve.attempts;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.Actions;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PaneHost;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.FileChoice;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.console.table.Placeholders;
import dev.corral.core.solve.attempts.Attempt;
import dev.corral.core.solve.attempts.AttemptReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** The attempts of people and models at a sample or its task: a plot, medians, and a table. For the FX thread. */
public final class AttemptsPane extends BorderPane {
    private static final double TROUBLE_PX = 74;
    private static final double MEDIANS_PX = 96;
    private static final int MOST_MEDIANS = 400;
    private static final int MOST_TROUBLE = 30;

    private final PageContext context;
    private final FileChoice files;
    private final PaneHost host;
    private final AttemptsModel model;
    private final Label path = new Label();
    private final Label title = new Label();
    private final Label source = new Label();
    private final ToggleButton sample = new ToggleButton("This sample");
    private final ToggleButton task = new ToggleButton("Whole task");
    private final AttemptPlot plot;
    private final AttemptTable table;
    private final GridPane medians = new GridPane();
    private final ScrollPane medianScroll = new ScrollPane(medians);
    private final Label legend = new Label();
    private final Node none;
    private final Card trouble = new Card("Not read");
    private final Label troubleText = new Label();
    private final VBox full;
    private String drawn = "";

    /** Over these sessions and logs. */
    public AttemptsPane(PageContext context, Threads threads, AttemptReader reader, FileChoice files, PaneHost host) {
        this.context = context;
        this.files = files;
        this.host = host;
        model = new AttemptsModel(reader, threads, this::show);
        setId("solve-attempts");
        table = new AttemptTable(row -> open(row.attempt()));
        plot = new AttemptPlot(this::choose);
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (all, before, now) -> plot.mark(Optional.ofNullable(now).map(AttemptRow::attempt)));
        medians.getStyleClass().add("attempts-medians");
        medians.setHgap(18);
        medians.setVgap(3);
        medianScroll.getStyleClass().add("tall-scroll");
        medianScroll.setFitToWidth(true);
        medianScroll.setMaxHeight(MEDIANS_PX);
        medianScroll.setMinHeight(Region.USE_PREF_SIZE);
        troubleText.setWrapText(true);
        troubleText.setId("attempts-trouble");
        ScrollPane lines = new ScrollPane(troubleText);
        lines.setFitToWidth(true);
        lines.setMaxHeight(TROUBLE_PX);
        lines.getStyleClass().add("tall-scroll");
        trouble.setBody(lines);
        trouble.setShown(false);
        VBox.setVgrow(table, Priority.ALWAYS);
        table.setMinHeight(120);
        legend.getStyleClass().add("muted");
        legend.setWrapText(true);
        full = new VBox(8, plot, legend, medianScroll, table, trouble);
        full.getStyleClass().add("attempts-body");
        setTop(head());
        none = context.actions().button(AttemptAction.FOLDER, "main-button");
        context.actions().handle(AttemptAction.SAVE, this::save);
        context.actions().handle(AttemptAction.FOLDER, this::chooseFolder);
    }

    private Node head() {
        path.getStyleClass().add("section-title");
        path.setMinWidth(0);
        title.getStyleClass().add("card-title");
        title.setId("attempts-title");
        title.setMinWidth(0);
        source.getStyleClass().add("muted");
        source.setId("attempts-source");
        source.setMinWidth(0);
        VBox names = new VBox(2, path, title, source);
        names.setMinWidth(0);
        HBox.setHgrow(names, Priority.ALWAYS);
        ToggleGroup group = new ToggleGroup();
        sample.setId("attempts-sample");
        task.setId("attempts-task");
        for (ToggleButton button : List.of(sample, task)) {
            button.setToggleGroup(group);
            button.getStyleClass().add("quiet-button");
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        sample.setSelected(true);
        // One of the two is always chosen.
        group.selectedToggleProperty().addListener((all, before, now) -> {
            if (now == null) {
                group.selectToggle(before);
            } else {
                model.whole(now == task);
            }
        });
        Actions actions = context.actions();
        Button folder = actions.button(AttemptAction.FOLDER, "quiet-button");
        Button save = actions.button(AttemptAction.SAVE, "quiet-button");
        Button close = new Button("Back");
        close.setId("attempts-close");
        close.getStyleClass().add("quiet-button");
        close.setOnAction(event -> host.leave());
        List.of(folder, save, close).forEach(button -> button.setMinWidth(Region.USE_PREF_SIZE));
        HBox which = new HBox(0, sample, task);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox buttons = new HBox(8, which, gap, folder, save);
        buttons.setAlignment(Pos.CENTER_LEFT);
        HBox line = new HBox(10, names, close);
        line.setAlignment(Pos.CENTER_LEFT);
        VBox head = new VBox(8, line, buttons);
        head.getStyleClass().add("solve-head");
        return head;
    }

    /** Shows the attempts at a sample. */
    public void open(AttemptSubject subject) {
        model.show(subject);
    }

    /** What gets the focus. */
    public Node focus() {
        return model.view().rows().isEmpty() ? lookup("#attempts-close") : table;
    }

    /** Why what is shown can't be written down; empty if it can. */
    public Optional<String> nothingToSave() {
        return model.view().rows().isEmpty() ? Optional.of("No attempt is shown") : Optional.empty();
    }

    private void show() {
        model.subject().ifPresent(about -> {
            path.setText(Texts.line(about.task()).toUpperCase(Locale.ROOT));
            title.setText(model.whole() ? "Attempts at the whole task" : "Attempts at " + Texts.line(about.sample()));
        });
        source.setText(source());
        AttemptsView view = model.view();
        if (model.problem().isPresent() && !model.read()) {
            setCenter(Placeholders.failed(model.problem().get(), again()));
        } else if (model.loading() && !model.read()) {
            setCenter(Placeholders.loading("Reading attempts", "Sessions of yours, and the logs of Inspect."));
        } else if (view.rows().isEmpty()) {
            setCenter(none(view));
        } else {
            boolean first = getCenter() != full;
            setCenter(full);
            if (first && lookup("#attempts-close").isFocused()) {
                table.requestFocus();
            }
        }
        table.whole(model.whole());
        if (!view.rows().equals(table.getItems())) {
            table.show(view.rows());
        }
        if (!plot.shown().equals(view.plot())) {
            plot.show(view.plot());
        }
        plot.setVisible(!view.plot().lanes().isEmpty());
        plot.setManaged(!view.plot().lanes().isEmpty());
        legend.setText("Filled: right. Hollow: not right, or not scored. Line: the median."
                + (view.plot().left() == 0
                        ? ""
                        : " Not drawn, without a time or for want of room: "
                                + view.plot().left() + "."));
        medians(view);
        trouble.setShown(!model.trouble().isEmpty());
        troubleText.setText(words(model.trouble(), "\n"));
        host.judge();
    }

    private static String words(List<String> trouble, String between) {
        String first = trouble.stream().limit(MOST_TROUBLE).collect(Collectors.joining(between));
        return trouble.size() > MOST_TROUBLE
                ? first + between + "And " + (trouble.size() - MOST_TROUBLE) + " more."
                : first;
    }

    private String source() {
        String where = model.folders().stream()
                .map(folder -> Formats.path(folder.toAbsolutePath().normalize(), context.home()))
                .collect(Collectors.joining(", "));
        String logs = where.isEmpty()
                ? "Sessions only; no folder with logs lies beside the task file"
                : "Sessions, and " + Formats.count(model.logs(), "log", "logs") + " in " + Texts.line(where);
        return model.loading() ? "Reading…" : model.read() ? logs : "";
    }

    private void medians(AttemptsView view) {
        String now = view.medians().toString();
        if (now.equals(drawn)) {
            return;
        }
        drawn = now;
        medians.getChildren().clear();
        int row = 0;
        for (AttemptsView.MedianLine line :
                view.medians().subList(0, Math.min(MOST_MEDIANS, view.medians().size()))) {
            Label what = new Label(line.what());
            what.setMinWidth(0);
            what.setMaxWidth(240);
            Label time = new Label(line.time().isEmpty() ? "no time" : "median " + line.time());
            medians.addRow(row++, what, muted(line.by()), time, muted(line.solved()), muted(line.counts()));
        }
    }

    private static Label muted(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("muted");
        return label;
    }

    private Node none(AttemptsView view) {
        boolean elsewhere = !model.whole() && model.read();
        EmptyState state = new EmptyState(
                MaterialDesignC.CHART_SCATTER_PLOT,
                elsewhere ? "No attempt at this sample yet" : "No attempt yet",
                "A session in which the clock was started is one, and so is each sample in a log of Inspect. "
                        + (view.trouble().isEmpty() ? "" : words(view.trouble(), " ") + " ")
                        + "Solve the sample, or choose a folder with logs of models.",
                none);
        state.setId("attempts-empty");
        return state;
    }

    private Button again() {
        Button button = new Button("Try again");
        button.getStyleClass().add("quiet-button");
        button.setOnAction(event -> model.load());
        return button;
    }

    private void choose(Attempt attempt) {
        table.choose(attempt);
        table.requestFocus();
    }

    private void chooseFolder() {
        files.folder("A folder with logs of Inspect").ifPresent(model::from);
    }

    private void save() {
        files.save("Write the attempts as a table", model.fileName())
                .ifPresent(file -> model.save(
                        file,
                        written -> context.tell()
                                .accept(Notice.news("The attempts are in " + Texts.whole(written.toString()) + ".")),
                        failure -> context.tell().accept(Notice.of(Problem.of(failure)))));
    }

    private void open(Attempt attempt) {
        if (!attempt.session().isEmpty() && host.session(attempt.session())) {
            return;
        }
        if (attempt.log().isEmpty()) {
            context.tell().accept(Notice.news("This attempt has neither a session here nor a log."));
            return;
        }
        Path log = Path.of(attempt.log());
        context.tell()
                .accept(Notice.news(
                        "The log is " + Texts.whole(log.toString()) + ".",
                        new Notice.Remedy("Copy path", () -> Clipboards.copy(log.toString())),
                        new Notice.Remedy("Open folder", () -> openFolder(log))));
    }

    private void openFolder(Path log) {
        Optional.ofNullable(log.toAbsolutePath().getParent())
                .ifPresent(folder -> Thread.ofVirtual().name("open-folder").start(() -> context.openFolder()
                        .accept(folder)));
    }
}
