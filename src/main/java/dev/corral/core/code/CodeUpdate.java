package dev.corral.core.code;

import java.util.List;

/**
 * What an update of a sandbox's code from its original changes. Places are relative to Vagrant's root.
 *
 * @param added    places of files and links that are new
 * @param changed  places of those that are others now
 * @param removed  places of those that are no longer part of it, and are removed
 * @param left     places of those that are no longer part of it, and stay: somebody has changed them in the sandbox
 * @param setAside places where the sandbox has something else than what was copied, which is moved out of the way
 * @param machines the machines that the Vagrantfile defines now and did not before
 */
public record CodeUpdate(
        List<String> added,
        List<String> changed,
        List<String> removed,
        List<String> left,
        List<String> setAside,
        List<String> machines) {
    /** Copies the lists. */
    public CodeUpdate {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        left = List.copyOf(left);
        setAside = List.copyOf(setAside);
        machines = List.copyOf(machines);
    }

    /** Whether the sandbox has all of it already. */
    public boolean nothing() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty() && setAside.isEmpty() && machines.isEmpty();
    }
}
