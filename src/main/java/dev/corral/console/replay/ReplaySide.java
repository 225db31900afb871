package dev.corral.console.replay;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Texts;
import dev.corral.core.recording.export.Times;
import dev.corral.core.recording.replay.Mark;
import dev.corral.core.recording.replay.Recording;
import dev.corral.core.recording.replay.TextSearch;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The places of a recording beside it: commands, notes and scorings, or where a text was found. For the FX thread. */
final class ReplaySide extends VBox implements AutoCloseable {
    private static final double WIDTH = 300;
    private static final int LONGEST = 200;

    private final Recording recording;
    private final LongConsumer go;
    private final TextField search = new TextField();
    private final Label head = new Label("Reading the recording");
    private final ListView<Place> list = new ListView<>();
    private List<Place> marks = List.of();
    private final AtomicInteger searches = new AtomicInteger();
    private boolean read;

    /** A row. */
    private record Place(long micros, String kind, String text) {}

    ReplaySide(Recording recording, LongConsumer go) {
        super(6);
        this.recording = recording;
        this.go = go;
        getStyleClass().add("replay-side");
        setPrefWidth(WIDTH);
        setMinWidth(180);
        search.setId("replay-search");
        search.setPromptText("Search in what was shown");
        search.setAccessibleText("Search in what was shown");
        search.setOnAction(event -> find());
        search.textProperty().addListener((all, before, now) -> {
            if (now.isEmpty()) {
                find();
            }
        });
        search.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
                search.clear();
                event.consume();
            } else if (event.getCode() == KeyCode.DOWN) {
                list.requestFocus();
                list.getSelectionModel().selectFirst();
                event.consume();
            }
        });
        head.getStyleClass().add("muted");
        head.setId("replay-places-head");
        head.setWrapText(true);
        list.setId("replay-places");
        list.setCellFactory(view -> new Cell());
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> goToChosen());
        list.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                goToChosen();
                event.consume();
            }
        });
        setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(search, head, list);
    }

    void focusSearch() {
        search.requestFocus();
        search.selectAll();
    }

    private void goToChosen() {
        Place chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            go.accept(chosen.micros);
        }
    }

    void showMarks(List<Mark> found) {
        read = true;
        marks = found.stream()
                .map(mark ->
                        new Place(mark.micros(), mark.kind().name().toLowerCase(Locale.ROOT), Texts.line(mark.text())))
                .toList();
        if (search.getText().isEmpty()) {
            showAllMarks();
        }
    }

    private void showAllMarks() {
        list.getItems().setAll(marks);
        head.setText(
                !read
                        ? "Reading the recording"
                        : marks.isEmpty()
                                ? "No command was recognised, and there are no notes"
                                : marks.size() == 1 ? "1 command or note" : marks.size() + " commands and notes");
    }

    private void find() {
        int number = searches.incrementAndGet();
        String text = search.getText();
        if (text.isEmpty()) {
            showAllMarks();
            return;
        }
        head.setText("Searching");
        Background.run(
                "recording-search",
                () -> TextSearch.find(recording, text, true, () -> number != searches.get()),
                hits -> {
                    if (number == searches.get()) {
                        found(hits);
                    }
                },
                failure -> head.setText(Problem.of(failure).sentence()));
    }

    private void found(List<TextSearch.Hit> hits) {
        list.getItems()
                .setAll(hits.stream()
                        .map(hit -> new Place(hit.micros(), "", Texts.line(hit.line())))
                        .toList());
        head.setText(
                hits.isEmpty()
                        ? "It was never shown"
                        : hits.size() == TextSearch.MOST
                                ? "The first " + hits.size() + " times"
                                : hits.size() == 1 ? "Shown once" : "Shown " + hits.size() + " times");
        if (!hits.isEmpty()) {
            list.getSelectionModel().selectFirst();
            goToChosen();
        }
    }

    /** Chooses the place that was passed last, unless somebody walks in the list. */
    void showAt(long micros) {
        if (list.isFocused() || !search.getText().isEmpty()) {
            return;
        }
        int last = -1;
        for (int i = 0; i < marks.size() && marks.get(i).micros <= micros; i++) {
            last = i;
        }
        if (last != list.getSelectionModel().getSelectedIndex()) {
            list.getSelectionModel().clearAndSelect(last);
            list.scrollTo(Math.max(0, last - 3));
        }
    }

    @Override
    public void close() {
        searches.incrementAndGet();
    }

    private static final class Cell extends ListCell<Place> {
        Cell() {
            // As wide as the list: what does not fit ends in an ellipsis.
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Place place, boolean empty) {
            super.updateItem(place, empty);
            if (empty || place == null) {
                setText(null);
                return;
            }
            String what = place.kind.isEmpty() || place.kind.equals("command") ? "" : place.kind + " · ";
            String text = place.text.length() > LONGEST ? place.text.substring(0, LONGEST) + "…" : place.text;
            setText(Times.clock(place.micros) + "   " + what + text);
        }
    }
}
