package dev.corral.console.solve;

import dev.corral.console.page.PageContext;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.solve.SolveStatus;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Opens the terminal of a session that has become ready, once, as soon as the inventory shows its machine running: of one that the person
 * began, joined or went on with in this window, since a login starts the clock. For the FX thread.
 */
final class TerminalWish {
    private final PageContext context;
    private final Set<String> own = new HashSet<>();
    private final Set<String> wished = new HashSet<>();
    private Optional<Inventory> inventory = Optional.empty();

    TerminalWish(PageContext context) {
        this.context = context;
    }

    /** Whether a session's sandbox exists. */
    boolean there(SolveStatus status) {
        return inventory.flatMap(now -> now.sandbox(status.sandbox())).isPresent();
    }

    void take(Inventory now) {
        inventory = Optional.of(now);
    }

    void own(String session) {
        own.add(session);
    }

    void wish(SolveStatus status) {
        if (own.contains(status.session().id())) {
            wished.add(status.session().id());
        }
    }

    void look(SolveStatus status) {
        if (status.state().over()) {
            wished.remove(status.session().id());
        }
        if (!wished.contains(status.session().id())) {
            return;
        }
        Optional<SandboxView> view = inventory.flatMap(now -> now.sandbox(status.sandbox()));
        Optional<MachineView> machine =
                view.flatMap(SandboxView::primary).filter(one -> one.state() == MachineState.RUNNING);
        if (machine.isPresent()
                && wished.remove(status.session().id())
                && !context.dock().terminalOpen(machine.get())) {
            context.dock().openTerminal(view.orElseThrow(), machine.get());
        }
    }
}
