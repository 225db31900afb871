package dev.corral.console.editor;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Icons;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.fxmisc.richtext.CodeArea;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/**
 * Finds and replaces: Enter and Shift+Enter walk, Escape closes. It counts all places; looking happens away from the FX thread, since a
 * pattern may take its time.
 */
final class FindBar extends VBox {
    private static final double FIELD_PX = 220;

    private final CodeArea area;
    private final Folding folding;
    private final TextField field = field("Find", "find-field");
    private final TextField replacement = field("Replace with", "replace-field");
    private final ToggleButton exact = toggle("Aa", "Large and small letters differ");
    private final ToggleButton regex = toggle(".*", "A pattern, as Java has them");
    private final Label result = new Label();
    private final HBox second;
    private final PauseTransition quiet = new PauseTransition(Duration.millis(150));
    private List<Search.Place> places = List.of();
    private int asked;

    FindBar(CodeArea area, Folding folding) {
        this.area = area;
        this.folding = folding;
        getStyleClass().add("find-bar");
        setSpacing(5);
        result.setId("find-result");
        result.getStyleClass().add("muted");
        result.setMinWidth(Region.USE_PREF_SIZE);
        HBox first = row(
                result,
                field,
                exact,
                regex,
                icon("Previous", MaterialDesignC.CHEVRON_UP, () -> walk(-1)),
                icon("Next", MaterialDesignC.CHEVRON_DOWN, () -> walk(1)),
                icon("Close", MaterialDesignC.CLOSE, this::close));
        second = row(
                replacement,
                button("Replace", "replace-one", this::replaceOne),
                button("Replace all", "replace-all", this::replaceAll));
        getChildren().addAll(first, second);
        field.textProperty().addListener((all, before, text) -> look(found -> choose(0)));
        exact.selectedProperty().addListener((all, before, on) -> look(found -> choose(0)));
        regex.selectedProperty().addListener((all, before, on) -> look(found -> choose(0)));
        quiet.setOnFinished(event -> look(found -> count()));
        area.plainTextChanges().filter(change -> isVisible()).subscribe(change -> quiet.playFromStart());
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        show(false, false);
    }

    private static TextField field(String prompt, String id) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.setAccessibleText(prompt);
        field.setPrefWidth(FIELD_PX);
        return field;
    }

    private static ToggleButton toggle(String text, String tip) {
        ToggleButton button = new ToggleButton(text);
        button.getStyleClass().addAll("icon-button", "find-toggle");
        button.setTooltip(new Tooltip(tip));
        button.setAccessibleText(tip);
        return button;
    }

    private static HBox row(Node... nodes) {
        HBox row = new HBox(6, nodes);
        row.setAlignment(Pos.CENTER_RIGHT);
        return row;
    }

    private static Button icon(String name, Ikon icon, Runnable run) {
        Button button = new Button(null, Icons.of(icon));
        button.getStyleClass().add("icon-button");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.setOnAction(event -> run.run());
        return button;
    }

    private static Button button(String text, String id, Runnable run) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add("quiet-button");
        button.setOnAction(event -> run.run());
        return button;
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER && event.getTarget() == field) {
            walk(event.isShiftDown() ? -1 : 1);
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && event.getTarget() == replacement) {
            replaceOne();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE) {
            close();
            event.consume();
        }
    }

    /** Opens it over what is selected, with or without the row that replaces. */
    void open(boolean replaces) {
        String selected = area.getSelectedText();
        if (!selected.isEmpty() && selected.indexOf('\n') < 0) {
            field.setText(selected);
        }
        show(true, replaces && area.isEditable());
        field.requestFocus();
        field.selectAll();
        look(found -> count());
    }

    private void show(boolean wanted, boolean replaces) {
        setVisible(wanted);
        setManaged(wanted);
        second.setVisible(replaces);
        second.setManaged(replaces);
    }

    void close() {
        show(false, false);
        quiet.stop();
        area.requestFocus();
    }

    private void look(Consumer<List<Search.Place>> then) {
        int number = ++asked;
        String text = area.getText();
        String with = replacement.getText();
        Search search = new Search(field.getText(), regex.isSelected(), exact.isSelected());
        Background.run(
                "find",
                () -> search.in(text, with),
                found -> {
                    if (number == asked) {
                        places = found;
                        if (area.getText().equals(text)) {
                            then.accept(found);
                        } else {
                            look(then);
                        }
                    }
                },
                failure -> {
                    if (number == asked) {
                        places = List.of();
                        result.setText(Problem.of(failure).sentence());
                    }
                });
    }

    private void count() {
        int at = selected();
        String all = places.size() >= Search.MOST ? "more than " + Search.MOST : String.valueOf(places.size());
        result.setText(
                field.getText().isEmpty()
                        ? ""
                        : places.isEmpty() ? "not found" : at >= 0 ? (at + 1) + " of " + all : all + " found");
    }

    private int selected() {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).from() == area.getSelection().getStart()
                    && places.get(i).to() == area.getSelection().getEnd()) {
                return i;
            }
        }
        return -1;
    }

    private void walk(int direction) {
        look(found -> choose(direction));
    }

    // 0 means the place where the selection is, or else the next one.
    private void choose(int direction) {
        int start = area.getSelection().getStart();
        int index = -1;
        for (int i = 0; i < places.size(); i++) {
            int from = places.get(i).from();
            if (direction < 0 && from < start) {
                index = i;
            } else if (direction >= 0
                    && index < 0
                    && (direction == 0 ? from >= start : from > start || selected() < 0 && from == start)) {
                index = i;
            }
        }
        if (index < 0 && !places.isEmpty()) {
            index = direction < 0 ? places.size() - 1 : 0;
        }
        if (index >= 0) {
            Search.Place place = places.get(index);
            folding.reveal(area.offsetToPosition(place.from(), org.fxmisc.richtext.model.TwoDimensional.Bias.Forward)
                    .getMajor());
            area.selectRange(place.from(), place.to());
            area.requestFollowCaret();
        }
        count();
    }

    private void replaceOne() {
        look(found -> {
            int at = selected();
            if (at < 0) {
                choose(1);
                return;
            }
            Search.Place place = found.get(at);
            area.getUndoManager().preventMerge();
            area.replaceText(place.from(), place.to(), place.replacement());
            area.getUndoManager().preventMerge();
            look(rest -> choose(0));
        });
    }

    private void replaceAll() {
        look(found -> {
            if (found.isEmpty()) {
                count();
                return;
            }
            int from = found.getFirst().from();
            int to = found.getLast().to();
            StringBuilder made = new StringBuilder();
            String text = area.getText();
            int at = from;
            for (Search.Place place : found) {
                made.append(text, at, place.from()).append(place.replacement());
                at = place.to();
            }
            area.getUndoManager().preventMerge();
            area.replaceText(from, to, made.toString());
            area.getUndoManager().preventMerge();
            int count = found.size();
            look(rest -> result.setText(count + " replaced"));
            quiet.stop();
        });
    }
}
