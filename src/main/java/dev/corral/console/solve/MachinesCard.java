package dev.corral.console.solve;

import dev.corral.console.page.PageContext;
import dev.corral.console.shared.Card;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Texts;
import dev.corral.console.solve.after.SavedState;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.solve.SolveStatus;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** The machines of a session, a terminal and the files of each; these lie in the dock. */
final class MachinesCard extends Card {
    private final PageContext context;
    private final FlowPane buttons = new FlowPane(8, 8);
    private final SavedState saved;
    private Optional<Inventory> inventory = Optional.empty();
    private Optional<String> sandbox = Optional.empty();
    private Optional<SolveStatus> session = Optional.empty();
    private List<String> drawn = List.of();

    MachinesCard(PageContext context, SavedState saved) {
        super("Machines");
        this.context = context;
        this.saved = saved;
        setId("solve-machines");
        setBody(buttons, saved);
        setShown(false);
    }

    void show(SolveStatus status) {
        sandbox = Optional.of(status.sandbox()).filter(id -> !id.isEmpty());
        session = Optional.of(status);
        draw();
    }

    void take(Inventory now) {
        inventory = Optional.of(now);
        draw();
    }

    /** The sandbox of the session, as it is now. */
    Optional<SandboxView> view() {
        return sandbox.flatMap(id -> inventory.flatMap(now -> now.sandbox(id)));
    }

    /** Opens a terminal on the primary machine. */
    void open() {
        view().ifPresent(found -> found.primary()
                .or(() -> found.machines().stream().findFirst())
                .ifPresent(machine -> context.dock().openTerminal(found, machine)));
    }

    private void draw() {
        Optional<SandboxView> found = view();
        saved.show(session, found);
        List<String> names = found.stream()
                .flatMap(view -> view.machines().stream())
                .map(machine -> machine.key() + machine.state())
                .toList();
        if (names.equals(drawn)) {
            return;
        }
        drawn = names;
        setShown(!names.isEmpty());
        buttons.getChildren()
                .setAll(found.stream()
                        .flatMap(view -> view.machines().stream().map(machine -> button(view, machine)))
                        .toList());
        buttons.getChildren().add(context.actions().button(SolveAction.HAND_OVER, "quiet-button"));
    }

    private Node button(SandboxView view, MachineView machine) {
        String name = Texts.line(view.plainName(machine.name()));
        if (machine.state() != MachineState.RUNNING) {
            Label off = new Label(name + " · " + machine.state().word());
            off.getStyleClass().add("muted");
            return off;
        }
        Button button = new Button(name, Icons.of(MaterialDesignC.CONSOLE_LINE));
        button.getStyleClass().add("quiet-button");
        button.setTooltip(new Tooltip("Open a terminal on " + name));
        button.setAccessibleText("Open a terminal on " + name);
        button.setOnAction(event -> context.dock().openTerminal(view, machine));
        Button another = new Button(null, Icons.of(MaterialDesignP.PLUS));
        another.getStyleClass().add("icon-button");
        another.setTooltip(new Tooltip("Open another terminal on " + name));
        another.setAccessibleText("Open another terminal on " + name);
        another.setOnAction(event -> context.dock().openAnotherTerminal(view, machine));
        Button files = new Button(null, Icons.of(MaterialDesignF.FOLDER_OUTLINE));
        files.getStyleClass().add("icon-button");
        files.setTooltip(new Tooltip("Files of " + name + ", in and out"));
        files.setAccessibleText("Files of " + name);
        files.setOnAction(event -> context.dock().openFiles(view, machine));
        return new HBox(2, button, another, files);
    }
}
