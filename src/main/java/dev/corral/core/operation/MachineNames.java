package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.LocalState;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds a sandbox's machine by the name that a person typed. */
final class MachineNames {
    private MachineNames() {}

    /**
     * The full name.
     *
     * @param name with or without the sandbox's suffix
     * @throws ExpectedFailure if the sandbox has no such machine
     */
    static String full(SandboxFiles files, Optional<Manifest> manifest, String name) throws IOException {
        Set<String> names = new LinkedHashSet<>(manifest.map(Manifest::machines).orElse(List.of()));
        names.addAll(manifest.map(Manifest::spare).orElse(List.of()));
        boolean unknown = names.isEmpty();
        // A folder without an id may be that of a name that Vagrant only spoke of.
        LocalState.machines(files.directory()).stream()
                .filter(machine -> unknown || !machine.id().isEmpty())
                .forEach(machine -> names.add(machine.name()));
        for (String candidate : List.of(name, name + Manifest.suffix(files.id(), manifest))) {
            if (names.contains(candidate)) {
                return candidate;
            }
        }
        throw ExpectedFailure.notFound(
                "Sandbox " + files.id() + " has no machine " + name
                        + (names.isEmpty() ? "." : "; it has " + String.join(", ", names) + "."),
                "corral list vms shows those that exist.");
    }
}
