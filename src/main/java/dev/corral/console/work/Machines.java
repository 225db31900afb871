package dev.corral.console.work;

import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import java.util.List;

/**
 * The VMs of a row: one of a sandbox, or all of it.
 *
 * @param sandbox the sandbox
 * @param machine the machine's full name; empty means every machine of the sandbox
 */
public record Machines(SandboxView sandbox, String machine) {

    /** Those that exist, the primary one first. */
    public List<MachineView> existing() {
        return sandbox.machines().stream()
                .filter(view -> !view.id().isEmpty()
                        && (machine.isEmpty() || view.name().equals(machine)))
                .toList();
    }

    /** Names them for as long as they exist. */
    public String key() {
        return key(sandbox.id(), machine);
    }

    /** Names a machine, or with an empty name all of a sandbox. */
    static String key(String sandbox, String machine) {
        return sandbox + "/" + machine;
    }

    /** {@code sqli-01-9f3c2a1b/victim}, or the sandbox alone. */
    public String title() {
        return Texts.line(sandbox.id()) + (machine.isEmpty() ? "" : "/" + shortName(machine));
    }

    /** A machine's name without the sandbox's suffix. */
    public String shortName(String name) {
        return Texts.line(sandbox.plainName(name));
    }
}
