package dev.corral.console.strays.plan;

import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.Formats;
import dev.corral.console.work.CleanupPhase;
import dev.corral.console.work.Cleanups;
import dev.corral.core.cleanup.CleanupPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** The plan in place of the table: every victim with reason and size, one more click, then how each comes along. */
public final class PlanPane extends BorderPane {
    private final Cleanups cleanups;
    private final Consumer<Notice> tell;
    private final ObservableList<ObjectProperty<PlanEntry>> entries = FXCollections.observableArrayList();
    private final ListView<ObjectProperty<PlanEntry>> list = new ListView<>(entries);
    private final Label title = new Label();
    private final Label text = new Label();
    private final Label total = new Label();
    private final KeepChoice choice;
    private final Button back = button("plan-back", "quiet-button");
    private final Button copy = button("plan-copy", "quiet-button");
    private final Button putBack = button("plan-put-back", "quiet-button");
    private final Button retry = button("plan-retry", "quiet-button");
    private final Button run = button("plan-run", "destructive-button");
    private final HBox foot;
    private boolean wasRunning;

    /**
     * @param leave shows the table again
     * @param tell  shows a notice
     */
    public PlanPane(Cleanups cleanups, Runnable leave, Consumer<Notice> tell) {
        this.cleanups = cleanups;
        this.tell = tell;
        this.choice = new KeepChoice(cleanups::keepFor);
        setId("plan");
        getStyleClass().add("plan-pane");
        title.getStyleClass().add("details-title");
        text.getStyleClass().add("muted");
        text.setWrapText(true);
        total.getStyleClass().add("big-number");
        total.setMinWidth(Region.USE_PREF_SIZE);
        VBox words = new VBox(2, title, text);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox head = new HBox(16, words, total);
        head.setAlignment(Pos.TOP_LEFT);
        VBox top = new VBox(10, head, choice);
        top.getStyleClass().add("plan-head");
        list.setId("plan-list");
        list.getStyleClass().add("plan-list");
        list.setAccessibleText("What is done and what is left alone");
        list.setFixedCellSize(PlanCell.ROW_PX);
        list.setCellFactory(view -> new PlanCell());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        copy.setText("Copy plan");
        copy.setAccessibleHelp("Copies the plan as JSON, the same as the command line prints");
        copy.setOnAction(event -> copy());
        putBack.setText("Put entries back");
        putBack.setAccessibleHelp("Puts the entries back into Vagrant's index that this cleanup took out");
        putBack.setOnAction(event -> cleanups.putBack());
        retry.setText("Try again");
        back.setText("Back to the list");
        run.setText("Clean up");
        back.setOnAction(event -> leave.run());
        run.setOnAction(event -> cleanups.run());
        foot = new HBox(8, copy, space, putBack, retry, back, run);
        foot.getStyleClass().add("plan-foot");
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.managedProperty().bind(foot.visibleProperty());
        setTop(top);
        setCenter(list);
        setBottom(foot);
        addEventFilter(KeyEvent.KEY_PRESSED, event -> key(event, leave));
    }

    private static Button button(String id, String styleClass) {
        Button button = new Button();
        button.setId(id);
        button.getStyleClass().add(styleClass);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.managedProperty().bind(button.visibleProperty());
        return button;
    }

    private void key(KeyEvent event, Runnable leave) {
        if (event.getCode() == KeyCode.ESCAPE) {
            leave.run();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && event.getTarget() instanceof Button button) {
            button.fire();
            event.consume();
        }
    }

