package dev.corral.console.sandboxes;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Overlay;
import dev.corral.console.shared.Texts;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.controlsfx.validation.ValidationMessage;
import org.controlsfx.validation.ValidationResult;
import org.controlsfx.validation.ValidationSupport;

/** Chooses what to start, a sample or a Vagrantfile, and how. */
public final class StartDialog {
    private static final String AS_VAGRANT = "Vagrant's choice";
    private static final double FIELD_PX = 32;

    private final Overlay overlay;
    private final Path home;
    private final BiConsumer<StartRequest, String> start;
    private final ListView<Startable> samples = new ListView<>();
    private final TextField search = new TextField();
    private final Label file = new Label();
    private final TextField primary = new TextField();
    private final ComboBox<String> provider = new ComboBox<>();
    private final TextArea variables = new TextArea();
    private final CheckBox keepFailed = new CheckBox("Keep the VM when the start fails");
    private final Label fault = new Label();
    private final Button go = new Button("Start");
    private final Label givenNames = new Label();
    private final Button showGiven = new Button("Show values");
    private final HBox givenRow = new HBox(8, givenNames, showGiven);
    private final ValidationSupport validation = new ValidationSupport();
    private boolean marksFaults;
    private Map<String, String> hidden = Map.of();
    private Optional<Path> vagrantfile = Optional.empty();

    /**
     * A sample that can be started.
     *
     * @param title   eval and sample
     * @param note    more about it
     * @param request what its start is
     */
    public record Startable(String title, String note, StartRequest request) {}

    /**
     * @param overlay where it is shown
     * @param home    the user's home
     * @param start   starts
     */
    public StartDialog(Overlay overlay, Path home, BiConsumer<StartRequest, String> start) {
        this.overlay = overlay;
        this.home = home;
        this.start = start;
        build();
    }

