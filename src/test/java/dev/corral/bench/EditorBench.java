package dev.corral.bench;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrantfile.ResolveRequest;
import dev.corral.core.vagrantfile.VagrantfileResolver;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The editor beside a bare text area of the library that it is made of, and what Vagrant is asked beside Vagrant itself. */
final class EditorBench {
    private static final double MOST_WORK_MS = 16;
    private static final double MOST_LOAD_MS = 300;
    private static final double MOST_PROBLEM_MS = 150;
    private static final double MOST_RESOLVE = 1.2;

    private EditorBench() {}

    static boolean run(PrintStream out) throws Exception {
        String said = Commands.run(
                        null,
                        Map.of(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-Dprism.order=sw",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EditorKeys.class.getName())
                .out();
        out.println();
        out.println("Editor, " + EditorKeys.LINES + " lines");
        for (String which : new String[] {"editor", "bare"}) {
            out.printf(
                    Locale.ROOT,
                    "  %-9s key to paint: work p50 %.1f ms, p95 %.1f ms; until it is on the screen p50 %.1f ms, p95 %.1f ms%n",
                    which,
                    value(said, which + "_work_p50"),
                    value(said, which + "_work_p95"),
                    value(said, which + "_wall_p50"),
                    value(said, which + "_wall_p95"));
        }
        out.printf(Locale.ROOT, "  load takes %.0f ms of processors%n", value(said, "load_cpu"));
        boolean good = holds(out, "work from key to paint, p95", value(said, "editor_work_p95"), MOST_WORK_MS, "ms");
        good &= holds(out, "file read, coloured and laid out", value(said, "load"), MOST_LOAD_MS, "ms");
        good &= holds(out, "problem shown after the last key, median", value(said, "problem"), MOST_PROBLEM_MS, "ms");
        return good & resolve(out);
    }

    private static boolean resolve(PrintStream out) throws Exception {
        Path folder = Files.createTempDirectory("corral-bench");
        Path vagrantfile = BenchSandbox.vagrantfile(folder.resolve("project"));
        try (LocalCorral corral = BenchSandbox.corral(folder.resolve("cache"))) {
            Vagrant vagrant = new Vagrant(corral.environment());
            int[] round = {0};
            Map<String, Double> times = new Timing()
                    .way("resolve", () -> new VagrantfileResolver(vagrant, folder.resolve("answers-" + round[0]++))
                            .examine(ResolveRequest.of(vagrantfile, Map.of(), Optional.empty())))
                    .way(
                            "vagrant status",
                            () -> Commands.run(
                                    vagrantfile.getParent(),
                                    Map.of(),
                                    vagrant.executable().toString(),
                                    "status"))
                    .run(1, 5);
            double ratio = times.get("resolve") / times.get("vagrant status");
            times.forEach((name, seconds) -> out.printf(Locale.ROOT, "  %-16s %8.0f ms%n", name, seconds * 1000));
            return holds(out, "resolve, of vagrant status", ratio, MOST_RESOLVE, "x");
        }
    }

    private static boolean holds(PrintStream out, String what, double value, double most, String unit) {
        boolean good = value <= most;
        out.printf(
                Locale.ROOT,
                "  %s: %s %.2f %s (to reach: %.1f %s)%n",
                good ? "holds" : "DOES NOT HOLD",
                what,
                value,
                unit,
                most,
                unit);
        return good;
    }

    private static double value(String said, String name) {
        return said.lines()
                .filter(line -> line.startsWith(name + "="))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is missing in: " + said));
    }
}
