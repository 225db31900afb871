package dev.corral.console.work;

import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import java.util.stream.Collectors;

/** Names what would be destroyed. Pure. */
public final class Victims {
    private Victims() {}

    /** {@code sqli-01-9f3c2a1b: attacker, victim · web_flag}: the sandbox, its VMs without its suffix, its eval. */
    public static String name(SandboxView view) {
        String machines = view.machines().stream()
                .map(machine -> machine.name())
                .map(view::plainName)
                .map(Texts::line)
                .collect(Collectors.joining(", "));
        String eval = view.manifest()
                .map(Manifest::origin)
                .map(Manifest.Origin::task)
                .filter(task -> !task.isEmpty())
                .map(task -> " · " + Texts.line(task))
                .orElse("");
        return Texts.line(view.id()) + (machines.isEmpty() ? "" : ": " + machines) + eval;
    }
}
