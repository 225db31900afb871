package dev.corral.bench;

import dev.corral.core.base.Environment;
import dev.corral.core.base.Subscription;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.RecordedMachines;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.read.LocalInventoryMonitor;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.sandbox.SandboxStore;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** The inventory of a thousand sandboxes with five hundred VMs, whose hypervisor's answers are recorded ones. */
final class InventoryBench {
    private static final int SANDBOXES = 1000;
    private static final int MACHINES = 500;
    private static final int WARM_UP = 25;
    private static final int ROUNDS = 9;
    private static final double COLD = 0.200;
    private static final double CHANGE = 0.020;
    private static final double SHARE = 0.01;
    // Changes come in bursts, so the monitor lets one settle before it looks.
    private static final double SETTLE = 0.080;
    private static final Duration WARM_WATCH = Duration.ofSeconds(45);
    private static final Duration WATCH = Duration.ofSeconds(60);

    private final PrintStream out;
    private final Path cache;
    private final Environment environment;

    private InventoryBench(PrintStream out, Path folder) {
        this.out = out;
        cache = folder.resolve("cache");
        environment = new Environment(Map.of(
                "PATH",
                "/nowhere",
                "HOME",
                folder.toString(),
                "VAGRANT_HOME",
                folder.resolve("home").toString()));
    }

    static boolean run(PrintStream out) throws Exception {
        Path folder = Files.createTempDirectory("corral-bench");
        InventoryBench bench = new InventoryBench(out, folder);
        Process ended = new ProcessBuilder("true").start();
        Process living = new ProcessBuilder("sleep", "100000").start();
        try {
            Owner dead =
                    new Owner(ended.pid(), 1, Owners.self(Owner.Kind.INSPECT).bootId(), 0, "", Owner.Kind.INSPECT);
            Owner alive = Owners.process(living.pid(), Owner.Kind.INSPECT);
            ended.waitFor();
            RecordedSandboxes.write(
                    Files.createDirectories(bench.cache),
                    folder.resolve("home"),
                    SANDBOXES,
                    MACHINES,
                    RecordedMachines::uuid,
                    number -> number % 3 == 0 ? dead : alive);
            out.println();
            out.println("Inventory of " + SANDBOXES + " sandboxes with " + MACHINES + " VMs, recorded answers");
            boolean cold = bench.cold();
            boolean warm = bench.watched();
            return cold && warm;
        } finally {
            living.destroyForcibly();
        }
    }

    private LocalInventoryMonitor monitor() {
        return new LocalInventoryMonitor(
                environment,
                new SandboxStore(cache),
                new Hypervisors(
                        environment,
                        new QuietTools(RecordedMachines.libvirt(MACHINES, 20, cache.toString(), RecordedSandboxes::id)),
                        Path.of("/proc")));
    }

    private boolean cold() throws Exception {
        List<Double> seconds = new ArrayList<>();
        long worked = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            try (LocalInventoryMonitor fresh = monitor()) {
                long before = cpu();
                long begin = System.nanoTime();
                Inventory inventory = fresh.refresh();
                if (round >= 0) {
                    worked += cpu() - before;
                    seconds.add((System.nanoTime() - begin) / 1e9);
                }
                check(inventory);
            }
        }
        return tell("nothing read before", median(seconds), COLD, worked);
    }

    private static void check(Inventory inventory) {
        long made = inventory.items().stream()
                .filter(item -> item.machines().stream()
                        .anyMatch(machine -> !machine.id().isEmpty()))
                .count();
        if (inventory.sandboxes().size() != SANDBOXES || made != MACHINES) {
            throw new IllegalStateException(
                    inventory.sandboxes().size() + " sandboxes and " + made + " with VMs: " + inventory.problems());
        }
    }

    private boolean watched() throws Exception {
        SynchronousQueue<Inventory> told = new SynchronousQueue<>();
        try (LocalInventoryMonitor monitor = monitor();
                Subscription subscription = monitor.subscribe(inventory -> {
                    try {
                        told.offer(inventory, 5, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })) {
            settle(told);
            List<Double> seconds = new ArrayList<>();
            long worked = 0;
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                Path journal = SandboxStore.ours(cache)
                        .resolve(RecordedSandboxes.id(round + WARM_UP))
                        .resolve("journal.jsonl");
                long before = cpu();
                long begin = System.nanoTime();
                Files.writeString(
                        journal,
                        RecordedSandboxes.journal(Owners.self(Owner.Kind.CONSOLE), "default")
                                .lines()
                                .limit(3 + round % 2)
                                .reduce("", (all, line) -> all + line + "\n"),
                        StandardOpenOption.APPEND);
                if (told.poll(20, TimeUnit.SECONDS) == null) {
                    throw new IllegalStateException("the change of " + journal + " is not told");
                }
                if (round >= 0) {
                    worked += cpu() - before;
                    seconds.add((System.nanoTime() - begin) / 1e9 - SETTLE);
                }
                settle(told);
            }
            boolean change = tell("one sandbox changed", median(seconds), CHANGE, worked);
            // What the virtual machine still compiles is over by then.
            Thread.sleep(WARM_WATCH);
            long idle = cpu();
            Thread.sleep(WATCH);
            double share = (cpu() - idle) / (double) WATCH.toNanos();
            out.printf(
                    Locale.ROOT,
                    "  %s: watching takes %.2f %% of a core while nothing happens, over %d s (to reach: %.0f %%)%n",
                    share < SHARE ? "holds" : "DOES NOT HOLD",
                    share * 100,
                    WATCH.toSeconds(),
                    SHARE * 100);
            return change && share < SHARE;
        }
    }

    // The first ones tell of what the watch itself found out.
    private static void settle(SynchronousQueue<Inventory> told) throws InterruptedException {
        while (told.poll(2500, TimeUnit.MILLISECONDS) != null) {
            Thread.onSpinWait();
        }
    }

    private boolean tell(String what, double seconds, double limit, long worked) {
        out.printf(
                Locale.ROOT,
                "  %s: %s, %.1f ms, of processors' time %.1f ms (to reach: %.0f ms)%n",
                seconds < limit ? "holds" : "DOES NOT HOLD",
                what,
                seconds * 1000,
                worked / 1e6 / ROUNDS,
                limit * 1000);
        return seconds < limit;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
