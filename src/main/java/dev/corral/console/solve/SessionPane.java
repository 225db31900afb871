package dev.corral.console.solve;

import dev.corral.console.fx.Threads;
import dev.corral.console.page.PageContext;
import dev.corral.console.shared.IntoView;
import dev.corral.console.solve.after.AfterCard;
import dev.corral.console.solve.after.SavedState;
import dev.corral.console.solve.handover.HandoverCard;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import java.util.function.Consumer;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Everything about one session. */
final class SessionPane extends BorderPane {
    private final SessionHead head;
    private final TaskCard task = new TaskCard();
    private final AnswerCard answer;
    private final NotePane note;
    private final MachinesCard machines;
    private final HandoverCard handover;
    private final ScrollPane scroll = new ScrollPane();
    private final ClockCard clock;
    private final StoryCard story = new StoryCard();
    private final RunCard run = new RunCard();
    private final AfterCard after;
    private String live = "";

    /**
     * @param touched  called when the person does something here
     * @param decision hears what is decided about stretches of the clock
     * @param keep     gets a note
     * @param handover what is handed over
     */
    SessionPane(
            PageContext context,
            Threads threads,
            Solving solving,
            Runnable touched,
            ClockCard.Decision decision,
            Consumer<String> keep,
            HandoverCard handover) {
        setId("solve-session");
        head = new SessionHead(context.actions());
        answer = new AnswerCard(context.actions(), touched);
        note = new NotePane(keep);
        machines = new MachinesCard(context, new SavedState(context, threads, solving));
        this.handover = handover;
        after = new AfterCard(context, threads, solving);
        clock = new ClockCard(decision);
        VBox left = new VBox(12, task, answer, note, machines, handover);
        VBox right = new VBox(12, clock, story, after, run);
        left.setMinWidth(0);
        right.setMinWidth(0);
        HBox columns = new HBox(12, left, right);
        columns.getStyleClass().add("solve-columns");
        HBox.setHgrow(left, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        left.prefWidthProperty().bind(columns.widthProperty().multiply(0.5));
        right.prefWidthProperty().bind(columns.widthProperty().multiply(0.5));
        scroll.setContent(columns);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("tall-scroll");
        setTop(head);
        setCenter(scroll);
        addEventFilter(KeyEvent.KEY_PRESSED, event -> touched.run());
        addEventFilter(MouseEvent.MOUSE_PRESSED, event -> touched.run());
    }

    void show(SolveStatus status) {
        boolean ends = status.state().over() && status.session().id().equals(live);
        boolean focused = isFocusWithin();
        live = status.state().over() ? "" : status.session().id();
        head.show(status);
        answer.show(status);
        machines.show(status);
        handover.show(status.session().id(), status.state().over());
        clock.show(status);
        run.show(status);
        story.show(status);
        after.show(status);
        if (ends) {
            // What had the focus is gone, and the next that takes it may lie far below: how it ended is told above.
            if (focused) {
                requestFocus();
            }
            scroll.setVvalue(0);
        }
    }

    void busy(String words) {
        head.busy(words);
    }

    void instructions(String text) {
        task.show(text);
    }

    void take(Inventory inventory) {
        machines.take(inventory);
    }

    AnswerCard answer() {
        return answer;
    }

    NotePane note() {
        return note;
    }

    MachinesCard machines() {
        return machines;
    }

    HandoverCard handover() {
        return handover;
    }

    /** Asks whom to hand a machine over to. */
    void handOver() {
        handover.ask();
        IntoView.show(scroll, handover);
    }

    /** Asks for a note. */
    void takeNote() {
        note.ask();
        IntoView.show(scroll, note);
    }

    /** Ends what belongs to it alone. */
    void close() {
        handover.close();
        after.close();
    }
}
