package dev.corral.console.vagrantfile.steps;

import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A machine of the Vagrantfile, of the sandbox that it runs in, or of both.
 *
 * @param name     its name without suffix
 * @param fullName its name in the sandbox; without one the same
 * @param primary  whether Inspect calls it {@code default}
 * @param view     it in the sandbox; empty where there is none, or it is new in the file
 * @param resolved what the file says of it; empty while that is not known, or when the file has it no more
 */
public record KnownMachine(
        String name, String fullName, boolean primary, Optional<MachineView> view, Optional<ResolvedMachine> resolved) {

    /** Those of the sandbox in its order, then those of the file that it does not have; of a file alone those that start by themselves. */
    public static List<KnownMachine> of(Optional<SandboxView> sandbox, Optional<Resolution> resolution) {
        List<KnownMachine> all = new ArrayList<>();
        sandbox.ifPresent(view -> view.machines().forEach(machine -> {
            String name = view.plainName(machine.name());
            all.add(new KnownMachine(
                    name,
                    machine.name(),
                    machine.primary(),
                    Optional.of(machine),
                    resolution.flatMap(said -> said.machine(name).or(() -> said.machine(machine.name())))));
        }));
        boolean primaryKnown = all.stream().anyMatch(KnownMachine::primary);
        resolution.ifPresent(said -> said.machines().stream()
                .filter(ResolvedMachine::autostart)
                .filter(machine -> all.stream()
                        .noneMatch(one -> one.name().equals(machine.name())
                                || one.fullName().equals(machine.name())))
                .forEach(machine -> all.add(new KnownMachine(
                        machine.name(),
                        machine.name(),
                        !primaryKnown && machine.name().equals(first(said)),
                        Optional.empty(),
                        Optional.of(machine)))));
        return List.copyOf(all);
    }

    /** The provisioners of the file, in its order. */
    public List<ResolvedMachine.Provisioner> provisioners() {
        return resolved.map(ResolvedMachine::provisioners).orElse(List.of());
    }

    private static String first(Resolution said) {
        return said.primary()
                .or(() -> said.machines().stream()
                        .filter(ResolvedMachine::autostart)
                        .map(ResolvedMachine::name)
                        .findFirst())
                .orElse("");
    }
}
