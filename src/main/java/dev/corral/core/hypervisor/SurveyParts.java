package dev.corral.core.hypervisor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What one host adds to a survey, and what all of them gave together. */
public final class SurveyParts {
    public final List<SurveyedMachine> machines = new ArrayList<>();
    public final List<Volume> volumes = new ArrayList<>();
    public final List<Network> networks = new ArrayList<>();
    /** Ids of pools and networks, which tell one world of libvirt from another. */
    public final Set<String> world = new HashSet<>();
    /** Machines that were told already, by another name of the same world. */
    final List<HypervisorObject> again = new ArrayList<>();

    private final List<SurveyParts> added = new ArrayList<>();

    /** Adds what another host told; what it only tells once more, under another name of the same connection, is noted as such. */
    void add(SurveyParts other) {
        if (added.stream().anyMatch(other::sameWorld)) {
            other.machines.forEach(machine -> again.add(machine.object()));
        } else {
            machines.addAll(other.machines);
            volumes.addAll(other.volumes);
            networks.addAll(other.networks);
        }
        added.add(other);
    }

    // A machine that was copied with all its software has the same pools, but not the same guests.
    private boolean sameWorld(SurveyParts other) {
        if (world.stream().noneMatch(other.world::contains)) {
            return false;
        }
        Set<String> ids = other.ids();
        return ids.isEmpty() && machines.isEmpty() || ids().stream().anyMatch(ids::contains);
    }

    private Set<String> ids() {
        return machines.stream().map(machine -> machine.object().id()).collect(Collectors.toSet());
    }
}
