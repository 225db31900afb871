package dev.corral.core.vagrantfile.watch;

import dev.corral.core.vagrantfile.watch.Steps.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The steps that a run did not come to, because one before them failed. They are due together with the save that mends that one, or takes
 * it out of the file; until then they would only run on what is broken. For one thread.
 */
public final class Unbegun {
    private final List<Behind> all = new ArrayList<>();

    private record Behind(String machine, Step failed, List<Step> steps) {}

    /**
     * A run on a machine has failed.
     *
     * @param file      what was saved when it began
     * @param positions what was to run, from 1
     * @param failed    the position at which it failed; 0 if nobody knows how far it came, which counts as having come to all
     */
    public void failed(String machine, Steps file, SortedSet<Integer> positions, int failed) {
        Optional<Step> broken = file.at(machine, failed);
        List<Step> steps = positions.tailSet(failed + 1).stream()
                .flatMap(position -> file.at(machine, position).stream())
                .toList();
        if (broken.isPresent() && !steps.isEmpty()) {
            all.add(new Behind(machine, broken.get(), steps));
        }
    }

    /** What counts as done once that is saved: without the steps that are due now. */
    public Steps due(Steps done, Steps saved) {
        Steps left = done;
        for (Behind one : List.copyOf(all)) {
            if (!saved.has(one.machine(), one.failed())) {
                all.remove(one);
                left = left.without(one.machine(), one.steps());
            }
        }
        return left;
    }

    /** Nothing is due any more. */
    public void forget() {
        all.clear();
    }
}
