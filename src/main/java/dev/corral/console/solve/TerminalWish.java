package dev.corral.console.solve;

import dev.corral.console.fx.Threads;
import dev.corral.console.page.PageContext;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Opens the terminal of a session that has become ready, once, as soon as the inventory shows its machine running and all that a login
 * needs is in it: of one that the person
 * began, joined or went on with in this window, since a login starts the clock. For the FX thread.
 */
final class TerminalWish {
    private final PageContext context;
    private final Threads threads;
    private final Solving solving;
    private final Set<String> own = new HashSet<>();
    private final Set<String> wished = new HashSet<>();
    private Optional<Inventory> inventory = Optional.empty();

    TerminalWish(PageContext context, Threads threads, Solving solving) {
        this.context = context;
        this.threads = threads;
        this.solving = solving;
    }

    /** Whether a session's sandbox exists. */
    boolean there(SolveStatus status) {
        return view(status).isPresent();
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
        if (machine(status).isPresent() && wished.remove(status.session().id())) {
            threads.background(
                    "solve-settle",
                    () -> {
                        solving.settle(status.session().id());
                        return status;
                    },
                    this::open,
                    // What is wrong with the machine, its terminal says best.
                    failure -> open(status));
        }
    }

    private void open(SolveStatus status) {
        machine(status).filter(machine -> !context.dock().terminalOpen(machine)).ifPresent(machine -> context.dock()
                .openTerminal(view(status).orElseThrow(), machine));
    }

    private Optional<SandboxView> view(SolveStatus status) {
        return inventory.flatMap(now -> now.sandbox(status.sandbox()));
    }

    private Optional<MachineView> machine(SolveStatus status) {
        return view(status).flatMap(SandboxView::primary).filter(one -> one.state() == MachineState.RUNNING);
    }
}
