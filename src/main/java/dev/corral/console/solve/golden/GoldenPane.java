package dev.corral.console.solve.golden;

import dev.corral.console.fx.Threads;
import dev.corral.console.fx.Ticker;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PaneHost;
import dev.corral.console.shared.Buttons;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.FileChoice;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.TallScroll;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.golden.Golden;
import dev.corral.core.solve.golden.GoldenCheck;
import dev.corral.core.solve.golden.GoldenExport;
import dev.corral.core.solve.golden.GoldenSample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A golden run: what it says, its check with the progress, and what came of it. For the FX thread. */
public final class GoldenPane extends BorderPane {
    private static final String KIND = "Golden runs";
    private static final String ENDING = "*.json";

    private final PageContext context;
    private final FileChoice files;
    private final Solving solving;
    private final PaneHost host;
    private final GoldenRuns runs;
    private final Label path = new Label("GOLDEN RUN");
    private final Label title = new Label();
    private final Card about = new Card("What it says");
    private final Card warnings = new Card("Look at this before you rely on it");
    private final CheckBox keep = new CheckBox("The sandbox stays afterwards");
    private final TextField model = new TextField();
    private final Button check = new Button("Check now");
    private final Button other = new Button("Choose another file…");
    private final Card how = new Card("Check");
    private final Card progress = new Card("Progress");
    private final ProgressBar bar = new ProgressBar();
    private final Label step = new Label();
    private final Label command = new Label();
    private final Label words = new Label();
    private final Label elapsed = new Label();
    private final Button cancel = new Button("Cancel");
    private final GoldenResult result = new GoldenResult();
    private final ChangeListener<Instant> tick = (all, before, now) -> elapsed();
    private @Nullable Ticker ticker;
    private GoldenState.Phase last = GoldenState.Phase.NONE;

    /** @param host the page that it is on; heard when a check begins or ends */
    public GoldenPane(PageContext context, Threads threads, Solving solving, FileChoice files, PaneHost host) {
        this.context = context;
        this.files = files;
        this.solving = solving;
        this.host = host;
        runs = new GoldenRuns(threads, this::replay, this::show);
        setId("solve-golden");
        setFocusTraversable(true);
        build();
        show();
    }

    private GoldenCheck.Result replay(Golden golden, Path file, GoldenRuns.Wish wish, GoldenCheck.News news)
            throws InterruptedException {
        GoldenSample sample = GoldenSample.find(context.corral().taskFiles(), golden, file);
        return new GoldenCheck(
                        context.corral().inventory(), context.corral().operations(), context.corral()::connect, news)
                .scored(golden, solving, sample.request(golden, wish.model(), Optional.empty()), wish.keep());
    }

    private void build() {
        path.getStyleClass().add("section-title");
        title.getStyleClass().add("card-title");
        title.setId("golden-title");
        title.setMinWidth(0);
        VBox names = new VBox(2, path, title);
        names.setMinWidth(0);
        HBox.setHgrow(names, Priority.ALWAYS);
        Button back = Buttons.quiet("golden-close", "Back", host::leave);
        HBox head = new HBox(10, names, back);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("solve-head");
        keep.setId("golden-keep");
        model.setId("golden-model");
        model.setPromptText("None");
        model.setAccessibleText("A model, for scorers that need one");
        GridPane grid = Card.pairs();
        Label word = new Label("Model");
        word.getStyleClass().add("muted");
        grid.addRow(0, word, model);
        Label hint = new Label(
                "It runs the task file in Inspect, in a sandbox of its own, and hands the answer in to be scored.");
        hint.getStyleClass().add("muted");
        hint.setWrapText(true);
        check.setId("golden-check");
        check.getStyleClass().add("main-button");
        check.setOnAction(event -> runs.start(new GoldenRuns.Wish(
                keep.isSelected(), Optional.of(model.getText().strip()).filter(text -> !text.isEmpty()))));
        other.setId("golden-other");
        other.getStyleClass().add("quiet-button");
        other.setOnAction(event -> choose());
        HBox buttons = new HBox(8, other, check);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        how.setBody(hint, grid, keep, buttons);
        bar.setId("golden-bar");
        bar.setMaxWidth(Double.MAX_VALUE);
        step.setId("golden-step");
        command.setId("golden-command");
        command.getStyleClass().addAll("machine-text", "solve-code");
        command.setMaxWidth(Double.MAX_VALUE);
        words.getStyleClass().add("muted");
        words.setWrapText(true);
        elapsed.getStyleClass().add("muted");
        cancel.setId("golden-cancel");
        cancel.getStyleClass().add("quiet-button");
        cancel.setOnAction(event -> runs.cancel());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox line = new HBox(10, step, gap, elapsed, cancel);
        line.setAlignment(Pos.CENTER_LEFT);
        progress.setBody(line, bar, command, words);
        VBox all = new VBox(12, result, progress, warnings, about, how);
        all.getStyleClass().add("solve-begin");
        all.setMaxWidth(960);
        TallScroll scroll = new TallScroll(all);
        setTop(head);
        setCenter(scroll);
    }