    /** Shows where the cleanup stands. */
    public void show(CleanupPhase phase) {
        PlanHead head = PlanHead.of(phase);
        set(title, head.title());
        set(text, head.text());
        set(total, head.total());
        boolean waits = phase instanceof CleanupPhase.Planned || phase instanceof CleanupPhase.Planning;
        choice.setVisible(waits);
        choice.setManaged(waits);
        switch (phase) {
            case CleanupPhase.Idle idle -> entries.clear();
            case CleanupPhase.Planning planning -> {
                choice.show(planning.choice().keepUntil());
                list.setPlaceholder(new EmptyState(
                        MaterialDesignC.CLIPBOARD_SEARCH_OUTLINE,
                        "Making the plan",
                        "Directories and hypervisors are looked at once more."));
            }
            case CleanupPhase.PlanFailed failed -> failed(failed.problem());
            case CleanupPhase.Planned planned -> {
                choice.show(planned.choice().keepUntil());
                list.setPlaceholder(new EmptyState(
                        MaterialDesignC.CHECK_CIRCLE_OUTLINE,
                        "Nothing is left behind",
                        "Every VM here is in use or kept."));
                sync(PlanEntry.of(planned));
            }
            case CleanupPhase.Running running ->
                sync(PlanEntry.of(running.progress().results()));
            case CleanupPhase.Ended ended -> sync(PlanEntry.of(ended.progress().results()));
        }
        buttons(phase);
    }

    private void failed(Problem problem) {
        entries.clear();
        list.setPlaceholder(
                new EmptyState(MaterialDesignA.ALERT_CIRCLE_OUTLINE, problem.sentence(), problem.nextStep()));
    }

    private void buttons(CleanupPhase phase) {
        boolean wasFocused = isFocusWithin();
        boolean running = phase instanceof CleanupPhase.Running;
        foot.setVisible(!running);
        Optional<CleanupPlan> planned =
                phase instanceof CleanupPhase.Planned waiting ? Optional.of(waiting.plan()) : Optional.empty();
        boolean some = planned.map(plan -> !plan.steps().isEmpty()).orElse(false);
        copy.setVisible(planned.isPresent());
        run.setVisible(phase instanceof CleanupPhase.Planning || some);
        run.setDisable(!some);
        planned.filter(plan -> some)
                .ifPresent(plan -> run.setText(
                        plan.keepUntil().isPresent()
                                ? "Shut down " + plan.steps().size()
                                : "Clean up " + plan.steps().size()
                                        + (plan.bytes() > 0 ? " · " + Formats.bytes(plan.bytes()) : "")));
        back.setText(
                phase instanceof CleanupPhase.Ended
                        ? "Close"
                        : some ? "Leave everything as it is" : "Back to the list");
        CleanupPhase.Ended ended = phase instanceof CleanupPhase.Ended over ? over : null;
        putBack.setVisible(ended != null && !ended.backups().isEmpty());
        int again = ended == null ? 0 : ended.progress().again().size();
        retry.setVisible(again > 0 || phase instanceof CleanupPhase.PlanFailed);
        retry.setText(ended == null ? "Try again" : "Try " + again + " again…");
        retry.setOnAction(event -> {
            if (phase instanceof CleanupPhase.PlanFailed failed) {
                cleanups.plan(failed.choice());
            } else {
                cleanups.retry();
            }
        });
        // What had the focus may just have gone: the safe choice gets it, never the one that removes something.
        if (wasFocused && !choice.isFocusWithin() && !list.isFocused() || wasRunning && isFocusWithin()) {
            focusSafe();
        }
        wasRunning = running;
    }

    private static void set(Label label, String words) {
        if (!words.equals(label.getText())) {
            label.setText(words);
        }
    }

    /** Gives the focus to the safe choice. */
    public void focusSafe() {
        (foot.isVisible() ? back : list).requestFocus();
    }

    private void sync(List<PlanEntry> wanted) {
        boolean same = wanted.size() == entries.size();
        for (int i = 0; same && i < wanted.size(); i++) {
            same = entries.get(i).get().key().equals(wanted.get(i).key());
        }
        if (same) {
            for (int i = 0; i < wanted.size(); i++) {
                entries.get(i).set(wanted.get(i));
            }
            return;
        }
        List<ObjectProperty<PlanEntry>> fresh = new ArrayList<>();
        wanted.forEach(entry -> fresh.add(new SimpleObjectProperty<>(entry)));
        entries.setAll(fresh);
    }

    private void copy() {
        if (cleanups.phase().get() instanceof CleanupPhase.Planned planned) {
            Clipboards.copy(new String(cleanups.document(planned.plan()), StandardCharsets.UTF_8));
            tell.accept(Notice.news("The plan is on the clipboard as JSON."));
        }
    }
}
