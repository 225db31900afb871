package dev.corral.console.vagrantfile.good;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Problem;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.Machines;
import dev.corral.console.work.SandboxRules;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state after the first good start: saved once by itself as the snapshot {@value #NAME} of every VM, and the way back to it. For the FX
 * thread; hypervisors are asked elsewhere.
 */
public final class CleanState {
    /** The snapshot's name. */
    public static final String NAME = "clean";

    /** Of these Vagrant's plugins keep no snapshots. */
    private static final Set<String> WITHOUT = Set.of("docker", "qemu");

    private final MachineCommands machines;
    private final Threads threads;
    private final Runnable changed;
    private final Set<String> expected = new HashSet<>();
    private String key = "";
    private Optional<String> obstacle = Optional.empty();
    private Optional<VmSnapshot> snapshot = Optional.empty();
    private Optional<SandboxView> shown = Optional.empty();
    private int asked;

    /**
     * @param machines saves and restores
     * @param threads  where what blocks runs
     * @param changed  told when there is another answer to {@link #obstacle}
     */
    public CleanState(MachineCommands machines, Threads threads, Runnable changed) {
        this.machines = machines;
        this.threads = threads;
        this.changed = changed;
    }

    /** Saves it when this sandbox's start, which has just begun, has come to its good end, be it that a failed one is mended first. */
    public void expect(String sandbox) {
        expected.add(sandbox);
    }

    /** Why there is no way back now; empty when there is. */
    public Optional<String> obstacle() {
        return obstacle;
    }

    /** Takes note of sandboxes: saves what has come up well, and asks for the snapshots of the chosen one when its VMs are others. */
    public void look(List<SandboxView> all, Optional<SandboxView> current) {
        for (SandboxView view : all) {
            // One that failed is still expected: it counts as started once what it left undone is done.
            if (view.state() == SandboxState.READY
                    && machines.work().get().on(view).isEmpty()
                    && SandboxRules.underWay(view).isEmpty()
                    && expected.remove(view.id())
                    && unsupported(view).isEmpty()) {
                machines.save(new Machines(view, ""), NAME, this::again);
            }
        }
        String now = current.map(view -> view.id()
                        + new Machines(view, "")
                                .existing().stream().map(MachineView::id).toList())
                .orElse("");
        shown = current;
        if (!now.equals(key)) {
            key = now;
            current.ifPresentOrElse(this::ask, () -> settle(Optional.empty(), Optional.empty()));
        }
    }

    /** Asks the hypervisor once more. */
    public void again() {
        shown.ifPresent(this::ask);
    }

    /** Goes back to it, once the user has confirmed that. */
    public void restore(SandboxView view) {
        machines.restore(
                new Machines(view, ""), snapshot.orElseGet(() -> new VmSnapshot(NAME, Optional.empty())), this::again);
    }

    private static Optional<String> unsupported(SandboxView view) {
        return view.machines().stream()
                .map(MachineView::provider)
                .filter(WITHOUT::contains)
                .findFirst()
                .map(provider -> "Machines of " + provider + " can't be saved: destroy and start again, or Prove it");
    }

    private void ask(SandboxView view) {
        int turn = ++asked;
        Optional<String> without = unsupported(view);
        List<MachineView> existing = new Machines(view, "").existing();
        if (without.isPresent() || existing.isEmpty()) {
            settle(without, Optional.empty());
            return;
        }
        threads.background(
                "clean-state",
                () -> {
                    List<VmSnapshot> found = new ArrayList<>();
                    for (MachineView machine : existing) {
                        Optional<List<VmSnapshot>> told = machines.ask(machine);
                        if (told.isEmpty()) {
                            return Optional.<List<VmSnapshot>>empty();
                        }
                        told.get().stream()
                                .filter(one -> one.name().equals(NAME))
                                .forEach(found::add);
                    }
                    return Optional.of(found);
                },
                found -> {
                    if (turn == asked) {
                        // Where only Vagrant can tell, it tells when it is asked to go back.
                        settle(
                                found.filter(those -> those.size() < existing.size())
                                        .map(those -> "There is no snapshot " + NAME
                                                + " of every VM: it is saved after a good start from here"),
                                found.flatMap(those -> those.stream().findFirst()));
                    }
                },
                failure -> {
                    if (turn == asked) {
                        settle(Optional.of(Problem.of(failure).sentence()), Optional.empty());
                    }
                });
    }

    private void settle(Optional<String> why, Optional<VmSnapshot> saved) {
        obstacle = why;
        snapshot = saved;
        changed.run();
    }
}
