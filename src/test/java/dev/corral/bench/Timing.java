package dev.corral.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Times competing ways side by side: one of each in turn, so that all meet the same moods of the machine. */
final class Timing {
    private final Map<String, Callable<?>> ways = new LinkedHashMap<>();

    /** Adds a way; the first one is what the ratios are of. */
    Timing way(String name, Callable<?> work) {
        ways.put(name, work);
        return this;
    }

    /**
     * Runs all ways in turn.
     *
     * @param warmUp rounds that do not count
     * @param rounds rounds that count
     * @return median seconds by way
     */
    Map<String, Double> run(int warmUp, int rounds) throws Exception {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        ways.keySet().forEach(name -> times.put(name, new ArrayList<>()));
        for (int round = -warmUp; round < rounds; round++) {
            for (Map.Entry<String, Callable<?>> way : ways.entrySet()) {
                long begin = System.nanoTime();
                way.getValue().call();
                double seconds = (System.nanoTime() - begin) / 1e9;
                if (round >= 0) {
                    times.get(way.getKey()).add(seconds);
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        times.forEach((name, all) -> medians.put(name, median(all)));
        return medians;
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