    private void build() {
        search.setId("start-search");
        search.setPromptText("Sample…");
        search.setAccessibleText("Find a sample");
        samples.setId("start-samples");
        samples.setAccessibleText("Samples");
        samples.setPrefHeight(180);
        samples.setFixedCellSize(30);
        samples.setPlaceholder(new Label("No sample of an open task file has that name"));
        samples.setCellFactory(view -> new StartableCell());
        samples.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                go.fire();
            }
        });
        samples.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                go.fire();
            }
        });
        samples.getSelectionModel().selectedItemProperty().addListener((all, before, chosen) -> {
            if (chosen != null) {
                take(chosen);
            }
        });
        primary.setPromptText("Vagrant's primary or first VM");
        provider.getItems().setAll(AS_VAGRANT, "libvirt", "virtualbox", "qemu", "docker", "vmware_desktop");
        provider.setMaxWidth(Double.MAX_VALUE);
        // In a low window the list of samples gives way, not the fields.
        provider.setMinHeight(FIELD_PX);
        samples.setMinHeight(90);
        provider.setAccessibleText("Provider");
        variables.setPromptText("NAME=value, one a line");
        variables.setPrefRowCount(2);
        variables.getStyleClass().add("machine-area");
        givenNames.setMinWidth(0);
        givenNames.setWrapText(true);
        HBox.setHgrow(givenNames, Priority.ALWAYS);
        givenNames.setMaxWidth(Double.MAX_VALUE);
        givenRow.setAlignment(Pos.CENTER_LEFT);
        showGiven.setId("start-show-values");
        showGiven.getStyleClass().add("quiet-button");
        showGiven.setMinWidth(Region.USE_PREF_SIZE);
        showGiven.setOnAction(event -> showGiven());
        fault.getStyleClass().add("look-failed");
        fault.setWrapText(true);
        fault.setMinHeight(Region.USE_PREF_SIZE);
        fault.managedProperty().bind(fault.textProperty().isNotEmpty());
        validation.setValidationDecorator(new DangerMark());
        validation.registerValidator(
                variables,
                false,
                (Control control, String text) -> ValidationResult.fromErrorIf(
                        control, noVariable(text).orElse(""), noVariable(text).isPresent()));
        validation.validationResultProperty().addListener((all, before, now) -> {
            if (marksFaults) {
                fault.setText(now.getErrors().stream()
                        .map(ValidationMessage::getText)
                        .findFirst()
                        .orElse(""));
            }
        });
        go.setId("start-go");
        go.getStyleClass().add("main-button");
        go.setOnAction(event -> begin());
        file.getStyleClass().add("machine-text");
        file.setMinWidth(0);
        file.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
    }

    /** Opens it over the samples that can be started. */
    public void open(List<Startable> startables) {
        vagrantfile = Optional.empty();
        file.setText("none chosen");
        primary.clear();
        provider.setValue(AS_VAGRANT);
        variables.clear();
        given(Map.of());
        keepFailed.setSelected(false);
        // Not while the first line is being typed: it is no variable before its equals sign.
        markFaults(false);
        fault.setText("");
        search.clear();
        samples.getItems().setAll(startables);
        search.textProperty().addListener((all, before, text) -> filter(startables, text));
        samples.getSelectionModel().selectFirst();
        go.setDisable(startables.isEmpty());
        Button choose = new Button("Choose Vagrantfile…");
        choose.setId("start-choose");
        choose.getStyleClass().add("quiet-button");
        choose.setMinWidth(Region.USE_PREF_SIZE);
        choose.setOnAction(event -> choose());
        HBox fileRow = new HBox(10, choose, file);
        fileRow.setAlignment(Pos.CENTER_LEFT);
        Button cancel = new Button("Cancel");
        cancel.getStyleClass().add("quiet-button");
        cancel.setOnAction(event -> overlay.close());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(8, keepFailed, space, cancel, go);
        buttons.setAlignment(Pos.CENTER_LEFT);
        Label title = new Label("Start a sandbox");
        title.getStyleClass().add("card-title");
        VBox box = new VBox(
                12,
                title,
                section("A sample"),
                new VBox(6, search, samples),
                section("Or a Vagrantfile"),
                fileRow,
                section("How"),
                options(),
                fault,
                buttons);
        box.setId("start-dialog");
        box.getStyleClass().addAll("card", "start-dialog");
        overlay.open(box, Pos.CENTER, startables.isEmpty() ? choose : search, () -> {});
    }

    private GridPane options() {
        GridPane grid = new GridPane();
        grid.setMinHeight(Region.USE_PREF_SIZE);
        grid.setHgap(12);
        grid.setVgap(8);
        ColumnConstraints label = new ColumnConstraints(90);
        ColumnConstraints value = new ColumnConstraints();
        value.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(label, value);
        grid.addRow(0, named("Provider", provider), provider);
        grid.addRow(1, named("Primary VM", primary), primary);
        grid.addRow(2, named("Variables", variables), new VBox(6, givenRow, variables));
        return grid;
    }

    private static Label named(String text, javafx.scene.Node field) {
        Label label = new Label(text);
        label.getStyleClass().add("muted");
        label.setLabelFor(field);
        return label;
    }

    private static Label section(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("section-title");
        return label;
    }

    private void filter(List<Startable> all, String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        samples.getItems()
                .setAll(all.stream()
                        .filter(each -> (each.title() + " " + each.note())
                                .toLowerCase(Locale.ROOT)
                                .contains(wanted))
                        .toList());
        samples.getSelectionModel().selectFirst();
    }

    private void take(Startable chosen) {
        vagrantfile = Optional.empty();
        file.setText("none chosen");
        primary.setText(chosen.request().primary().orElse(""));
        variables.clear();
        given(chosen.request().environment());
        go.setDisable(false);
    }

    // A value may be the flag that the sample asks for: whoever starts it to solve it sees only the names.
    private void given(Map<String, String> environment) {
        hidden = Map.copyOf(environment);
        givenNames.setText(
                "From the sample, values hidden: " + Texts.line(String.join(", ", new TreeSet<>(hidden.keySet()))));
        givenRow.setVisible(!hidden.isEmpty());
        givenRow.setManaged(!hidden.isEmpty());
    }

    private void showGiven() {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(hidden)
                .forEach((name, value) ->
                        lines.append(name).append('=').append(value).append('\n'));
        variables.setText(lines + variables.getText());
        given(Map.of());
        variables.requestFocus();
    }

    private void choose() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Choose a Vagrantfile");
        File chosen = chooser.showOpenDialog(overlay.getScene().getWindow());
        if (chosen != null) {
            vagrantfile = Optional.of(chosen.toPath());
            file.setText(Formats.middle(Texts.line(Formats.path(chosen.toPath(), home)), 60));
            samples.getSelectionModel().clearSelection();
            primary.clear();
            variables.clear();
            given(Map.of());
            go.setDisable(false);
            go.requestFocus();
        }
    }

    private void markFaults(boolean wanted) {
        marksFaults = wanted;
        validation.setErrorDecorationEnabled(wanted);
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static Optional<String> noVariable(String text) {
        return lines(text == null ? "" : text).stream()
                .filter(line -> line.indexOf('=') <= 0)
                .findFirst()
                .map(line -> "“" + Texts.line(line) + "” is no variable. Write NAME=value.");
    }

    private void begin() {
        Optional<String> wrong = noVariable(variables.getText());
        if (wrong.isPresent()) {
            markFaults(true);
            fault.setText(wrong.get());
            variables.requestFocus();
            return;
        }
        Map<String, String> environment = new LinkedHashMap<>(hidden);
        lines(variables.getText()).forEach(line -> {
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 1));
        });
        Startable chosen = samples.getSelectionModel().getSelectedItem();
        if (vagrantfile.isEmpty() && chosen == null) {
            fault.setText("Choose a sample or a Vagrantfile.");
            return;
        }
        StartRequest base = vagrantfile.map(StartRequest::of).orElseGet(chosen::request);
        Optional<String> wantedProvider =
                Optional.ofNullable(provider.getValue()).filter(name -> !name.equals(AS_VAGRANT));
        StartRequest request = new StartRequest(
                base.vagrantfile(),
                Optional.of(primary.getText().strip()).filter(text -> !text.isEmpty()),
                environment,
                wantedProvider,
                keepFailed.isSelected(),
                vagrantfile.isPresent() ? Manifest.Origin.none() : base.origin(),
                Optional.empty(),
                false,
                base.prepared());
        overlay.close();
        start.accept(
                request, vagrantfile.map(path -> path.getFileName().toString()).orElseGet(chosen::title));
    }

    private static final class StartableCell extends ListCell<Startable> {
        @Override
        protected void updateItem(Startable item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? "" : item.title());
        }
    }
}
