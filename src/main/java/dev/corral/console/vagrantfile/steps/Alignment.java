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
     * @param runs   what Vagrant said, in order
     * @param file   the provisioners of the file, in its order
     * @param chosen the places of those that were chosen to run; empty when all ran that run by themselves
     */
    static List<Integer> positions(
            List<Phase.Provisioner> runs, List<ResolvedMachine.Provisioner> file, List<Integer> chosen) {
        List<Integer> candidates = chosen.isEmpty()
                ? IntStream.rangeClosed(1, file.size())
                        .filter(position -> !file.get(position - 1).run().equals("never"))
                        .boxed()
                        .toList()
                : chosen.stream()
                        .filter(position -> position >= 1 && position <= file.size())
                        .sorted()
                        .toList();
        List<Integer> found = new ArrayList<>();
        int next = 0;
        for (Phase.Provisioner run : runs) {
            int at = find(run, file, candidates, next);
            // One that runs before or after each other comes again, and not in the file's order.
            int again = at < 0 ? find(run, file, candidates, 0) : at;
            found.add(again < 0 ? 0 : candidates.get(again));
            next = at < 0 ? next : at + 1;
        }
        return found;
    }

    private static int find(
            Phase.Provisioner run, List<ResolvedMachine.Provisioner> file, List<Integer> candidates, int from) {
        for (int i = from; i < candidates.size(); i++) {
            ResolvedMachine.Provisioner one = file.get(candidates.get(i) - 1);
            if (one.type().equals(run.type()) && one.name().orElse("").equals(run.name())) {
                return i;
            }
        }
        return -1;
    }
}
