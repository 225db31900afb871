package dev.corral.console.vagrantfile.variables;

import dev.corral.console.shared.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Chooses, saves and forgets sets of variables. For the FX thread. */
public final class SetsBar {
    private final VariableSets sets;
    private final MenuButton choose = new MenuButton("Sets");
    private final TextField name = new TextField();
    private final Button save = new Button("Save set");
    private final CheckBox secrets = new CheckBox("with secrets");
    private final Label note = new Label();
    private final VBox box;
    private Map<String, String> variables = Map.of();
    private List<String> offered = List.of();

    /** @param sets the sets of the open file */
    public SetsBar(VariableSets sets) {
        this.sets = sets;
        choose.setId("variable-sets");
        choose.getStyleClass().add("quiet-button");
        choose.setTooltip(new Tooltip("Sets the variables of a saved set, or of a sample, and takes away all others"));
        name.setId("set-name");
        name.setPromptText("name of the set");
        name.setAccessibleText("Name of the set");
        name.textProperty().addListener(text -> check());
        name.setOnAction(event -> save.fire());
        HBox.setHgrow(name, Priority.ALWAYS);
        save.setId("set-save");
        save.getStyleClass().add("quiet-button");
        save.setOnAction(event -> sets.save(name.getText(), variables, secrets.isSelected()));
        secrets.setId("set-secrets");
        Tooltip tip =
                new Tooltip("Values of variables that are called like a secret are only written when this is checked. "
                        + "The file can be read by you alone, and is not encrypted.");
        tip.setWrapText(true);
        tip.setMaxWidth(360);
        secrets.setTooltip(tip);
        note.setId("set-note");
        note.getStyleClass().add("muted");
        note.setWrapText(true);
        for (Region region : List.of(choose, save, secrets)) {
            region.setMinWidth(Region.USE_PREF_SIZE);
        }
        HBox row = new HBox(8, choose, name, secrets, save);
        row.setAlignment(Pos.CENTER_LEFT);
        box = new VBox(4, row, note);
        check();
    }

    /** What is shown. */
    public Region node() {
        return box;
    }

    /**
     * Shows them.
     *
     * @param now what is set here
     */
    public void show(Map<String, String> now) {
        variables = Map.copyOf(now);
        boolean asked = VariableSets.secrets(variables);
        secrets.setVisible(asked);
        secrets.setManaged(asked);
        if (!asked) {
            secrets.setSelected(false);
        }
        note.setText(Texts.line(sets.note()));
        note.setVisible(!note.getText().isEmpty());
        note.setManaged(note.isVisible());
        List<String> wanted = List.of(sets.saved().toString(), sets.samples().toString());
        if (!wanted.equals(offered)) {
            offered = wanted;
            fill();
        }
        check();
    }

    private void fill() {
        choose.getItems().clear();
        sets.saved().forEach(set -> choose.getItems().add(item(set, () -> {
            name.setText(set);
            sets.choose(set);
        })));
        sets.samples().forEach(set -> choose.getItems().add(item("Sample " + set, () -> sets.chooseSample(set))));
        if (!sets.saved().isEmpty()) {
            Menu forget = new Menu("Forget");
            sets.saved().forEach(set -> forget.getItems().add(item(set, () -> sets.forget(set))));
            choose.getItems().addAll(new SeparatorMenuItem(), forget);
        }
        choose.setDisable(choose.getItems().isEmpty());
    }

    private static MenuItem item(String text, Runnable run) {
        MenuItem item = new MenuItem(Texts.line(text));
        // An underscore in a name is no mark of a key.
        item.setMnemonicParsing(false);
        item.setOnAction(event -> run.run());
        return item;
    }

    private void check() {
        Optional<String> why = sets.obstacle(name.getText(), variables);
        save.setDisable(why.isPresent());
        choose.setDisable(choose.getItems().isEmpty());
    }
}
