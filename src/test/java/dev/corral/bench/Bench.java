package dev.corral.bench;

import dev.corral.chaos.Chaos;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures Corral beside what people would use without it, in one run, and prints times and ratios. Run inside the lab:
 * {@code jpackage/bench [exec] [loopback] [start] [list] [inventory] [cleanup [--strays N]] [debug] [recording] [solve] [window]
 * [editor]}, or
 * {@code jpackage/bench chaos|chaos-vm [--seed S] [--kills N | --only INDEX]}, or
 * {@code jpackage/bench vagrantfiles [--count N] [--first INDEX] [--seed S] | --folder DIR}.
 */
public final class Bench {
    private static final PrintStream OUT = System.out;
    private static final int KILLS = 200;
    private static final int VM_KILLS = 12;

    private Bench() {}

    /** Runs the named benches, or all. */
    public static void main(String[] arguments) throws Exception {
        List<String> wanted = List.of(arguments);
        boolean good = true;
        if (wanted.isEmpty() || wanted.contains("list")) {
            Map<String, Double> times = ListBench.run();
            good &= print("List of 1,000 sandboxes", times, new Limit("vagrant global-status", 1), 0.050);
        }
        if (wanted.isEmpty() || wanted.contains("loopback")) {
            good &= print(
                    "exec of true, loopback sshd", LoopbackBench.run(), new Limit("ssh over ControlMaster", 0.6), 0);
        }
        if (wanted.isEmpty() || wanted.contains("exec")) {
            Map<String, Double> times = ExecBench.run();
            good &= print("exec of true, emulated VM", times, new Limit("ssh over ControlMaster", 0.95), 0);
            good &= print("exec of true, emulated VM", times, new Limit("vagrant ssh -c true", 0.05), 0);
        }
        if (wanted.isEmpty() || wanted.contains("start")) {
            Map<String, Double> times = StartBench.run(OUT);
            good &= print("Start of one VM", times, new Limit("vagrant up", 1.03), 0);
            good &= StartBench.firstHolds(OUT, times);
        }
        if (wanted.isEmpty() || wanted.contains("inventory")) {
            good &= InventoryBench.run(OUT);
        }
        if (wanted.isEmpty() || wanted.contains("cleanup")) {
            good &= CleanupBench.run(OUT, Integer.parseInt(option(wanted, "--strays", "10")));
        }
        if (wanted.isEmpty() || wanted.contains("debug")) {
            good &= DebugBench.run(OUT);
        }
        if (wanted.isEmpty() || wanted.contains("recording")) {
            good &= RecordingBench.run(OUT);
        }
        if (wanted.isEmpty() || wanted.contains("solve")) {
            good &= SolveBench.run(OUT);
        }
        if (wanted.isEmpty() || wanted.contains("editor")) {
            good &= EditorBench.run(OUT);
        }
        // Only when they are asked for: a whole one takes long.
        if (wanted.contains("chaos")) {
            good &= Chaos.stub(Files.createTempDirectory("chaos"), wanted, KILLS, OUT);
        }
        if (wanted.contains("chaos-vm")) {
            good &= Chaos.vm(Files.createTempDirectory("chaos"), wanted, VM_KILLS, OUT);
        }
        if (wanted.contains("vagrantfiles")) {
            String others = option(wanted, "--folder", "");
            good &= !others.isEmpty()
                    ? StrangersBench.run(OUT, Path.of(others))
                    : VagrantfileBench.run(
                            OUT,
                            Integer.parseInt(option(wanted, "--count", "1000")),
                            Integer.parseInt(option(wanted, "--first", "0")),
                            Long.parseLong(option(wanted, "--seed", "1")));
        }
        if (wanted.isEmpty() || wanted.contains("window")) {
            good &= WindowBench.run(OUT);
        }
        OUT.println(good ? "All figures hold." : "Some figures do not hold.");
        System.exit(good ? 0 : 1);
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 || at + 1 >= arguments.size() ? otherwise : arguments.get(at + 1);
    }

    /** Corral's time may be at most {@code ratio} of this other way's. */
    private record Limit(String other, double ratio) {}

    private static boolean print(String title, Map<String, Double> times, Limit limit, double mostSeconds) {
        OUT.println();
        OUT.println(title);
        double ours = times.values().iterator().next();
        times.forEach((name, seconds) -> OUT.printf(
                Locale.ROOT, "  %-28s %10.2f ms   corral takes %.3fx of it%n", name, seconds * 1000, ours / seconds));
        double ratio = ours / times.get(limit.other());
        boolean holds = ratio <= limit.ratio() && (mostSeconds == 0 || ours < mostSeconds);
        OUT.printf(
                Locale.ROOT,
                "  %s: %.3fx of %s (to reach: %.2fx%s)%n",
                holds ? "holds" : "DOES NOT HOLD",
                ratio,
                limit.other(),
                limit.ratio(),
                mostSeconds == 0 ? "" : " and " + Math.round(mostSeconds * 1000) + " ms");
        return holds;
    }
}
