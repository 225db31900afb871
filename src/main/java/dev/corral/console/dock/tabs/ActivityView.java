package dev.corral.console.dock.tabs;

import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateLabel;
import dev.corral.console.shared.StateStyle;
import java.time.Instant;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** What is under way, with its time and the usual one, and how the last things ended. */
final class ActivityView extends ListView<Activity> {
    private static final double ROW_PX = 40;

    ActivityView(MessageCenter desk, Ticker ticker, Consumer<Activity> cancel, Consumer<Activity> show) {
        super(desk.activities());
        setId("activity");
        setAccessibleText("Work under way and recent endings");
        getStyleClass().add("activity-view");
        setFixedCellSize(ROW_PX);
        setCellFactory(view -> new ActivityCell(ticker, cancel));
        setPlaceholder(new EmptyState(
                MaterialDesignP.PROGRESS_CLOCK,
                "Nothing is under way",
                "Starts, destroys and cleanups appear here with their time, and can be stopped."));
        setOnMouseClicked(event -> {
            Activity chosen = getSelectionModel().getSelectedItem();
            if (event.getClickCount() == 2 && chosen != null) {
                show.accept(chosen);
            }
        });
    }

    private static final class ActivityCell extends ListCell<Activity> {
        private final Ticker ticker;
        private final StateLabel state = new StateLabel();
        private final Label title = new Label();
        private final Label text = new Label();
        private final ProgressBar progress = new ProgressBar(0);
        private final Label time = new Label();
        private final Button cancel = new Button("Cancel");
        private final HBox box = new HBox(12, state, title, text, progress, time, cancel);
        private final ChangeListener<Instant> tick = (all, before, now) -> showTime();

        ActivityCell(Ticker ticker, Consumer<Activity> onCancel) {
            this.ticker = ticker;
            box.setAlignment(Pos.CENTER_LEFT);
            state.setPrefWidth(96);
            state.setMinWidth(96);
            title.setMinWidth(120);
            title.getStyleClass().add("row-title");
            text.getStyleClass().add("muted");
            text.setMinWidth(0);
            text.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(text, Priority.ALWAYS);
            progress.setPrefWidth(120);
            progress.setMinWidth(60);
            time.setMinWidth(150);
            time.setAlignment(Pos.CENTER_RIGHT);
            cancel.getStyleClass().add("quiet-button");
            cancel.setMinWidth(Region.USE_PREF_SIZE);
            cancel.setOnAction(event -> {
                if (getItem() != null) {
                    onCancel.accept(getItem());
                }
            });
            ticker.now().addListener(new WeakChangeListener<>(tick));
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Activity activity, boolean empty) {
            super.updateItem(activity, empty);
            if (empty || activity == null) {
                setGraphic(null);
                return;
            }
            boolean running = activity.status() == Activity.Status.RUNNING;
            state.show(look(activity.status()), activity.status().word());
            title.setText(activity.title());
            title.setTooltip(new Tooltip(activity.title()));
            text.setText(running ? activity.now() : (activity.sentence() + " " + activity.nextStep()).strip());
            text.setTooltip(text.getText().isEmpty() ? null : new Tooltip(text.getText()));
            progress.setVisible(running && activity.usual().isPresent());
            progress.setManaged(progress.isVisible());
            cancel.setText(activity.kind().cleansUp() ? "Stop" : "Cancel");
            cancel.setTooltip(
                    activity.kind().cleansUp()
                            ? new Tooltip("Begins no further item; what is under way ends first")
                            : null);
            cancel.setVisible(running);
            cancel.setManaged(running);
            cancel.setDisable(!activity.cancellable());
            setAccessibleText(activity.title() + ", " + activity.status().word());
            setGraphic(box);
            showTime();
        }

        private void showTime() {
            Activity activity = getItem();
            if (isEmpty() || activity == null) {
                return;
            }
            String elapsed = Formats.duration(activity.elapsed(Instant.now()));
            String shown = activity.endedAt()
                    .map(end -> elapsed + " · " + Formats.ago(end, ticker.now().get()))
                    .orElseGet(() -> elapsed
                            + activity.usual()
                                    .map(usual -> " of about " + Formats.duration(usual))
                                    .orElse(""));
            if (!shown.equals(time.getText())) {
                time.setText(shown);
            }
            activity.usual()
                    .filter(usual -> !usual.isZero())
                    .ifPresent(usual -> progress.setProgress(Math.min(
                            0.98, (double) activity.elapsed(Instant.now()).toMillis() / usual.toMillis())));
        }

        private static StateStyle look(Activity.Status status) {
            return switch (status) {
                case RUNNING -> StateStyle.CHANGING;
                case DONE -> StateStyle.READY;
                case FAILED -> StateStyle.FAILED;
                case CANCELLED -> StateStyle.OFF;
            };
        }
    }
}
