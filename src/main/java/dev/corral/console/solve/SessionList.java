package dev.corral.console.solve;

import dev.corral.console.shared.Texts;
import dev.corral.core.solve.SolveRuns.Joinable;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.journal.SolveSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The sessions, newest first, and above them the runs in terminals that could be joined. */
final class SessionList extends VBox {
    private final ObservableList<String> ids = FXCollections.observableArrayList();
    private final Map<String, SolveStatus> sessions = new HashMap<>();
    private final ListView<String> list = new ListView<>(ids);
    private final VBox offers = new VBox(6);
    private final Consumer<Joinable> join;
    private List<Joinable> offered = List.of();

    /**
     * @param chosen called when another session is chosen
     * @param join   joins a run
     */
    SessionList(Runnable chosen, Consumer<Joinable> join) {
        super(8);
        this.join = join;
        setId("solve-sessions");
        getStyleClass().add("solve-sessions");
        Label title = new Label("Sessions");
        title.getStyleClass().add("section-title");
        list.setId("solve-list");
        list.getStyleClass().add("solve-list");
        list.setAccessibleText("Sessions");
        list.setCellFactory(view -> new Cell());
        list.getSelectionModel().selectedItemProperty().addListener((all, before, now) -> chosen.run());
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(title, offers, list);
    }

    private final class Cell extends ListCell<String> {
        private final Label name = new Label();
        private final Label time = new Label();
        private final Label below = new Label();
        private final Label purpose = new Label("golden run");
        private final VBox box = new VBox(1, new HBox(6, name, time), below, purpose);

        Cell() {
            name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            name.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(name, Priority.ALWAYS);
            time.setMinWidth(Region.USE_PREF_SIZE);
            time.getStyleClass().add("muted");
            below.setMinWidth(0);
            purpose.getStyleClass().add("muted");
            purpose.managedProperty().bind(purpose.visibleProperty());
            box.setMinWidth(0);
            box.setPrefWidth(1);
        }

        @Override
        protected void updateItem(String id, boolean empty) {
            super.updateItem(id, empty);
            SolveStatus status = empty || id == null ? null : sessions.get(id);
            if (status == null) {
                setGraphic(null);
                return;
            }
            name.setText(Texts.line(status.session().sample()));
            below.setText(
                    SessionHead.mark(status.state()) + " " + status.state().words());
            purpose.setVisible(status.session().purpose().equals(SolveSession.GOLDEN));
            time.setText(
                    status.clock().started() ? ClockText.place(status.clock().adjusted()) : "");
            String look = SessionHead.look(status.state());
            if (!below.getStyleClass().contains(look)) {
                below.getStyleClass().removeIf(style -> style.startsWith("look-"));
                below.getStyleClass().add(look);
            }
            setGraphic(box);
        }
    }

    /** Puts these below the list. */
    void below(Node... nodes) {
        getChildren().addAll(nodes);
    }

    /** What is chosen. */
    Optional<SolveStatus> chosen() {
        return Optional.ofNullable(list.getSelectionModel().getSelectedItem()).map(sessions::get);
    }

    /** The list itself. */
    ListView<String> list() {
        return list;
    }

    /** Chooses a session as soon as it is there. */
    void choose(String id) {
        if (ids.contains(id)) {
            list.getSelectionModel().select(id);
        }
    }

    /** Shows these; what is chosen stays so. */
    void show(List<SolveStatus> now) {
        now.forEach(status -> sessions.put(status.session().id(), status));
        List<String> order = now.stream().map(status -> status.session().id()).toList();
        sessions.keySet().retainAll(order);
        if (!ids.equals(order)) {
            String before = list.getSelectionModel().getSelectedItem();
            ids.setAll(order);
            if (before != null) {
                choose(before);
            }
        }
        list.refresh();
    }

    /** Shows one anew. */
    void update(SolveStatus status) {
        sessions.put(status.session().id(), status);
        if (!ids.contains(status.session().id())) {
            ids.addFirst(status.session().id());
        }
        list.refresh();
    }

    /** Offers these runs. */
    void offer(List<Joinable> runs) {
        if (runs.equals(offered)) {
            return;
        }
        offered = runs;
        offers.getChildren()
                .setAll(runs.stream()
                        .map(run -> {
                            Button button = new Button("Join " + Texts.line(run.sample()));
                            button.getStyleClass().add("quiet-button");
                            button.setMaxWidth(Double.MAX_VALUE);
                            button.setAccessibleHelp(
                                    "Follow the run of process " + run.process().pid() + " here");
                            button.setTooltip(
                                    new Tooltip("Process " + run.process().pid() + ", " + Texts.line(run.command())
                                            + ", waits for a person in a terminal"));
                            button.setOnAction(event -> join.accept(run));
                            return button;
                        })
                        .toList());
    }
}
