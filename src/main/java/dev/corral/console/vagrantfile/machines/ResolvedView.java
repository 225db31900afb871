package dev.corral.console.vagrantfile.machines;

import dev.corral.console.shared.Texts;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * What the saved Vagrantfile means, as a table: of all machines, of one, or of two side by side; now, or beside what it meant before it was
 * changed last. For the FX thread.
 */
final class ResolvedView {
    private static final String ALL = "all machines";
    private static final String NONE = "nothing";
    private static final String BEFORE = "before the last change";
    private static final PseudoClass DIFFERENT = PseudoClass.getPseudoClass("different");

    /** A row of either form. */
    private record Line(String machine, String key, String one, String other, Place place, boolean different) {}

    private final TableView<Line> table;
    private final TableColumn<Line, String> machine = Tables.text("Machine", 110, Line::machine);
    private final TableColumn<Line, String> key = Tables.text("Setting", 170, Line::key, "machine-text");
    private final TableColumn<Line, String> value = Tables.text("Value", 260, Line::one, "machine-text");
    private final TableColumn<Line, String> second = Tables.text("", 200, Line::other, "machine-text");
    private final ComboBox<String> first = new ComboBox<>();
    private final ComboBox<String> against = new ComboBox<>();
    private final Label trouble = new Label();
    private final Button ask = new Button("Ask Vagrant");
    private final Label empty = Tables.empty("");
    private final VBox placeholder = new VBox(10, empty, ask);
    private final VBox box;
    private Optional<Resolution> shown = Optional.empty();
    private Optional<Resolution> before = Optional.empty();

    /**
     * @param asks asks Vagrant, after the question where one is needed
     * @param jump shows a line in the editor
     */
    ResolvedView(Runnable asks, Consumer<Place> jump) {
        table = Tables.of("resolved-table", "What the Vagrantfile means", Line::place, jump);
        TableColumn<Line, String> line = Tables.line(Line::place, this::words);
        table.getColumns().addAll(List.of(machine, key, value, second, line));
        var rows = table.getRowFactory();
        table.setRowFactory(view -> {
            TableRow<Line> row = rows.call(view);
            row.itemProperty()
                    .subscribe((@Nullable Line now) ->
                            row.pseudoClassStateChanged(DIFFERENT, now != null && now.different()));
            return row;
        });
        ask.setId("resolved-ask");
        ask.getStyleClass().add("main-button");
        ask.setOnAction(event -> asks.run());
        placeholder.setAlignment(Pos.CENTER);
        table.setPlaceholder(placeholder);
        first.setAccessibleText("Machine");
        against.setAccessibleText("Compare with");
        first.setId("resolved-machine");
        against.setId("resolved-against");
        for (ComboBox<String> choice : List.of(first, against)) {
            choice.setMinWidth(0);
            choice.valueProperty().addListener(chosen -> draw());
        }
        trouble.getStyleClass().add("card-cause");
        trouble.setWrapText(true);
        trouble.setMinHeight(Region.USE_PREF_SIZE);
        Label compare = new Label("compare with");
        compare.getStyleClass().add("muted");
        compare.setMinWidth(Region.USE_PREF_SIZE);
        HBox bar = new HBox(8, first, compare, against);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.visibleProperty().bind(first.visibleProperty());
        bar.managedProperty().bind(first.visibleProperty());
        VBox top = new VBox(6, bar, trouble);
        top.visibleProperty().bind(first.visibleProperty().or(trouble.visibleProperty()));
        top.managedProperty().bind(top.visibleProperty());
        top.getStyleClass().add("tab-top");
        box = new VBox(top, table);
        VBox.setVgrow(table, Priority.ALWAYS);
        show(Optional.empty(), "", false, false);
    }

    /** What is shown. */
    Region node() {
        return box;
    }

    /**
     * Shows what Vagrant said.
     *
     * @param why      why it can't be told what the file means now; empty when it can
     * @param unasked  whether the user has to be asked first
     * @param underWay whether Vagrant is being asked
     */
    void show(Optional<Resolution> said, String why, boolean unasked, boolean underWay) {
        trouble.setText(
                why.isEmpty()
                        ? unasked && said.isPresent()
                                ? "As it was before the last change: Vagrant was not asked since."
                                : ""
                        : Texts.whole(why));
        trouble.setVisible(!trouble.getText().isEmpty());
        trouble.setManaged(trouble.isVisible());
        empty.setText(
                underWay && !unasked
                        ? "Vagrant is being asked what this file means…"
                        : unasked
                                ? "What it means is known once Vagrant has run it. It is unknown, or has changed since you let it run."
                                : why.isEmpty() ? "Open a Vagrantfile to see what it means." : "");
        ask.setVisible(unasked);
        ask.setManaged(unasked);
        if (said.equals(shown)) {
            return;
        }
        remember(said);
        shown = said;
        List<String> names = names();
        choices(first, ALL, names);
        first.setVisible(names.size() > 1 || before.isPresent());
        draw();
    }

