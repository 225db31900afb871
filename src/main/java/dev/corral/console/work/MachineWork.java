package dev.corral.console.work;

import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrant.FailureView;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What this window does to VMs right now, and what failed of it last, by machine; the inventory knows neither. Immutable.
 *
 * @param doing  what is under way, by {@link Machines#key()}
 * @param failed what failed and was not tried again, by {@link Machines#key()}
 */
public record MachineWork(Map<String, Doing> doing, Map<String, FailureView> failed) {

    /**
     * Something under way.
     *
     * @param word  a VM's state meanwhile, for instance {@code halting}
     * @param since since when
     */
    public record Doing(String word, Instant since) {}

    /** Copies the maps. */
    public MachineWork {
        doing = Map.copyOf(doing);
        failed = Map.copyOf(failed);
    }

    /** Nothing. */
    public static MachineWork none() {
        return new MachineWork(Map.of(), Map.of());
    }

    /** What is done to this machine, by itself or with all others. */
    public Optional<Doing> on(SandboxView sandbox, String machine) {
        return Optional.ofNullable(
                doing.getOrDefault(Machines.key(sandbox.id(), machine), doing.get(Machines.key(sandbox.id(), ""))));
    }

    /** What is done to any machine of this sandbox. */
    public Optional<Doing> on(SandboxView sandbox) {
        return Optional.ofNullable(doing.get(Machines.key(sandbox.id(), ""))).or(() -> sandbox.machines().stream()
                .map(machine -> doing.get(Machines.key(sandbox.id(), machine.name())))
                .filter(Objects::nonNull)
                .findFirst());
    }

    /** The state of a sandbox meanwhile, in words: {@code halting}, or {@code halting · victim} when it is done to one of several. */
    public Optional<String> words(SandboxView sandbox) {
        Optional<String> all =
                Optional.ofNullable(doing.get(Machines.key(sandbox.id(), ""))).map(Doing::word);
        return all.or(() -> sandbox.machines().stream()
                .filter(machine -> doing.containsKey(Machines.key(sandbox.id(), machine.name())))
                .findFirst()
                .map(machine -> Objects.requireNonNull(doing.get(Machines.key(sandbox.id(), machine.name())))
                                .word()
                        + (sandbox.machines().size() > 1
                                ? " · " + new Machines(sandbox, "").shortName(machine.name())
                                : "")));
    }

    /** What failed last of what was asked of this machine, by itself or with all others. */
    public Optional<FailureView> failure(SandboxView sandbox, String machine) {
        return Optional.ofNullable(
                failed.getOrDefault(Machines.key(sandbox.id(), machine), failed.get(Machines.key(sandbox.id(), ""))));
    }

    /** What failed last of what was asked of any machine of this sandbox. */
    public Optional<FailureView> failure(SandboxView sandbox) {
        return Optional.ofNullable(failed.get(Machines.key(sandbox.id(), ""))).or(() -> sandbox.machines().stream()
                .map(machine -> failed.get(Machines.key(sandbox.id(), machine.name())))
                .filter(Objects::nonNull)
                .findFirst());
    }

    MachineWork begun(Machines machines, String word, Instant now) {
        Map<String, Doing> more = new HashMap<>(doing);
        more.put(machines.key(), new Doing(word, now));
        Map<String, FailureView> left = new HashMap<>(failed);
        // What is tried on all is tried on each.
        left.keySet()
                .removeIf(key -> key.equals(machines.key())
                        || key.equals(Machines.key(machines.sandbox().id(), ""))
                        || machines.machine().isEmpty()
                                && key.startsWith(
                                        Machines.key(machines.sandbox().id(), "")));
        return new MachineWork(more, left);
    }

    MachineWork ended(Machines machines, Optional<FailureView> failure) {
        Map<String, Doing> less = new HashMap<>(doing);
        less.remove(machines.key());
        Map<String, FailureView> more = new HashMap<>(failed);
        failure.ifPresent(why -> more.put(machines.key(), why));
        return new MachineWork(less, more);
    }
}
