package dev.corral.cli.reach;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import java.util.List;

/** A machine of a sandbox by the name that was typed. */
final class MachineOf {
    private MachineOf() {}

    /**
     * The machine of this name, with or without suffix; with an empty one the primary.
     *
     * @throws ExpectedFailure if there is no such machine
     */
    static MachineView named(SandboxView view, String name) {
        String suffix = Manifest.suffix(view.id(), view.manifest());
        return view.machines().stream()
                .filter(one -> name.isEmpty()
                        ? one.primary()
                        : one.name().equals(name) || one.name().equals(name + suffix))
                .findFirst()
                .orElseThrow(() -> ExpectedFailure.notFound(
                        "Sandbox " + view.id() + " has no machine " + name + "; it has "
                                + String.join(", ", names(view)) + ".",
                        "corral list vms shows those that exist."));
    }

    private static List<String> names(SandboxView view) {
        return view.machines().stream().map(MachineView::name).toList();
    }
}