    // What it meant before the edit; of another file nothing is comparable.
    private void remember(Optional<Resolution> said) {
        Optional<Resolution> last = shown.filter(old ->
                said.filter(now -> now.vagrantfile().equals(old.vagrantfile())).isPresent());
        if (last.isEmpty()) {
            before = Optional.empty();
        } else if (!ResolvedRows.same(last.get(), said.orElseThrow())) {
            before = last;
        }
    }

    private List<String> names() {
        return shown.map(Resolution::machines).orElse(List.of()).stream()
                .map(ResolvedMachine::name)
                .toList();
    }

    /**
     * Chooses the row that a line, from 1, of a file decides: the nearest one above it where the line itself decides none, as within a
     * block.
     */
    void reveal(Path file, int line) {
        first.setValue(ALL);
        against.setValue(NONE);
        rowOf(table.getItems().stream().map(Line::place).toList(), file, line).ifPresent(row -> {
            table.getSelectionModel().clearAndSelect(row);
            table.scrollTo(Math.max(0, row - 3));
            table.requestFocus();
        });
    }

    /** The index of that place. Pure. */
    static Optional<Integer> rowOf(List<Place> places, Path file, int line) {
        Integer found = null;
        int best = 0;
        for (int row = 0; row < places.size(); row++) {
            Place place = places.get(row);
            if (place.known() && file.equals(Path.of(place.file())) && place.line() <= line && place.line() > best) {
                best = place.line();
                found = row;
            }
        }
        return Optional.ofNullable(found);
    }

    private static void choices(ComboBox<String> choice, String none, List<String> names) {
        List<String> wanted = new ArrayList<>(List.of(none));
        wanted.addAll(names);
        if (!wanted.equals(choice.getItems())) {
            String before = choice.getValue();
            choice.getItems().setAll(wanted);
            choice.setValue(before != null && wanted.contains(before) ? before : none);
        }
    }

    private void draw() {
        Optional<ResolvedMachine> one = chosen(first);
        List<String> others = new ArrayList<>(before.isPresent() ? List.of(BEFORE) : List.of());
        if (one.isPresent()) {
            others.addAll(names());
        }
        choices(against, NONE, others);
        against.setDisable(others.isEmpty());
        Optional<Resolution> earlier = before.filter(known -> BEFORE.equals(against.getValue()));
        Optional<ResolvedMachine> other = earlier.isPresent() ? Optional.empty() : chosen(against);
        boolean machines = one.isPresent() && other.isPresent();
        machine.setVisible(one.isEmpty() && names().size() > 1);
        second.setVisible(machines || earlier.isPresent());
        value.setText(machines ? Texts.line(one.get().name()) : earlier.isPresent() ? "Now" : "Value");
        second.setText(machines ? Texts.line(other.get().name()) : earlier.isPresent() ? "Before" : "");
        List<Line> lines = earlier.isPresent()
                ? sinceThen(earlier.get(), one)
                : machines
                        ? ResolvedRows.compare(one.get(), other.get()).stream()
                                .map(row -> line("", row))
                                .toList()
                        : one.map(ResolvedRows::of).or(() -> shown.map(ResolvedRows::of)).orElse(List.of()).stream()
                                .map(row -> new Line(row.machine(), row.key(), row.value(), "", row.place(), false))
                                .toList();
        if (!lines.equals(table.getItems())) {
            table.getItems().setAll(lines);
        }
    }

    private List<Line> sinceThen(Resolution earlier, Optional<ResolvedMachine> one) {
        return shown.map(now -> ResolvedRows.compare(now, earlier)).orElse(List.of()).stream()
                .filter(all -> one.isEmpty() || one.get().name().equals(all.machine()))
                .flatMap(all -> all.settings().stream().map(row -> line(Texts.line(all.machine()), row)))
                .toList();
    }

    private static Line line(String machine, ResolvedRows.Compared row) {
        return new Line(machine, row.key(), row.one(), row.other(), row.place(), row.different());
    }

    private Optional<ResolvedMachine> chosen(ComboBox<String> choice) {
        return Optional.ofNullable(choice.getValue()).flatMap(name -> shown.flatMap(said -> said.machine(name)));
    }

    private String words(Place place) {
        if (!place.known()) {
            return "";
        }
        if (shown.filter(said -> said.vagrantfile().equals(place.file())).isPresent()) {
            return "line " + place.line();
        }
        // Most often a box's Vagrantfile, which has the same name.
        Path file = Path.of(place.file());
        int names = file.getNameCount();
        return Texts.line((names > 1 ? file.subpath(names - 2, names) : file) + ":" + place.line());
    }
}
