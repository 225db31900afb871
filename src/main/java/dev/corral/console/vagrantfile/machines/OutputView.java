package dev.corral.console.vagrantfile.machines;

import dev.corral.console.fx.LatestValue;
import dev.corral.console.remedy.Offer;
import dev.corral.console.remedy.RemedyBar;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.Texts;
import dev.corral.console.vagrantfile.boot.BootPane;
import dev.corral.console.vagrantfile.boot.BootSight;
import dev.corral.console.vagrantfile.steps.FaultPlace;
import dev.corral.console.vagrantfile.steps.MachineSteps;
import dev.corral.console.vagrantfile.steps.Step;
import dev.corral.console.vagrantfile.steps.StepOutput;
import dev.corral.console.vagrantfile.steps.StepRun;
import dev.corral.core.base.Subscription;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LogFollower;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrantfile.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What the chosen step wrote, as it writes it; of one that failed also why, and the way to the line to mend. For the FX thread. */
final class OutputView {
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final LogFollower logs;
    private final Consumer<Place> jump;
    private final Helping helping;
    private final Label why = new Label();
    private final Label next = new Label();
    private final Hyperlink fault = new Hyperlink();
    private final HBox foot = new HBox(10, fault, next);
    private final ListView<LogLine> list = new ListView<>();
    private final RemedyBar remedies = new RemedyBar();
    private final BootPane boot;
    private final VBox box;
    private Optional<Subscription> following = Optional.empty();
    private String shown = "";
    private int turn;
    private Optional<TimelineRow> row = Optional.empty();
    private Optional<Path> file = Optional.empty();

    /** What helps against a failure. */
    interface Helping {
        /**
         * The offers for a step that failed.
         *
         * @param fault the place to mend, as far as it is known
         */
        List<Offer> offers(MachineSteps steps, Step step, FailureView failure, Place fault);

        /** Does what is offered. */
        void run(Offer offer, MachineSteps steps, Step step);
    }

