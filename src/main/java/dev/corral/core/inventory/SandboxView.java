package dev.corral.core.inventory;

import dev.corral.core.sandbox.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One sandbox at one moment.
 *
 * @param id        the directory's name
 * @param directory the directory
 * @param manifest  our manifest, if there is a readable one
 * @param state     its state
 * @param detail    a short addition to the state: the phase under way, the cause of a failure; may be empty
 * @param liveness  whether anybody still needs it
 * @param machines  its machines, the primary one first
 * @param operation the newest start or destroy
 * @param operations the last operations of any kind, oldest first
 * @param createdAt when it was made
 */
public record SandboxView(
        String id,
        Path directory,
        Optional<Manifest> manifest,
        SandboxState state,
        String detail,
        Liveness liveness,
        List<MachineView> machines,
        Optional<OperationView> operation,
        List<OperationView> operations,
        Instant createdAt) {

    /** A sandbox with one operation at most. */
    public SandboxView(
            String id,
            Path directory,
            Optional<Manifest> manifest,
            SandboxState state,
            String detail,
            Liveness liveness,
            List<MachineView> machines,
            Optional<OperationView> operation,
            Instant createdAt) {
        this(
                id,
                directory,
                manifest,
                state,
                detail,
                liveness,
                machines,
                operation,
                operation.stream().toList(),
                createdAt);
    }

    /** The newest operation with phases, which is what a timeline shows; that a state was saved or brought back takes no steps. */
    public Optional<OperationView> lastWithPhases() {
        return operations.stream()
                .filter(known -> !known.phases().isEmpty() && !known.kind().ofSnapshots())
                .reduce((first, second) -> second);
    }

    /** The newest operation of any kind that has logs; what only asked for something does not count. */
    public Optional<OperationView> lastWithLogs() {
        return operations.stream().filter(known -> !known.logs().isEmpty()).reduce((first, second) -> second);
    }

    /** The machine that Inspect calls {@code default}, if one is known. */
    public Optional<MachineView> primary() {
        return machines.stream().filter(MachineView::primary).findFirst();
    }

    /** The machine of that name, with or without the sandbox's suffix. */
    public Optional<MachineView> machine(String name) {
        return machines.stream()
                .filter(machine ->
                        machine.name().equals(name) || machine.name().equals(name + Manifest.suffix(id, manifest)))
                .findFirst();
    }

    /** A machine's name without the sandbox's suffix. */
    public String plainName(String machine) {
        return Manifest.plainName(machine, Manifest.suffix(id, manifest));
    }

    /** Whether a person's word that it stays holds now; that somebody also works on it or owns it changes nothing of it. */
    public boolean pinned() {
        return manifest.flatMap(Manifest::pin)
                .filter(pin -> pin.holds(Instant.now()))
                .isPresent();
    }

    /** A copy with another liveness. */
    public SandboxView withLiveness(Liveness other) {
        return other == liveness
                ? this
                : new SandboxView(
                        id, directory, manifest, state, detail, other, machines, operation, operations, createdAt);
    }
}
