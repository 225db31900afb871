package dev.corral.console.dock.tabs;

import dev.corral.console.dock.DockTab;
import dev.corral.console.page.Action;
import dev.corral.console.replay.ReplayView;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.console.terminal.CloseQuestion;
import dev.corral.console.terminal.TerminalPane;
import dev.corral.console.terminal.TerminalTheme;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.ssh.TerminalUse;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.Node;

/** A terminal of a machine. It does not come back in the next window: its shell would be another one. */
public final class TerminalTab extends DockTab {
    static final String KIND = "terminal";

    private static final int WHOSE_MOST = 20;

    private static final String FAILURE = " at failure";
    private static final Set<MachineState> GONE = EnumSet.of(MachineState.NOT_CREATED, MachineState.GONE);

    private final TerminalPane pane;
    private final String machine;

    private TerminalTab(SandboxView sandbox, MachineView machine, String key, String beside, TerminalPane pane) {
        super(
                KIND,
                key,
                Action.TERMINAL.icon(),
                title(sandbox, machine) + beside,
                "Terminal of " + Texts.line(machine.name()) + "\nsandbox " + Texts.line(sandbox.id()));
        this.pane = pane;
        this.machine = machine.key();
        pane.setAccessibleText("Terminal of " + Texts.line(machine.name()));
    }

    /** One of a machine at home; {@code number} tells it from others of that machine, from 1. */
    TerminalTab(SandboxView sandbox, MachineView machine, int number, TerminalPane pane) {
        this(sandbox, machine, key(machine, number), number == 1 ? "" : " (" + number + ")", pane);
    }

    /** One of a machine that begins where a provisioner failed. */
    static TerminalTab atFailure(SandboxView sandbox, MachineView machine, TerminalPane pane) {
        return new TerminalTab(sandbox, machine, keyAtFailure(machine), " · failed", pane);
    }

    /** Names a tab of a machine. */
    static String key(MachineView machine, int number) {
        return machine.key() + (number == 1 ? "" : " " + number);
    }

    /** Names the tab of a machine that begins where a provisioner failed. */
    static String keyAtFailure(MachineView machine) {
        return machine.key() + FAILURE;
    }

    /** Whether it is of this machine. */
    boolean of(MachineView other) {
        return machine.equals(other.key());
    }

    /** Whether a node is a terminal, or one that is played: keys are its own. */
    public static boolean isTerminal(Node node) {
        return node instanceof TerminalPane || node instanceof ReplayView;
    }

    static String title(SandboxView sandbox, MachineView machine) {
        String name = sandbox.plainName(machine.name());
        String whose = sandbox.manifest()
                .map(manifest -> manifest.origin().sample())
                .filter(sample -> !sample.isEmpty())
                .orElse(sandbox.id());
        return Formats.middle(Texts.line(whose), WHOSE_MOST)
                + (sandbox.machines().size() > 1 ? " · " + Texts.line(name) : "");
    }

    boolean connected() {
        return pane.getState().status() != TerminalPane.Status.DISCONNECTED;
    }

    void connect() {
        if (!connected()) {
            pane.connect();
        }
    }

    @Override
    public Node content() {
        return pane;
    }

    @Override
    public void inventoryChanged(Inventory inventory) {
        Optional<MachineState> state = inventory.sandboxes().stream()
                .flatMap(sandbox -> sandbox.machines().stream())
                .filter(known -> known.key().equals(machine))
                .map(MachineView::state)
                .findFirst();
        stands(state.filter(MachineState.RUNNING::equals).isPresent() ? State.THERE : State.AWAY);
        // Where something could not be read it may be there all the same.
        pane.setGone(state.isEmpty() && inventory.problems().isEmpty()
                || state.filter(GONE::contains).isPresent());
    }

    @Override
    public void themed(boolean dark) {
        pane.setTheme(dark ? TerminalTheme.DARK : TerminalTheme.LIGHT);
    }

    @Override
    public void askToClose(Runnable asking, Runnable agreed) {
        pane.askToClose(asking, agreed);
    }

    @Override
    public void losses(Consumer<Optional<String>> told) {
        pane.use(use -> told.accept(
                use.kind() == TerminalUse.Kind.IDLE
                        ? Optional.empty()
                        : Optional.of(
                                (use.kind() == TerminalUse.Kind.BUSY ? CloseQuestion.program(use) : "perhaps a program")
                                        + " in " + title().get())));
    }

    @Override
    public void close() {
        pane.close();
    }
}