    /**
     * @param logs    follows logs while they grow
     * @param jump    shows a line in the editor
     * @param helping what helps against a failure
     * @param boot    shows what a machine shows that does not come up
     */
    OutputView(LogFollower logs, Consumer<Place> jump, Helping helping, BootPane boot) {
        this.boot = boot;
        this.box = new VBox(4, why, foot, remedies, boot, list);
        this.logs = logs;
        this.jump = jump;
        this.helping = helping;
        box.getStyleClass().add("step-output");
        why.getStyleClass().add("card-cause");
        why.setId("step-why");
        why.setWrapText(true);
        why.setMinHeight(Region.USE_PREF_SIZE);
        next.getStyleClass().add("muted");
        next.setWrapText(true);
        next.setMinWidth(0);
        fault.setId("step-fault");
        fault.setMinWidth(Region.USE_PREF_SIZE);
        fault.setVisited(false);
        foot.setAlignment(Pos.CENTER_LEFT);
        list.setId("step-lines");
        list.getStyleClass().add("step-lines");
        list.setAccessibleText("Output of the chosen step");
        list.setPlaceholder(new Label());
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setCellFactory(view -> new LineCell());
        list.setOnKeyPressed(event -> {
            if (COPY.match(event)) {
                Clipboards.copy(list.getSelectionModel().getSelectedItems().stream()
                        .map(LogLine::text)
                        .collect(Collectors.joining("\n")));
                event.consume();
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        VBox.setVgrow(boot, Priority.ALWAYS);
        draw(List.of());
    }

    /** What is shown. */
    Region node() {
        return box;
    }

    /**
     * Shows the output of a row's step.
     *
     * @param chosen      the row; empty for none
     * @param vagrantfile the open file
     */
    void show(Optional<TimelineRow> chosen, Optional<Path> vagrantfile) {
        row = chosen;
        file = vagrantfile;
        boot.show(chosen.flatMap(one -> one.step().flatMap(step -> BootSight.of(one.timeline(), step))));
        Optional<StepRun> run = chosen.flatMap(TimelineRow::step).flatMap(Step::run);
        String key = run.map(one -> one.operation().workflow() + " " + one.key() + " " + one.machine() + " "
                        + one.endedAt().isPresent() + " " + one.log())
                .orElse("");
        if (key.equals(shown)) {
            explain();
            return;
        }
        shown = key;
        close();
        int now = ++turn;
        // Of what failed before Vagrant wrote a log, these are all there is.
        draw(chosen
                .flatMap(TimelineRow::step)
                .filter(step -> step.state() == Step.State.FAILED)
                .flatMap(step -> run)
                .flatMap(one -> one.operation().failure())
                .map(FailureView::lines)
                .orElse(List.of())
                .stream()
                .map(line -> new LogLine(Optional.empty(), "", LogLine.Level.DETAIL, line))
                .toList());
        explain();
        run.ifPresent(one -> one.log().ifPresent(log -> {
            StepOutput output = new StepOutput(one);
            LatestValue<List<LogLine>> newest = new LatestValue<>(lines -> {
                if (now == turn && !lines.isEmpty()) {
                    draw(lines);
                    explain();
                }
            });
            following = Optional.of(logs.follow(log, batch -> {
                output.add(batch);
                newest.accept(output.lines());
            }));
        }));
    }

    private void draw(List<LogLine> lines) {
        list.getItems().setAll(lines);
        // What a script said last matters more than what Vagrant says of every script that fails.
        int last = lines.size() - 1;
        while (last > 0 && lines.get(last).level() == LogLine.Level.ERROR) {
            last--;
        }
        if (last >= 0) {
            list.scrollTo(last == lines.size() - 1 ? last : Math.max(0, last - 2));
        }
    }

    private void explain() {
        Optional<Step> failed = row.flatMap(TimelineRow::step).filter(step -> step.state() == Step.State.FAILED);
        Optional<FailureView> failure =
                failed.flatMap(Step::run).flatMap(run -> run.operation().failure());
        text(why, failure.map(FailureView::sentence).map(Texts::whole).orElse(""));
        text(next, failure.map(FailureView::nextStep).map(Texts::whole).orElse(""));
        Place place = failed.map(step -> place(step, failure)).orElse(Place.NONE);
        fault.setVisible(place.known());
        fault.setManaged(place.known());
        if (place.known()) {
            fault.setText(
                    Texts.line(Path.of(place.file()).getFileName() + (place.line() > 0 ? ":" + place.line() : "")));
            fault.setOnAction(event -> {
                fault.setVisited(false);
                jump.accept(place);
            });
        }
        remedies.show(
                row.flatMap(one -> failed.flatMap(
                                step -> failure.map(known -> helping.offers(one.timeline(), step, known, place))))
                        .orElse(List.of()),
                offer -> row.ifPresent(one -> one.step().ifPresent(step -> helping.run(offer, one.timeline(), step))));
        boolean any = place.known() || !next.getText().isEmpty();
        foot.setVisible(any);
        foot.setManaged(any);
        list.setVisible(!list.getItems().isEmpty());
    }

    private Place place(Step step, Optional<FailureView> failure) {
        Path vagrantfile = file.orElse(Path.of("Vagrantfile"));
        Path folder = Optional.ofNullable(vagrantfile.getParent()).orElse(vagrantfile);
        List<String> lines = list.getItems().isEmpty()
                ? failure.map(FailureView::lines).orElse(List.of())
                : list.getItems().stream().map(LogLine::text).toList();
        return FaultPlace.of(
                row.flatMap(one -> step.rerunnable()
                                && step.key().position()
                                        <= one.timeline()
                                                .machine()
                                                .provisioners()
                                                .size()
                        ? Optional.of(one.timeline()
                                .machine()
                                .provisioners()
                                .get(step.key().position() - 1))
                        : Optional.empty()),
                lines,
                folder,
                vagrantfile,
                failure.map(FailureView::vagrantfileLine).orElse(0));
    }

    private static void text(Label label, String text) {
        label.setText(text);
        label.setVisible(!text.isEmpty());
        label.setManaged(!text.isEmpty());
    }

    /** Follows no log any more. */
    void close() {
        following.ifPresent(Subscription::close);
        following = Optional.empty();
    }

    private static final class LineCell extends ListCell<LogLine> {
        private String level = "";

        LineCell() {
            getStyleClass().add("machine-text");
            setWrapText(true);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable LogLine line, boolean empty) {
            super.updateItem(line, empty);
            getStyleClass().remove(level);
            level = "";
            if (empty || line == null) {
                setText(null);
                return;
            }
            level = "line-" + line.level().name().toLowerCase(Locale.ROOT);
            getStyleClass().add(level);
            setText(Texts.whole(line.text()));
        }
    }
}
