package dev.corral.console.work;

import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import java.util.Optional;

/** Whether a terminal or a log can be opened in the dock, the same on every page. Pure. */
public final class Openable {
    private Openable() {}

    /** Why there is no terminal of a VM; empty when there can be one. */
    public static Optional<String> terminal(Optional<MachineView> machine) {
        if (machine.isEmpty()) {
            return Optional.of("There is no VM yet");
        }
        return switch (machine.get().state()) {
            case RUNNING, PROVISIONING, UNKNOWN -> Optional.empty();
            case FAILED -> machine.get().id().isEmpty() ? Optional.of("The VM was never made") : Optional.empty();
            default -> Optional.of("The VM is " + machine.get().state().word());
        };
    }

    /** Why there is no log of a sandbox's newest operation; empty when there is one. */
    public static Optional<String> log(Optional<SandboxView> sandbox) {
        return sandbox.flatMap(SandboxView::lastWithLogs).isEmpty()
                ? Optional.of("Vagrant has not run for it yet")
                : Optional.empty();
    }
}
