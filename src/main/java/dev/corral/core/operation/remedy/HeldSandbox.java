package dev.corral.core.operation.remedy;

import dev.corral.core.base.Environment;
import dev.corral.core.operation.failed.LockedMachine;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.LockHolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A sandbox of which another Vagrant may hold a machine.
 *
 * @param id        its id
 * @param directory Vagrant's root in it
 * @param homes     the homes of Vagrant in which the locks may lie
 * @param machines  the machines' full names
 */
public record HeldSandbox(String id, Path directory, List<Path> homes, List<String> machines) {
    /** Copies the lists. */
    public HeldSandbox {
        homes = List.copyOf(homes);
        machines = List.copyOf(machines);
    }

    /** One as it was started. */
    public static HeldSandbox of(
            Environment environment, String id, Path directory, Optional<Manifest> manifest, List<String> machines) {
        return new HeldSandbox(id, directory, LockedMachine.homes(environment, id, manifest), machines);
    }

    /** Who holds one of its machines at this moment; empty if nobody does, or that can't be told. Blocks. */
    public Optional<LockHolder> holder() {
        return LockHolder.of(directory, homes, machines);
    }
}
