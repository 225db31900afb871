package dev.corral.bench;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * The start of one VM: Corral inside a running process (as the window and the bridge do it), {@code corral start} with all
 * that a command line costs, and {@code vagrant up} of the same file by hand. Only the start is timed, not the destroy after it.
 *
 * <p>Corral asks Vagrant once what a Vagrantfile means; so there is a start of a file that it has met, and one of a file that it has not.
 */
final class StartBench {
    private static final int ROUNDS = 6;
    private static final String FIRST = "corral, file not met before";
    private static final String BARE = "vagrant up";
    private static final double ALLOWED_FIRST = 1.3;
    private static final double ALLOWED_EXEC = 1.1;

    private final PrintStream out;
    private final Path folder;
    private final Map<String, List<Double>> execs = Map.of("first", new ArrayList<>(), "next", new ArrayList<>());
    private int files;

    private StartBench(PrintStream out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    /** Median seconds by way, Corral's first. */
    static Map<String, Double> run(PrintStream out) throws Exception {
        return new StartBench(out, Files.createTempDirectory("corral-bench")).all();
    }

    /** Whether asking first costs no more than it may; prints it. */
    static boolean firstHolds(PrintStream out, Map<String, Double> medians) {
        double more = medians.getOrDefault(FIRST, Double.NaN) - medians.getOrDefault(BARE, Double.NaN);
        boolean holds = more <= ALLOWED_FIRST;
        out.printf(
                Locale.ROOT,
                "  %s: %+.2f s to %s for a file not met before (to reach: %+.1f s)%n",
                holds ? "holds" : "DOES NOT HOLD",
                more,
                BARE,
                ALLOWED_FIRST);
        double ratio = medians.getOrDefault("first corral exec", Double.NaN)
                / medians.getOrDefault("next corral exec", Double.NaN);
        boolean quick = ratio <= ALLOWED_EXEC;
        out.printf(
                Locale.ROOT,
                "  %s: the first corral exec after a start takes %.2fx of the next (to reach: %.1fx)%n",
                quick ? "holds" : "DOES NOT HOLD",
                ratio,
                ALLOWED_EXEC);
        return holds && quick;
    }

    private Map<String, Double> all() throws Exception {
        Path vagrantfile = BenchSandbox.vagrantfile(folder);
        Map<String, List<Double>> times = new LinkedHashMap<>();
        try (LocalCorral corral = BenchSandbox.corral(folder.resolve("cache"))) {
            Map<String, Callable<Double>> ways = new LinkedHashMap<>();
            ways.put("corral", () -> corral(corral, vagrantfile));
            ways.put(BARE, () -> vagrant(folder.resolve("bare")));
            ways.put(FIRST, () -> corral(corral, unknown()));
            ways.put("corral start, command line", () -> commandLine(folder.resolve("cache"), vagrantfile));
            // The first start after a change of the box uploads its image, and fills caches for those that follow.
            vagrant(folder.resolve("bare"));
            corral(corral, vagrantfile);
            ways.keySet().forEach(name -> times.put(name, new ArrayList<>()));
            for (int round = 0; round < ROUNDS; round++) {
                List<String> order = new ArrayList<>(ways.keySet());
                // What comes first meets another machine than what comes last.
                Collections.rotate(order, round);
                for (String name : order) {
                    times.get(name).add(ways.get(name).call());
                }
            }
        }
        execs.forEach((name, all) -> times.put(name + " corral exec", all));
        out.println();
        times.forEach((name, all) -> out.println("  " + name + ", each: "
                + all.stream()
                        .map(seconds -> String.format(Locale.ROOT, "%.1f", seconds))
                        .collect(Collectors.joining(" "))
                + " s"));
        Map<String, Double> medians = new LinkedHashMap<>();
        times.forEach((name, all) -> medians.put(name, Timing.median(all)));
        return medians;
    }

    private Path unknown() throws Exception {
        files++;
        Path other = BenchSandbox.vagrantfile(folder.resolve("unknown" + files));
        return Files.writeString(other, "# " + files + "\n" + BenchSandbox.VAGRANTFILE);
    }

    private static double corral(LocalCorral corral, Path vagrantfile) {
        long begin = System.nanoTime();
        Operation start = corral.operations().start(StartRequest.of(vagrantfile));
        try {
            start.done().join();
            return (System.nanoTime() - begin) / 1e9;
        } finally {
            corral.operations().destroy(start.sandbox()).done().join();
        }
    }

    private double commandLine(Path cache, Path vagrantfile) throws Exception {
        String program = System.getenv("CORRAL");
        Map<String, String> extra = Map.of("INSPECT_SANDBOX_CACHE_DIR", cache.toString());
        long begin = System.nanoTime();
        String sandbox = Commands.run(null, extra, program, "start", "--vagrantfile", vagrantfile.toString())
                .out()
                .strip();
        double seconds = (System.nanoTime() - begin) / 1e9;
        for (String which : List.of("first", "next")) {
            begin = System.nanoTime();
            Commands.run(null, extra, program, "exec", sandbox, "--", "true");
            Objects.requireNonNull(execs.get(which)).add((System.nanoTime() - begin) / 1e9);
        }
        Commands.run(null, extra, program, "destroy", sandbox);
        return seconds;
    }

    private static double vagrant(Path folder) throws Exception {
        BenchSandbox.vagrantfile(folder);
        long begin = System.nanoTime();
        try {
            Commands.run(folder, Map.of(), "vagrant", "up");
            return (System.nanoTime() - begin) / 1e9;
        } finally {
            Commands.run(folder, Map.of(), "vagrant", "destroy", "-f");
        }
    }
}
