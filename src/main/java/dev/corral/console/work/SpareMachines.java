package dev.corral.console.work;

import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.SandboxView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.collections.ObservableList;
import javafx.scene.control.MenuItem;

/**
 * Offers in a menu the machines that a Vagrantfile defines and that only start when they are named ({@code autostart: false}). They have
 * no row before they were made. For the FX thread.
 */
public final class SpareMachines {
    private final MachineCommands machines;
    private final List<MenuItem> offered = new ArrayList<>();

    /** @param machines brings one up */
    public SpareMachines(MachineCommands machines) {
        this.machines = machines;
    }

    /** The full names of those that have not been made. */
    static List<String> of(SandboxView sandbox) {
        return sandbox.manifest().map(manifest -> manifest.spare()).orElse(List.of()).stream()
                .filter(name -> sandbox.machines().stream()
                        .noneMatch(machine ->
                                machine.name().equals(name) && !machine.id().isEmpty()))
                .toList();
    }

    /** Puts them at the end of a menu, in place of those that were put there last. */
    public void offer(ObservableList<MenuItem> menu, Optional<SandboxView> sandbox) {
        menu.removeAll(offered);
        offered.clear();
        sandbox.ifPresent(view -> of(view).forEach(name -> offered.add(item(view, name))));
        menu.addAll(offered);
    }

    private MenuItem item(SandboxView view, String name) {
        MenuItem item = new MenuItem("Up " + Texts.line(view.plainName(name)) + "  (it does not start by itself)");
        item.setMnemonicParsing(false);
        item.setId("up-spare");
        Optional<String> busy = view.state().changing()
                ? Optional.of("the sandbox is " + view.state().word())
                : machines.work().get().on(view).map(doing -> "it is " + doing.word());
        busy.ifPresent(why -> {
            item.setText(item.getText().replace("it does not start by itself", why));
            item.setDisable(true);
        });
        item.setOnAction(event -> machines.run(Verb.UP, new Machines(view, name)));
        return item;
    }
}
