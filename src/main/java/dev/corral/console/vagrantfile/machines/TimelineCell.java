package dev.corral.console.vagrantfile.machines;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.StateDisplay;
import dev.corral.console.shared.Track;
import dev.corral.console.vagrantfile.steps.MachineSteps;
import dev.corral.console.vagrantfile.steps.Step;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** Draws a row of the timelines; the chosen one has buttons to run it again. */
final class TimelineCell extends ListCell<TimelineRow> {
    private static final double TRACK_PX = 126;
    private static final double TIME_PX = 62;
    /** Below this width names need the room more than bars do. */
    private static final double NARROW_PX = 560;
    /** From this width on the buttons have a room of their own, so that nothing moves when they come. */
    private static final double ROOMY_PX = 680;

    private static final double BUTTONS_PX = 204;

    private final Label shape = new Label();
    private final StateDisplay state = new StateDisplay(shape);
    private final Label name = new NameLabel();
    private final Label note = new Label();
    private final Region bar = new Region();
    private final Track track = new Track(bar);
    private final Label time = new Label();
    private final Label usual = new Label();
    private final Button rerun = new Button("Rerun", Icons.of(MaterialDesignP.PLAY));
    private final Button onward = new Button("From here on");
    private final HBox buttons = new HBox(6, rerun, onward);
    private final StackPane buttonsPlace = new StackPane(buttons);
    private final Tooltip why = new Tooltip();
    private final HBox line;
    private final Asked asked;
    private final ListView<TimelineRow> list;
    private String tone = "";

    /** What a cell asks for. */
    interface Asked {
        /** Runs a step again, alone or with all after it. */
        void rerun(MachineSteps timeline, Step step, boolean onward);

        /** Why it can't be run again now; empty when it can. */
        Optional<String> mayRerun(MachineSteps timeline, Step step);
    }

    TimelineCell(ListView<TimelineRow> list, Asked asked) {
        this.asked = asked;
        this.list = list;
        name.getStyleClass().add("step-name");
        note.setMinWidth(0);
        note.getStyleClass().add("muted");
        shape.setMinWidth(18);
        bar.getStyleClass().add("bar");
        track.setMinWidth(TRACK_PX);
        track.setPrefWidth(TRACK_PX);
        for (Label number : new Label[] {time, usual}) {
            number.setMinWidth(TIME_PX);
            number.setPrefWidth(TIME_PX);
            number.setAlignment(Pos.CENTER_RIGHT);
        }
        usual.getStyleClass().add("muted");
        rerun.getStyleClass().addAll("main-button", "step-button");
        onward.getStyleClass().addAll("quiet-button", "step-button");
        rerun.setMinWidth(Region.USE_PREF_SIZE);
        onward.setMinWidth(Region.USE_PREF_SIZE);
        rerun.setOnAction(event -> go(false));
        onward.setOnAction(event -> go(true));
        buttons.setAlignment(Pos.CENTER_RIGHT);
        why.setWrapText(true);
        why.setMaxWidth(360);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        line = new HBox(8, shape, name, note, space, track, time, usual, buttonsPlace);
        line.setAlignment(Pos.CENTER_LEFT);
        var roomy = Bindings.createBooleanBinding(() -> list.getWidth() >= NARROW_PX, list.widthProperty());
        track.managedProperty().bind(roomy);
        usual.visibleProperty().bind(roomy);
        usual.managedProperty().bind(roomy);
        list.widthProperty().addListener(width -> buttons());
        setPrefWidth(0);
        selectedProperty().addListener(chosen -> buttons());
        setText(null);
    }

    @Override
    protected void updateItem(@Nullable TimelineRow row, boolean empty) {
        super.updateItem(row, empty);
        if (empty || row == null) {
            setGraphic(null);
            setAccessibleText("");
            return;
        }
        setGraphic(line);
        time.getStyleClass().remove("muted");
        row.step().ifPresentOrElse(this::show, () -> heading(row.timeline()));
        buttons();
    }

    private void heading(MachineSteps timeline) {
        state.show(Optional.empty(), "");
        name.setText(timeline.machine().name());
        note.setText(timeline.machine().primary() ? "default" : "");
        time.setText("time");
        time.getStyleClass().add("muted");
        usual.setText("usual");
        setAccessibleText(name.getText());
        pseudo("head", true);
        pseudo("slow", false);
        pseudo("waiting", false);
    }

    private void show(Step step) {
        pseudo("head", false);
        state.show(Optional.of(step.state().look()), "");
        name.setText(step.name());
        note.setText(Stream.of(
                        step.note(),
                        step.state() == Step.State.STOPPED ? step.state().word() : "",
                        step.slow() ? "slower than usual" : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · ")));
        String took = step.took().map(Formats::phase).orElse("–");
        time.setText(took);
        usual.setText(step.usual().map(Formats::phase).orElse(""));
        pseudo("slow", step.slow());
        pseudo("waiting", step.took().isEmpty());
        String wanted =
                switch (step.state()) {
                    case FAILED -> "bar-failed";
                    case RUNNING, STOPPED -> "bar-boot";
                    default -> step.slow() ? "bar-boot" : "bar-provision";
                };
        if (!wanted.equals(tone)) {
            bar.getStyleClass().setAll("bar", wanted);
            tone = wanted;
        }
        if (step.width() > 0) {
            track.place(step.start(), step.width());
        } else {
            track.clear();
        }
        setAccessibleText(
                step.name() + " " + note.getText() + ", " + step.state().word() + ", " + took);
    }

    private void buttons() {
        TimelineRow row = getItem();
        track.setVisible(row != null && row.step().isPresent() && list.getWidth() >= NARROW_PX);
        boolean wanted = isSelected()
                && row != null
                && row.step().filter(Step::rerunnable).isPresent();
        boolean roomy = list.getWidth() >= ROOMY_PX;
        buttonsPlace.setVisible(wanted);
        buttonsPlace.setManaged(wanted || roomy);
        buttonsPlace.setMinWidth(roomy ? BUTTONS_PX : Region.USE_PREF_SIZE);
        if (wanted) {
            Optional<String> obstacle =
                    asked.mayRerun(row.timeline(), row.step().get());
            buttons.setDisable(obstacle.isPresent());
            why.setText(obstacle.orElse("With the script as it is saved now, in the same VM"));
            Tooltip.install(buttonsPlace, why);
        }
    }

    private void go(boolean after) {
        TimelineRow row = getItem();
        if (row != null) {
            row.step().ifPresent(step -> asked.rerun(row.timeline(), step, after));
        }
    }

    private void pseudo(String name, boolean on) {
        pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass(name), on);
    }

    /** A name, which gives way only after what stands behind it. */
    private static final class NameLabel extends Label {
        private static final double LEAST_PX = 150;

        @Override
        protected double computeMinWidth(double height) {
            return Math.min(computePrefWidth(height), LEAST_PX);
        }
    }
}
