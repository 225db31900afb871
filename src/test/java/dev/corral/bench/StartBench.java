package dev.corral.bench;

import dev.corral.core.local.LocalCorral;
import dev.corral.core.sandbox.StartRequest;
import dev.corral.core.sandbox.Workflow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The start of one VM: Corral, and {@code vagrant up} of the same file by hand. */
final class StartBench {
    private static final int ROUNDS = 5;

    private StartBench() {}

    static Map<String, Double> run() throws Exception {
        Path folder = Files.createTempDirectory("corral-bench");
        Path vagrantfile = BenchSandbox.vagrantfile(folder);
        List<Double> ours = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        try (LocalCorral corral = BenchSandbox.corral(folder.resolve("cache"))) {
            for (int round = 0; round < ROUNDS; round++) {
                ours.add(corral(corral, vagrantfile));
                bare.add(vagrant(Files.createDirectories(folder.resolve("bare" + round))));
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        medians.put("corral", median(ours));
        medians.put("vagrant up", median(bare));
        return medians;
    }

    private static double corral(LocalCorral corral, Path vagrantfile) {
        long begin = System.nanoTime();
        Workflow start = corral.workflows().start(StartRequest.of(vagrantfile));
        try {
            start.done().join();
            return (System.nanoTime() - begin) / 1e9;
        } finally {
            corral.workflows().destroy(start.sandbox()).done().join();
        }
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

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
