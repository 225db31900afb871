package dev.corral.core.operation.start;

import dev.corral.core.operation.StartOperation;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.UpOutput;
import java.time.Instant;
import java.util.Set;

/** Writes what {@code vagrant up} tells into the journal and the manifest. */
public final class StartNews implements UpOutput.Listener {
    private final StartOperation task;

    /** Writes into those of this start. */
    public StartNews(StartOperation task) {
        this.task = task;
    }

    @Override
    public void machines(Set<String> machines) {
        task.machines(machines);
    }

    @Override
    public void phase(Phase phase, Instant at) {
        task.journal().append(JournalEntry.phase(task.id(), phase, at));
    }

    @Override
    public void address(String machine, String address) {
        task.journal().append(JournalEntry.machine(task.id(), machine, address));
    }

    @Override
    public void booted(String machine) {
        task.journal().append(JournalEntry.machine(task.id(), machine, null));
        task.booted(machine);
    }
}
