package dev.corral.console.vagrantfile.steps;

import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds out which provisioners of a Vagrantfile ran, since Vagrant says of each only its type, and its name where it has one. Pure.
 */
final class Alignment {
    private Alignment() {}

    /**
     * The places in the Vagrantfile, from 1, of provisioners that ran one after the other; 0 for one that is not there.
     *
     * @param runs what Vagrant said, in order; of some that were chosen the positions are those in the file
     * @param file the provisioners of the file, in its order
     */
    static List<Integer> positions(List<Phase.Provisioner> runs, List<ResolvedMachine.Provisioner> file) {
        if (chosen(runs)
                && runs.stream()
                        .allMatch(run -> run.position() <= file.size() && fits(run, file.get(run.position() - 1)))) {
            return runs.stream().map(Phase.Provisioner::position).toList();
        }
        List<Integer> candidates = IntStream.rangeClosed(1, file.size())
                .filter(position -> !file.get(position - 1).run().equals("never"))
                .boxed()
                .toList();
        List<Integer> found = new ArrayList<>();
        int next = 0;
        for (Phase.Provisioner run : runs) {
            int at = find(run, file, candidates, next);
            // One that runs before or after each other comes again, and not in the file's order.
            int again = at < 0 ? find(run, file, candidates, 0) : at;
            found.add(again < 0 ? alone(run, file) : candidates.get(again));
            next = at < 0 ? next : at + 1;
        }
        return found;
    }

    // One that runs only when it is chosen was chosen.
    private static int alone(Phase.Provisioner run, List<ResolvedMachine.Provisioner> file) {
        return run.position() > 0 && run.position() <= file.size() && fits(run, file.get(run.position() - 1))
                ? run.position()
                : 0;
    }

    // Where all ran they are counted.
    private static boolean chosen(List<Phase.Provisioner> runs) {
        return runs.stream().allMatch(run -> run.position() > 0)
                && IntStream.range(0, runs.size()).anyMatch(i -> runs.get(i).position() != i + 1);
    }

    private static boolean fits(Phase.Provisioner run, ResolvedMachine.Provisioner one) {
        return one.type().equals(run.type()) && one.name().orElse("").equals(run.name());
    }

    private static int find(
            Phase.Provisioner run, List<ResolvedMachine.Provisioner> file, List<Integer> candidates, int from) {
        for (int i = from; i < candidates.size(); i++) {
            if (fits(run, file.get(candidates.get(i) - 1))) {
                return i;
            }
        }
        return -1;
    }
}
