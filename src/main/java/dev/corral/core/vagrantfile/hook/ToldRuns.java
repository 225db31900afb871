package dev.corral.core.vagrantfile.hook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what is told of each machine's provisioners. Not thread-safe. */
public final class ToldRuns {
    private final Map<String, Machine> machines = new LinkedHashMap<>();

    /** Takes in what was told. */
    public void accept(Told told) {
        switch (told) {
            case Told.Begins begins -> machine(begins.machine()).provisioners = begins.provisioners();
            case Told.Provisions decides -> {
                Machine machine = machine(decides.machine());
                machine.decided = decides;
                machine.provisioners = decides.provisioners();
            }
            case Told.Chosen chosen -> machine(chosen.machine()).chosen = chosen.indices();
            case Told.Ran ran -> {
                Machine machine = machine(ran.machine());
                (ran.ended() ? machine.ended : machine.began).add(ran);
            }
            default -> {
                // Not about provisioners.
            }
        }
    }

    /** The machines that something was told of, in that order. */
    public List<MachineRun> machines() {
        List<MachineRun> runs = new ArrayList<>();
        machines.forEach((name, machine) -> {
            Told.Provisions decided = machine.decided;
            runs.add(new MachineRun(
                    name,
                    machine.provisioners,
                    decided != null,
                    decided == null || decided.enabled(),
                    decided != null && decided.done(),
                    decided == null ? null : decided.types(),
                    machine.chosen,
                    List.copyOf(machine.began),
                    List.copyOf(machine.ended)));
        });
        return runs;
    }

    private Machine machine(String name) {
        return machines.computeIfAbsent(name, key -> new Machine());
    }

    private static final class Machine {
        private List<Told.Provisioner> provisioners = List.of();
        private Told.@Nullable Provisions decided;
        private @Nullable List<Integer> chosen;
        private final List<Told.Ran> began = new ArrayList<>();
        private final List<Told.Ran> ended = new ArrayList<>();
    }
}
