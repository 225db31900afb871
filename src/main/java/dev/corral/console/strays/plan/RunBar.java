package dev.corral.console.strays.plan;

import dev.corral.console.fx.Ticker;
import dev.corral.console.shared.Formats;
import dev.corral.console.work.CleanupPhase;
import dev.corral.console.work.CleanupProgress;
import dev.corral.console.work.Cleanups;
import java.time.Instant;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The cleanup that is under way or has just ended: how far, how much, how long, and the way to stop it. */
public final class RunBar extends HBox {
    private final Label title = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final Label numbers = new Label();
    private final Button show = new Button("Show each");
    private final Button stop = new Button("Stop after this one");
    private boolean planInSight;
    private CleanupPhase phase = new CleanupPhase.Idle();

    /**
     * @param showPlan shows each item
     * @param showList shows the table again
     */
    public RunBar(Cleanups cleanups, Ticker ticker, Runnable showPlan, Runnable showList) {
        super(14);
        setId("run-bar");
        getStyleClass().addAll("card", "run-bar");
        setAlignment(Pos.CENTER_LEFT);
        title.getStyleClass().add("row-title");
        title.getStyleClass().add("run-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setMinWidth(80);
        bar.setAccessibleText("Progress of the cleanup");
        HBox.setHgrow(bar, Priority.ALWAYS);
        numbers.getStyleClass().add("muted");
        numbers.setMinWidth(Region.USE_PREF_SIZE);
        for (Button button : new Button[] {show, stop}) {
            button.getStyleClass().add("quiet-button");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.managedProperty().bind(button.visibleProperty());
        }
        show.setId("run-show");
        show.setOnAction(event -> (planInSight ? showList : showPlan).run());
        stop.setId("run-stop");
        stop.setTooltip(new Tooltip("Begins no further item; what is under way ends first"));
        stop.setOnAction(event -> cleanups.stop());
        getChildren().addAll(title, bar, numbers, show, stop);
        managedProperty().bind(visibleProperty());
        setVisible(false);
        ticker.now().addListener((all, before, now) -> tick());
    }

    /**
     * Shows where the cleanup stands.
     *
     * @param planShown whether the items are in sight already
     */
    public void show(CleanupPhase newPhase, boolean planShown) {
        phase = newPhase;
        boolean running = phase instanceof CleanupPhase.Running;
        setVisible(running || phase instanceof CleanupPhase.Ended && !planShown);
        planInSight = planShown;
        show.setText(planShown ? "Back to the list" : "Show each");
        stop.setVisible(running);
        phase.running().ifPresent(progress -> {
            set(title, PlanHead.of(phase).title());
            bar.setProgress(running ? progress.share() : 1);
            stop.setDisable(progress.stopping());
            stop.setText(progress.stopping() ? "Stopping…" : "Stop after this one");
        });
        tick();
    }

    private void tick() {
        if (!isVisible()) {
            return;
        }
        phase.running().ifPresent(progress -> set(numbers, numbers(progress, Instant.now())));
    }

    private static String numbers(CleanupProgress progress, Instant now) {
        String bytes = progress.bytes();
        String elapsed = Formats.duration(progress.elapsed(now));
        String left = progress.left(now)
                .map(time -> " · about " + Formats.duration(time) + " left")
                .orElse("");
        return progress.endedAt().isPresent()
                ? progress.counts() + (bytes.isEmpty() ? "" : " · " + bytes)
                : (bytes.isEmpty() ? "" : bytes + " · ") + elapsed + left;
    }

    private static void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
        }
    }
}
