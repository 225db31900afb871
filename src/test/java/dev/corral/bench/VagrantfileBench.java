package dev.corral.bench;

import dev.corral.core.base.SafeFiles;
import dev.corral.core.vagrantfile.SideBySide;
import dev.corral.core.vagrantfile.SideBySide.Outcome;
import dev.corral.core.vagrantfile.SideBySide.Project;
import dev.corral.core.vagrantfile.mutant.Mutant;
import dev.corral.core.vagrantfile.mutant.Mutants;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Vagrantfiles that nobody of us wrote: the collection's, changed at random in several ways at once. Each is run by plain Vagrant in its
 * own folder and by Corral from a copy; whatever differs is printed with what makes it again, and kept to be looked at.
 */
final class VagrantfileBench {
    private static final int FEW = 40;

    private VagrantfileBench() {}

    /** Runs the mutants from {@code first} on; whether none of them differs. */
    static boolean run(PrintStream out, int count, int first, long seed) throws Exception {
        Path folder = Files.createTempDirectory("corral-vagrantfiles");
        Mutants mutants = new Mutants(folder.resolve("collection"));
        Map<String, Integer> kinds = new TreeMap<>();
        int alike = 0;
        int fail = 0;
        int ran = 0;
        List<String> different = new ArrayList<>();
        long begin = System.nanoTime();
        for (int from = first; from < first + count; from += FEW) {
            SideBySide both = new SideBySide(Files.createDirectories(folder.resolve("from-" + from)));
            Map<String, Mutant> some = new HashMap<>();
            List<Project> projects = new ArrayList<>();
            for (int i = from; i < Math.min(from + FEW, first + count); i++) {
                Mutant mutant = mutants.get(seed, i);
                mutant.layOut(both.own().resolve("m" + i));
                mutant.applied().forEach(kind -> kinds.merge(kind, 1, Integer::sum));
                some.put("m" + i, mutant);
                projects.add(new Project("m" + i, mutant.vagrantfile(), mutant.environment()));
            }
            int before = different.size();
            for (Outcome outcome : both.run(projects)) {
                ran += outcome.ran();
                if (!outcome.differences().isEmpty()) {
                    Mutant mutant = some.get(outcome.key());
                    different.add(outcome.key());
                    out.println("Difference: --seed " + seed + " --first "
                            + outcome.key().substring(1)
                            + " --count 1 (" + mutant.base() + ", " + mutant.applied() + "), in "
                            + both.own().resolve(outcome.key()));
                    outcome.differences().forEach(one -> out.println("  " + one));
                } else if (outcome.fails().isEmpty()) {
                    alike++;
                } else {
                    fail++;
                    Mutant mutant = some.get(outcome.key());
                    out.println("  fails in both: " + outcome.key().substring(1) + " (" + mutant.base() + ", "
                            + mutant.applied() + "): " + outcome.fails().replaceAll("\\s+", " "));
                }
            }
            if (before == different.size()) {
                SafeFiles.deleteTree(both.own().getParent());
            }
            out.printf(
                    Locale.ROOT,
                    "  %d of %d after %.0f s%n",
                    Math.min(from - first + FEW, count),
                    count,
                    (System.nanoTime() - begin) / 1e9);
        }
        out.println();
        out.println(count + " Vagrantfiles of seed " + seed + ", each by plain Vagrant and by Corral");
        kinds.forEach((kind, times) -> out.printf(Locale.ROOT, "  %-20s %6d%n", kind, times));
        out.printf(
                Locale.ROOT,
                "  %s: %d alike (with %d provisioners run), %d fail in both for one reason, %d differ %s (to reach: 0)%n",
                different.isEmpty() ? "holds" : "DOES NOT HOLD",
                alike,
                ran,
                fail,
                different.size(),
                different);
        return different.isEmpty();
    }
}
