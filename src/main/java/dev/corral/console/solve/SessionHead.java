package dev.corral.console.solve;

import dev.corral.console.page.Actions;
import dev.corral.console.shared.Texts;
import dev.corral.console.solve.golden.GoldenAction;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Names a session, shows its time large, and holds its buttons. */
final class SessionHead extends HBox {
    private final Label path = new Label();
    private final Label title = new Label();
    private final Label state = new Label();
    private final Label busy = new Label();
    private final Label time = new Label();
    private final VBox working;
    private final Node start;
    private final Node stop;
    private final Node goOn;
    private final Node submit;
    private final Node giveUp;
    private final Node note;
    private final Node golden;

    SessionHead(Actions actions) {
        super(10);
        setId("solve-head");
        getStyleClass().add("solve-head");
        setAlignment(Pos.CENTER_LEFT);
        path.getStyleClass().add("section-title");
        title.getStyleClass().add("card-title");
        title.setId("solve-title");
        state.setId("solve-state");
        time.getStyleClass().addAll("machine-text", "solve-time");
        time.setId("solve-time");
        Label word = new Label("WORKING TIME");
        word.getStyleClass().add("section-title");
        working = new VBox(word, time);
        working.setAlignment(Pos.CENTER_RIGHT);
        working.setMinWidth(Region.USE_PREF_SIZE);
        busy.setId("solve-busy");
        busy.getStyleClass().add("muted");
        busy.setMinWidth(0);
        // In a narrow window the path gives way, so that the sample's name has a line to itself.
        path.setMinWidth(0);
        state.setMinWidth(Region.USE_PREF_SIZE);
        HBox where = new HBox(10, state, path);
        where.setAlignment(Pos.CENTER_LEFT);
        title.setMinWidth(0);
        // What is being asked gives way to it.
        HBox.setHgrow(busy, Priority.ALWAYS);
        busy.setMaxWidth(Double.MAX_VALUE);
        busy.setPrefWidth(0);
        HBox named = new HBox(10, title, busy);
        named.setAlignment(Pos.CENTER_LEFT);
        VBox names = new VBox(2, where, named);
        names.setMinWidth(0);
        HBox.setHgrow(names, Priority.ALWAYS);
        start = actions.button(SolveAction.CLOCK_START, "main-button");
        stop = actions.button(SolveAction.CLOCK_STOP, "quiet-button");
        note = actions.button(SolveAction.NOTE, "quiet-button");
        giveUp = actions.button(SolveAction.GIVE_UP, "quiet-button");
        submit = actions.button(SolveAction.SUBMIT, "main-button");
        goOn = actions.button(SolveAction.GO_ON, "main-button");
        golden = actions.button(GoldenAction.SAVE, "quiet-button");
        Node output = actions.iconButton(SolveAction.RUN_OUTPUT);
        getChildren().addAll(names, working, output, start, stop, note, giveUp, submit, goOn, golden);
        getChildren().stream()
                .filter(Region.class::isInstance)
                .map(Region.class::cast)
                .filter(node -> node != names)
                .forEach(node -> node.setMinWidth(Region.USE_PREF_SIZE));
    }

    void show(SolveStatus status) {
        path.setText(Texts.line(status.session().task()).toUpperCase(Locale.ROOT) + " › "
                + (status.session().who().isEmpty()
                        ? ""
                        : Texts.line(status.session().who()) + " · ")
                + status.session().id());
        title.setText(Texts.line(status.session().sample()));
        state.setText(mark(status.state()) + " " + status.state().words());
        state.getStyleClass().removeIf(name -> name.startsWith("look-"));
        state.getStyleClass().add(look(status.state()));
        time.setText(ClockText.hands(status.clock().adjusted()));
        working.setVisible(status.clock().started());
        working.setManaged(status.clock().started());
        boolean ending = status.state().over() || status.state() == SolveState.ENDING;
        shown(start, status.state() != SolveState.RUNNING && !ending);
        shown(stop, status.state() == SolveState.RUNNING);
        shown(note, !ending);
        shown(giveUp, !ending);
        shown(submit, status.state() == SolveState.RUNNING);
        shown(goOn, status.state() == SolveState.INTERRUPTED);
        shown(golden, status.state() == SolveState.ENDED);
    }

    private static void shown(Node node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
    }

    /** Says what is being asked right now; empty if nothing is. */
    void busy(String words) {
        busy.setText(words.isEmpty() ? "" : words + "…");
    }

    /** The shape that stands for a state beside its word. */
    static String mark(SolveState state) {
        return switch (state) {
            case RUNNING -> "●";
            case STARTING, BOOTING, ENDING -> "◐";
            case STOPPED -> "❚❚";
            case ENDED -> "✓";
            case INTERRUPTED -> "△";
            case FAILED -> "✕";
        };
    }

    /** The style class of a state's colour. */
    static String look(SolveState state) {
        return switch (state) {
            case RUNNING -> "look-ready";
            case STARTING, BOOTING, ENDING -> "look-changing";
            case STOPPED, ENDED -> "look-off";
            case INTERRUPTED -> "look-stray";
            case FAILED -> "look-failed";
        };
    }
}
