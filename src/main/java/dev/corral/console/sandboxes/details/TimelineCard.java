package dev.corral.console.sandboxes.details;

import dev.corral.console.shared.Card;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.console.shared.Track;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.sandbox.OperationKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The phases of an operation as bars, growing while it is under way. */
final class TimelineCard extends Card {
    private final VBox rows = new VBox(7);
    private final Label summary = new Label();
    private final List<BarRow> bars = new ArrayList<>();
    private Optional<OperationView> shown = Optional.empty();
    private UnaryOperator<String> plainName = UnaryOperator.identity();

    TimelineCard() {
        super("Start-up timeline");
        setId("timeline");
        summary.getStyleClass().add("muted");
        setBody(rows, summary);
        setShown(false);
    }

    /**
     * Shows an operation.
     *
     * @param plainName a machine's name without its sandbox's suffix
     * @param machine   leaves out the phases of other machines when it is not empty
     */
    void update(Optional<OperationView> operation, UnaryOperator<String> plainName, String machine, Instant now) {
        this.plainName = plainName;
        shown = operation
                .map(view -> machine.isEmpty() ? view : view.only(machine))
                .filter(view -> !view.phases().isEmpty());
        setShown(shown.isPresent());
        draw(now);
    }

    /** Grows the bars of what is under way. */
    void tick(Instant now) {
        if (shown.isPresent() && shown.get().endedAt().isEmpty()) {
            draw(now);
        }
    }

    private static String heading(OperationKind kind) {
        return switch (kind) {
            case START -> "Start-up timeline";
            case DESTROY, DESTROY_MACHINE -> "Destroy timeline";
            default -> kind.title() + " timeline";
        };
    }

    private void draw(Instant now) {
        if (shown.isEmpty()) {
            return;
        }
        OperationView operation = shown.get();
        TimelineLayout layout = TimelineLayout.of(operation, now);
        boolean several = layout.bars().stream()
                        .map(TimelineLayout.Bar::machine)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .count()
                > 1;
        setHeading(heading(operation.kind()));
        while (bars.size() < layout.bars().size()) {
            BarRow row = new BarRow();
            bars.add(row);
            rows.getChildren().add(row);
        }
        while (bars.size() > layout.bars().size()) {
            rows.getChildren().remove(bars.removeLast());
        }
        for (int i = 0; i < bars.size(); i++) {
            TimelineLayout.Bar bar = layout.bars().get(i);
            boolean first = several
                    && !bar.machine().isEmpty()
                    && (i == 0 || !layout.bars().get(i - 1).machine().equals(bar.machine()));
            bars.get(i).show(bar, first ? Texts.line(plainName.apply(bar.machine())) : "");
        }
        String time = Formats.duration(layout.total());
        String usual = operation
                .usual()
                .map(value -> " · usually " + Formats.duration(value))
                .orElse("");
        String text = operation.endedAt().isPresent()
                ? "took " + time + usual
                : operation.alive() ? time + " so far" + usual : "its process ended in the middle";
        if (!text.equals(summary.getText())) {
            summary.setText(text);
        }
    }

    /** One phase: its name, its bar, its time; above it the machine's name where its phases begin. */
    private static final class BarRow extends VBox {
        private static final double LABEL_PX = 132;
        private static final double TIME_PX = 48;

        private final Label machine = new Label();
        private final Label label = new Label();
        private final Label time = new Label();
        private final Region bar = new Region();
        private final Track track = new Track(bar);
        private final Tooltip tooltip = new Tooltip();
        private TimelineLayout.@Nullable Tone tone;

        BarRow() {
            super(5);
            machine.getStyleClass().add("timeline-machine");
            label.getStyleClass().add("muted");
            label.setMinWidth(LABEL_PX);
            label.setPrefWidth(LABEL_PX);
            label.setTooltip(tooltip);
            time.setMinWidth(TIME_PX);
            time.setAlignment(Pos.CENTER_RIGHT);
            bar.getStyleClass().add("bar");
            HBox.setHgrow(track, Priority.ALWAYS);
            HBox line = new HBox(10, label, track, time);
            line.setAlignment(Pos.CENTER_LEFT);
            getChildren().addAll(machine, line);
        }

        void show(TimelineLayout.Bar data, String heading) {
            machine.setText(heading);
            machine.setVisible(!heading.isEmpty());
            machine.setManaged(!heading.isEmpty());
            String name = data.label();
            String elapsed = Formats.phase(data.elapsed());
            if (!name.equals(label.getText())) {
                label.setText(name);
                tooltip.setText(name);
            }
            if (!elapsed.equals(time.getText())) {
                time.setText(elapsed);
                setAccessibleText(name + ", " + elapsed);
            }
            if (tone != data.tone()) {
                bar.getStyleClass().setAll("bar", data.tone().styleClass());
                tone = data.tone();
            }
            track.place(data.start(), data.width());
        }
    }
}
