package dev.corral.console.vagrantfile.steps;

import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from journals which steps a machine took. Pure. */
public final class StepRuns {
    private static final Set<OperationKind> COUNTING = Set.of(
            OperationKind.START, OperationKind.UP, OperationKind.RELOAD, OperationKind.RESUME, OperationKind.PROVISION);

    private static final Set<OperationKind> SNAPSHOTS =
            Set.of(OperationKind.SNAPSHOT_SAVE, OperationKind.SNAPSHOT_RESTORE);
    private static final Set<OperationKind> WITH_SNAPSHOTS =
            Stream.concat(COUNTING.stream(), SNAPSHOTS.stream()).collect(Collectors.toUnmodifiableSet());

    private StepRuns() {}

    /** The operations that took this machine through steps, oldest first. */
    public static List<OperationView> operations(SandboxView view, String machine) {
        return of(view, machine, COUNTING);
    }

    /** The same, and those that saved its state or went back to a saved one. */
    static List<OperationView> withSnapshots(SandboxView view, String machine) {
        return of(view, machine, WITH_SNAPSHOTS);
    }

    /** The name of the snapshot that an operation has saved or gone back to; empty if it has not, or nobody knows which. */
    static Optional<String> snapshot(OperationView operation) {
        return SNAPSHOTS.contains(operation.kind())
                        && operation.endedAt().isPresent()
                        && operation.failure().isEmpty()
                ? operation.phases().stream().findFirst().map(span -> span.phase()
                        .words())
                : Optional.empty();
    }

    private static List<OperationView> of(SandboxView view, String machine, Set<OperationKind> kinds) {
        return view.operations().stream()
                .filter(one -> kinds.contains(one.kind()))
                .filter(one -> one.target().machine().isEmpty()
                        || one.target().machine().equals(machine))
                .filter(one -> one.phases().stream()
                        .anyMatch(span ->
                                span.machine().isEmpty() || span.machine().equals(machine)))
                .toList();
    }

    /**
     * The steps that an operation took a machine through, in their order.
     *
     * @param machine the machine's full name
     * @param file    the provisioners of the Vagrantfile, in its order
     */
    public static List<StepRun> of(OperationView operation, String machine, List<ResolvedMachine.Provisioner> file) {
        List<PhaseSpan> spans = operation.phases().stream()
                .filter(span -> span.machine().isEmpty() || span.machine().equals(machine))
                .toList();
        List<Phase.Provisioner> provisioners = spans.stream()
                .flatMap(span -> span.phase().provisioner().stream())
                .toList();
        List<Integer> positions = Alignment.positions(provisioners, file);
        Map<StepKey, List<PhaseSpan>> bySteps = new LinkedHashMap<>();
        Map<StepKey, Integer> ordinals = new LinkedHashMap<>();
        int nth = 0;
        for (PhaseSpan span : spans) {
            StepKey key;
            if (span.phase().kind() == PhaseKind.PROVISION
                    && span.phase().provisioner().isPresent()) {
                int position = positions.get(nth++);
                // Without the file's word Vagrant's is all that is known.
                key = position > 0
                        ? StepKey.provisioner(position)
                        : file.isEmpty()
                                ? StepKey.provisioner(Math.max(
                                        nth, span.phase().provisioner().get().position()))
                                : StepKey.former(span.phase().provisioner().get());
                // One that runs before or after each other runs several times; the last time counts.
                if (bySteps.remove(key) != null) {
                    ordinals.remove(key);
                }
                ordinals.put(key, nth);
            } else {
                key = StepKey.of(span.phase());
            }
            bySteps.computeIfAbsent(key, made -> new ArrayList<>()).add(span);
        }
        return bySteps.entrySet().stream()
                .map(step -> new StepRun(
                        step.getKey(),
                        operation,
                        List.copyOf(step.getValue()),
                        machine,
                        Objects.requireNonNull(ordinals.getOrDefault(step.getKey(), 0))))
                .toList();
    }
}
