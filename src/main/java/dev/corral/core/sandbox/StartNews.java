package dev.corral.core.sandbox;

import dev.corral.core.ExpectedFailure;
import dev.corral.core.vagrant.UpOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes what {@code vagrant up} tells into the journal and manifest, and finds the primary machine. */
final class StartNews implements UpOutput.Listener {
    private final StartTask task;
    private final Optional<String> wanted;
    private boolean complete;
    private List<String> names = List.of();
    private ExpectedFailure wrongPrimary;

    StartNews(StartTask task, Optional<String> wanted) {
        this.task = task;
        this.wanted = wanted.filter(name -> !name.isBlank());
    }

    @Override
    public void machines(Set<String> machines) {
        names = new ArrayList<>(machines);
        task.machines(names, primary().orElse(null));
    }

    @Override
    public void phase(String machine, String phase, Instant at) {
        if (!complete) {
            // Vagrant names all machines before it works on the first, so who is not named by now does not exist.
            complete = true;
            if (wanted.isPresent() && primary().isEmpty()) {
                wrongPrimary = ExpectedFailure.failed("The Vagrantfile has no machine " + wanted.get() + "; it has "
                        + String.join(", ", names) + ".", "Name one of these as the primary machine.");
            }
        }
        task.journal().append(JournalEntry.phase(task.id(), machine, phase, at));
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

    /** Set once it is clear that the primary machine asked for does not exist. */
    Optional<ExpectedFailure> wrongPrimary() {
        return Optional.ofNullable(wrongPrimary);
    }

    private Optional<String> primary() {
        if (wanted.isEmpty()) {
            return names.stream().findFirst();
        }
        return names.stream().filter(name -> name.equals(wanted.get()) || name.equals(wanted.get() + "-" + task.sandbox())).findFirst();
    }
}
