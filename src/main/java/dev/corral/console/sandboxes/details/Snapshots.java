package dev.corral.console.sandboxes.details;

import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.operation.NamedSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins the snapshots of several VMs by name. Pure. */
public final class Snapshots {
    private Snapshots() {}

    /**
     * A name under which VMs have a saved state.
     *
     * @param snapshot name, and the oldest time under it
     * @param vms      the full names of the VMs that have it
     */
    public record Saved(VmSnapshot snapshot, List<String> vms) {}

    /** By name, the newest first; {@code perVm} has the snapshots by the VM's full name. */
    public static List<Saved> join(Map<String, List<VmSnapshot>> perVm) {
        Map<String, Saved> byName = new LinkedHashMap<>();
        perVm.forEach((vm, snapshots) -> snapshots.forEach(
                snapshot -> byName.merge(snapshot.name(), new Saved(snapshot, List.of(vm)), Snapshots::both)));
        List<Saved> saved = new ArrayList<>(byName.values());
        saved.sort(Comparator.comparing((Saved one) -> one.snapshot().takenAt().orElse(Instant.MIN))
                .reversed());
        return List.copyOf(saved);
    }

    private static Saved both(Saved one, Saved other) {
        List<String> vms = new ArrayList<>(one.vms());
        vms.addAll(other.vms());
        Optional<Instant> oldest = one.snapshot()
                .takenAt()
                .flatMap(at -> other.snapshot().takenAt().map(also -> at.isBefore(also) ? at : also));
        // VMs that came from different states have no place below either.
        Optional<String> parent = one.snapshot()
                .parent()
                .filter(name -> other.snapshot().parent().filter(name::equals).isPresent());
        return new Saved(new VmSnapshot(one.snapshot().name(), oldest, parent), List.copyOf(vms));
    }

    /** What Vagrant listed, by VM; {@code only} is the VM's name where the lines name none. */
    static Map<String, List<VmSnapshot>> listed(List<NamedSnapshot> found, String only) {
        Map<String, List<VmSnapshot>> perVm = new LinkedHashMap<>();
        found.forEach(
                one -> perVm.computeIfAbsent(one.machine().isEmpty() ? only : one.machine(), name -> new ArrayList<>())
                        .add(new VmSnapshot(one.name(), Optional.empty())));
        return perVm;
    }
}
