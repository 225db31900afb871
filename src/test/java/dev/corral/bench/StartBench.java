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
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * The start of one VM: Corral inside a running process (as the window and the bridge do it), {@code corral start} with all
 * that a command line costs, and {@code vagrant up} of the same file by hand. Only the start is timed, not the destroy after it.
 */
final class StartBench {
    private static final int ROUNDS = 6;

    private StartBench() {}

    static Map<String, Double> run(PrintStream out) throws Exception {
        Path folder = Files.createTempDirectory("corral-bench");
        Path vagrantfile = BenchSandbox.vagrantfile(folder);
        Map<String, List<Double>> times = new LinkedHashMap<>();
        try (LocalCorral corral = BenchSandbox.corral(folder.resolve("cache"))) {
            Map<String, Callable<Double>> ways = new LinkedHashMap<>();
            ways.put("corral", () -> corral(corral, vagrantfile));
            ways.put("vagrant up", () -> vagrant(folder.resolve("bare")));
            ways.put("corral start, command line", () -> commandLine(folder.resolve("cache"), vagrantfile));
            // The first start after a change of the box uploads its image, and fills caches for those that follow.
            vagrant(folder.resolve("bare"));
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

    private static double commandLine(Path cache, Path vagrantfile) throws Exception {
        String program = System.getenv("CORRAL");
        Map<String, String> extra = Map.of("INSPECT_SANDBOX_CACHE_DIR", cache.toString());
        long begin = System.nanoTime();
        String sandbox = Commands.run(null, extra, program, "start", "--vagrantfile", vagrantfile.toString())
                .out()
                .strip();
        double seconds = (System.nanoTime() - begin) / 1e9;
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
