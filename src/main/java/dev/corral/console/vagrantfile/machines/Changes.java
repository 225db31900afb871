package dev.corral.console.vagrantfile.machines;

import dev.corral.console.messages.Problem;
import dev.corral.console.work.Readings;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.Operations;
import dev.corral.core.vagrantfile.diff.Difference;
import dev.corral.core.vagrantfile.diff.Needs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is saved and does not hold for the machines yet. For the FX thread; Vagrant is asked elsewhere. */
final class Changes {
    private final Operations operations;
    private final Readings readings;
    private final Runnable changed;
    private List<Difference> found = List.of();
    private String note = "";
    private String about = "";
    private String key = "";
    private int asked;

    /** @param changed told when there is another answer */
    Changes(Operations operations, Readings readings, Runnable changed) {
        this.operations = operations;
        this.readings = readings;
        this.changed = changed;
    }

    /** Looks anew when something has been done to the sandbox since the last look, or it is another one. */
    void look(Optional<Path> file, Optional<SandboxView> sandbox) {
        String which = file + " " + sandbox.map(SandboxView::id);
        if (!which.equals(about)) {
            // What differs from one sandbox is not to be applied to another, nor is an answer that still comes about
            // it.
            about = which;
            key = "";
            asked++;
            settle(List.of(), "");
        }
        Optional<OperationView> newest =
                sandbox.flatMap(view -> view.operations().stream().reduce((first, second) -> second));
        boolean idle = newest.map(one -> one.endedAt().isPresent()).orElse(true);
        String now = which + " " + newest.map(OperationView::workflow);
        if (!now.equals(key) && idle) {
            key = now;
            again(file, sandbox);
        }
    }

    /** Looks anew. */
    void again(Optional<Path> file, Optional<SandboxView> sandbox) {
        int turn = ++asked;
        if (file.isEmpty() || sandbox.isEmpty()) {
            settle(
                    List.of(),
                    "Once a sandbox of this Vagrantfile runs, what is saved and does not hold for it yet stands here.");
            return;
        }
        String id = sandbox.get().id();
        readings.known(
                file.get(),
                trust -> operations.differences(id, trust),
                answer -> {
                    if (turn == asked) {
                        settle(
                                answer.orElse(List.of()),
                                answer.isEmpty()
                                        ? "Vagrant was not asked: this Vagrantfile has changed since you let it run."
                                        : answer.get().isEmpty() ? "The machines are as the saved file says." : "");
                    }
                },
                failure -> {
                    if (turn == asked) {
                        Problem problem = Problem.of(failure);
                        settle(List.of(), (problem.sentence() + " " + problem.nextStep()).strip());
                    }
                });
    }

    private void settle(List<Difference> differences, String words) {
        found = List.copyOf(differences);
        note = words;
        changed.run();
    }

    /** What differs. */
    List<Difference> found() {
        return found;
    }

    /** What of it no provisioner makes good, in a sentence; empty when nothing is left. */
    String left() {
        List<String> parts = new ArrayList<>();
        for (Needs needs : List.of(Needs.RELOAD, Needs.DESTROY)) {
            long count = found.stream().filter(one -> one.needs() == needs).count();
            if (count > 0) {
                parts.add(count + (count == 1 ? " change needs a " : " changes need a ") + needs.word());
            }
        }
        return parts.isEmpty() ? "" : String.join(", ", parts) + ": see Changes";
    }

    /** What to say where nothing is listed. */
    String note() {
        return note;
    }
}
