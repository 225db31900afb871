package dev.corral.core.operation.start;

import dev.corral.core.operation.StartOperation;
import dev.corral.core.operation.boot.BootWatch;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.UpOutput;
import java.time.Instant;
import java.util.Set;

/** Writes what {@code vagrant up} tells into the journal and the manifest. */
public final class StartNews implements UpOutput.Listener {
    private final StartOperation task;
    private final BootWatch boots;

    /**
     * Writes into those of this start.
     *
     * @param boots watches machines until they answer
     */
    public StartNews(StartOperation task, BootWatch boots) {
        this.task = task;
        this.boots = boots;
    }

    @Override
    public void machines(Set<String> machines) {
        task.machines(machines);
    }

    @Override
    public void phase(Phase phase, Instant at) {
        task.journal().append(JournalEntry.phase(task.id(), phase, at));
        boots.phase(phase);
    }

    @Override
    public void address(String machine, String address) {
        task.journal().append(JournalEntry.machine(task.id(), machine, address));
    }

    @Override
    public void booted(String machine) {
        task.journal().append(JournalEntry.machine(task.id(), machine, null));
        boots.answers(machine);
        task.booted(machine);
    }
}
