package dev.corral.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The window's first frame, and what it takes while nothing happens. */
final class WindowBench {
    private static final int ROUNDS = 3;

    private WindowBench() {}

    static boolean run(PrintStream out) throws Exception {
        List<Double> frames = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String said = Commands.run(
                            null,
                            Map.of(),
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx512m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FirstFrame.class.getName())
                    .out();
            frames.add(value(said, "first_frame_ms"));
            shares.add(value(said, "idle_core_share"));
        }
        frames.sort(null);
        shares.sort(null);
        double idle = shares.get(ROUNDS / 2);
        out.println();
        out.println("Window");
        out.printf(
                Locale.ROOT,
                "  first frame %.0f ms after the process began (median of %d)%n",
                frames.get(ROUNDS / 2),
                ROUNDS);
        out.printf(
                Locale.ROOT,
                "  %s: idle it takes %.2f %% of a core (median of %d, at most %.2f %%; to reach: 1 %%)%n",
                idle < 0.01 ? "holds" : "DOES NOT HOLD",
                idle * 100,
                ROUNDS,
                shares.getLast() * 100);
        return idle < 0.01;
    }

    private static double value(String said, String name) {
        return said.lines()
                .filter(line -> line.startsWith(name + "="))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is missing in: " + said));
    }
}
