package dev.corral.core.operation.start;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.StartOperation;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.UpOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what {@code vagrant up} tells into the journal and manifest, and finds the primary machine. */
public final class StartNews implements UpOutput.Listener {
    private final StartOperation task;
    private final Optional<String> wanted;
    private final Optional<String> marked;
    private boolean complete;
    private List<String> names = List.of();
    private @Nullable ExpectedFailure wrongPrimary;

    /**
     * @param wanted the primary machine asked for
     * @param marked the one that the Vagrantfile marks as primary
     */
    public StartNews(StartOperation task, Optional<String> wanted, Optional<String> marked) {
        this.task = task;
        this.marked = marked;
        this.wanted = wanted.filter(name -> !name.isBlank());
    }

    @Override
    public void machines(Set<String> machines) {
        names = new ArrayList<>(machines);
        task.machines(names, primary().orElse(null));
    }

    @Override
    public void phase(Phase phase, Instant at) {
        // Vagrant names all machines before it works on the first, so who is not named by now does not exist.
        allNamed();
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

    /** Set once it is clear that the primary machine asked for does not exist. */
    public Optional<ExpectedFailure> wrongPrimary() {
        return Optional.ofNullable(wrongPrimary);
    }

    /** Says that Vagrant has named its machines, so that a primary one that is not among them does not exist. */
    public void allNamed() {
        if (!complete) {
            complete = true;
            if (wanted.isPresent() && primary().isEmpty()) {
                wrongPrimary = ExpectedFailure.failed(
                        "The Vagrantfile has no machine " + wanted.get() + "; it has " + String.join(", ", names) + ".",
                        "Name one of these as the primary machine.");
            }
        }
    }

    private Optional<String> primary() {
        return wanted.isPresent()
                ? named(wanted.get())
                : marked.flatMap(this::named).or(() -> names.stream().findFirst());
    }

    private Optional<String> named(String machine) {
        return names.stream()
                .filter(name -> name.equals(machine) || name.equals(machine + task.suffix()))
                .findFirst();
    }
}