    /** Asks for a golden run; false if none was chosen. Shows the one that is replayed while there is one. */
    public boolean choose() {
        if (busy()) {
            return true;
        }
        Optional<Path> file = files.open("A golden run", KIND, ENDING);
        file.ifPresent(runs::open);
        return file.isPresent();
    }

    /** Makes one of a session; false if no file was chosen. */
    public boolean save(SolveStatus status) {
        if (busy()) {
            return true;
        }
        String name = (status.session().task() + "-" + status.session().sample()).replaceAll("[^A-Za-z0-9._-]+", "-")
                + ".golden.json";
        Optional<Path> chosen = files.save("Save the golden run", name);
        chosen.ifPresent(file -> runs.save(
                file,
                where -> GoldenExport.of(
                        solving.status(status.session().id()),
                        solving.store().find(status.session().id()).folder(),
                        List.of(),
                        where)));
        return chosen.isPresent();
    }

    /** Whether one is being replayed, so that there is a sandbox because of it. */
    public boolean busy() {
        return runs.state().phase().busy();
    }

    /** What is under way; empty if nothing is. */
    public String underWay() {
        return busy() ? "Golden run of " + sample() : "";
    }

    /** Cancels the replay; its sandbox goes first. */
    public void cancel() {
        runs.cancel();
    }

    /** What gets the focus. */
    public Node focus() {
        // Whoever comes back with a key still down cancels nothing.
        return busy() ? this : check.isDisabled() ? other : check;
    }

    private String sample() {
        return runs.state().golden().map(golden -> Texts.line(golden.sample())).orElse("");
    }

    private void show() {
        GoldenState state = runs.state();
        title.setText(state.file()
                .map(file -> Texts.line(String.valueOf(file.getFileName())))
                .orElse(""));
        about.setShown(state.golden().isPresent());
        state.golden().ifPresent(golden -> about.setBody(facts(state, golden)));
        warnings.setShown(!state.warnings().isEmpty() && !state.phase().busy());
        warnings.setBody(state.warnings().stream().map(GoldenPane::line).toArray(Node[]::new));
        how.setShown(!state.phase().busy());
        check.setDisable(!state.phase().startable() || state.golden().isEmpty());
        check.setText(state.phase().over() ? "Check again" : "Check now");
        progress.setShown(state.phase().busy());
        GoldenState.Progress now = state.progress();
        bar.setProgress(
                now.done() == 0 ? ProgressBar.INDETERMINATE_PROGRESS : (now.done() - 1.0) / Math.max(1, now.of()));
        step.setText(
                state.phase() == GoldenState.Phase.CANCELLING
                        ? "Cancelling"
                        : now.done() == 0 ? "Before the first command" : "Command " + now.done() + " of " + now.of());
        command.setText(Texts.line(now.command()));
        command.setVisible(!now.command().isEmpty());
        command.setManaged(!now.command().isEmpty());
        words.setText(
                state.phase() == GoldenState.Phase.CANCELLING
                        ? GoldenText.words(state) + "."
                        : Texts.line(now.words()));
        words.setVisible(!words.getText().isEmpty());
        words.setManaged(!words.getText().isEmpty());
        cancel.setDisable(state.phase() != GoldenState.Phase.RUNNING);
        result.show(state);
        elapsed();
        if (last != state.phase()) {
            boolean began = state.phase().busy() && !last.busy();
            boolean ended = !state.phase().busy() && last.busy();
            last = state.phase();
            if (began) {
                tickFast();
            }
            if (ended && ticker != null) {
                ticker.close();
                ticker = null;
            }
            host.judge();
        }
    }

    // The window's own ticker goes by its operations, and this is none of them.
    private void tickFast() {
        Ticker fast = new Ticker();
        fast.setFast(true);
        fast.now().addListener(tick);
        ticker = fast;
    }

    private void elapsed() {
        elapsed.setText(runs.state()
                .since()
                .map(since -> Formats.duration(Duration.between(since, Instant.now())))
                .orElse(""));
    }

    private static Node facts(GoldenState state, Golden golden) {
        GridPane grid = Card.pairs();
        int row = 0;
        for (String[] pair : new String[][] {
            {"Task", Texts.line(golden.task()) + "  ·  " + Texts.line(golden.sample())},
            {"Steps", GoldenText.commands(state.commands(), state.skipped())},
            {"Answer", golden.answer().map(Texts::line).orElse("none")},
            {"Score", GoldenText.expected(golden)},
            {"From", GoldenText.origin(golden)},
            {"File", state.file().map(file -> Texts.whole(file.toString())).orElse("")}
        }) {
            Label word = new Label(pair[0]);
            word.getStyleClass().add("muted");
            grid.addRow(row++, word, line(pair[1]));
        }
        return grid;
    }

    private static Label line(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinWidth(0);
        return label;
    }

    /** Ends what runs in the background; a sandbox that is there goes by itself. */
    public void close() {
        runs.cancel();
        if (ticker != null) {
            ticker.close();
        }
    }
}
