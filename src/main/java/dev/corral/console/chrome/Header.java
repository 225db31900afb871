package dev.corral.console.chrome;

import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.page.Shortcut;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.StateLabel;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.materialdesign2.MaterialDesignB;

/** The head of the window: name, palette, what is running, and the main action. */
public final class Header extends HBox {
    private final Label vagrant = pill();
    private final StateLabel hypervisor = new StateLabel();
    private final Label machines = pill();
    private final ObservableValue<Number> room;
    private boolean vagrantKnown;
    private boolean hypervisorKnown;

    /**
     * @param actions   what the buttons do
     * @param fromPages what the pages show here
     */
    public Header(Actions actions, List<Node> fromPages) {
        super(8);
        getStyleClass().add("header");
        setAlignment(Pos.CENTER_LEFT);
        Label brand = new Label("Corral", Icons.of(MaterialDesignB.BARN, "brand-icon"));
        brand.getStyleClass().add("brand");
        brand.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        hypervisor.getStyleClass().add("pill");
        hypervisor.setMinWidth(Region.USE_PREF_SIZE);
        Button start = actions.button(Action.START_SANDBOX, "main-button");
        start.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(brand, palette(actions), space, vagrant, hypervisor, machines);
        getChildren().addAll(fromPages);
        getChildren().add(start);
        vagrant.setId("pill-vagrant");
        hypervisor.setId("pill-hypervisor");
        machines.setId("pill-machines");
        for (Labeled pill : new Labeled[] {vagrant, hypervisor, machines}) {
            show(pill, false);
        }
        widthProperty().addListener((all, before, width) -> fit());
        // A head that needs more than the window has is as wide as it needs, and would push everything out at both
        // sides.
        room = sceneProperty().flatMap(Scene::widthProperty).orElse(0);
        room.addListener((all, before, width) -> fit());
    }

    // What is told elsewhere too goes first when the window is narrow.
    private void fit() {
        show(vagrant, vagrantKnown);
        show(hypervisor, hypervisorKnown);
        for (Labeled pill : new Labeled[] {vagrant, hypervisor}) {
            if (room.getValue().doubleValue() > 0
                    && minWidth(-1) > room.getValue().doubleValue()) {
                show(pill, false);
            }
        }
    }

    private static Button palette(Actions actions) {
        Label keys = new Label(Action.PALETTE.shortcuts().stream()
                .findFirst()
                .map(Shortcut::label)
                .orElse(""));
        keys.getStyleClass().add("key-cap");
        keys.setMinWidth(Region.USE_PREF_SIZE);
        Label text = new Label("Go to sample, VM, command…");
        text.setMinWidth(0);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox content = new HBox(8, Icons.of(Action.PALETTE.icon()), text, space, keys);
        content.setAlignment(Pos.CENTER_LEFT);
        Button button = new Button(null, content);
        button.setId(Action.PALETTE.id());
        button.getStyleClass().add("palette-button");
        button.setAccessibleText(Action.PALETTE.text());
        button.setAccessibleHelp(Action.PALETTE.description());
        button.setOnAction(event -> actions.run(Action.PALETTE));
        button.setMinWidth(150);
        button.setPrefWidth(360);
        content.prefWidthProperty().bind(button.widthProperty().subtract(24));
        content.setMinWidth(0);
        return button;
    }

    private static Label pill() {
        Label label = new Label();
        label.getStyleClass().add("pill");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static void show(Labeled pill, boolean shown) {
        pill.setVisible(shown);
        pill.setManaged(shown);
    }

    /** Shows Vagrant's version, or that there is none. */
    public void showVagrant(String version, String tip) {
        vagrant.setText(Texts.line(version));
        vagrant.setTooltip(tip.isEmpty() ? null : new Tooltip(tip));
        vagrantKnown = true;
        fit();
    }

    /** Shows the counts of an inventory; after the pages, whose parts need room here too. */
    public void update(Inventory inventory) {
        String hypervisors = Texts.line(inventory.hypervisor());
        hypervisor.show(
                hypervisors.isEmpty() ? StateStyle.OFF : StateStyle.READY,
                hypervisors.isEmpty() ? "no hypervisor" : hypervisors);
        hypervisor.setTooltip(new Tooltip("The hypervisors that answered"));
        hypervisorKnown = true;
        long running = count(inventory, MachineState.RUNNING);
        long starting = count(inventory, MachineState.STARTING) + count(inventory, MachineState.PROVISIONING);
        machines.setText(running + " running" + (starting == 0 ? "" : " · " + starting + " starting"));
        show(machines, true);
        fit();
    }

    private static long count(Inventory inventory, MachineState state) {
        return inventory.sandboxes().stream()
                .flatMap(view -> view.machines().stream())
                .filter(machine -> machine.state() == state)
                .count();
    }
}
