package dev.corral.bench;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Strays that are real VMs: Corral's cleanup of all of them, and one {@code vagrant destroy -f} after another of as many. */
final class CleanupBench {
    private static final double RATIO = 0.5;
    private static final int STARTS_AT_ONCE = 2;

    private CleanupBench() {}

    static boolean run(PrintStream out, int strays) throws Exception {
        Path folder = Files.createTempDirectory("corral-bench");
        Path vagrantfile = BenchSandbox.vagrantfile(folder);
        double ours;
        double bare;
        try (LocalCorral corral = BenchSandbox.corral(folder.resolve("cache"))) {
            List<String> first = start(corral, vagrantfile, strays);
            long begin = System.nanoTime();
            cleanUp(corral, first);
            ours = (System.nanoTime() - begin) / 1e9;
            List<String> second = start(corral, vagrantfile, strays);
            begin = System.nanoTime();
            for (String sandbox : second) {
                Commands.run(
                        folder.resolve("cache").resolve(sandbox),
                        Map.of("INSPECT_VM_SUFFIX", "-" + sandbox),
                        "vagrant",
                        "destroy",
                        "-f");
            }
            bare = (System.nanoTime() - begin) / 1e9;
            // Their directories are there still.
            cleanUp(corral, second);
        }
        out.println();
        out.println("Cleanup of " + strays + " strays");
        out.printf(
                Locale.ROOT, "  corral cleanup %8.1f s%n  vagrant destroy -f, one after another %8.1f s%n", ours, bare);
        boolean holds = ours <= bare * RATIO;
        out.printf(
                Locale.ROOT,
                "  %s: %.2fx as fast (to reach: %.1fx)%n",
                holds ? "holds" : "DOES NOT HOLD",
                bare / ours,
                1 / RATIO);
        return holds;
    }

    // Exactly these, since others may have strays on this machine.
    private static void cleanUp(LocalCorral corral, List<String> sandboxes) {
        CleanupPlan plan = corral.cleanup()
                .plan(CleanupChoice.of(corral.inventory().refresh().items().stream()
                        .filter(item -> sandboxes.contains(item.sandbox())
                                && item.state().reclaimable())
                        .map(InventoryItem::key)
                        .toList()));
        List<StepResult> results = corral.cleanup().run(plan, step -> {}).done().join();
        for (StepResult result : results) {
            if (result.status() != StepResult.Status.DONE && result.status() != StepResult.Status.GONE) {
                throw new IllegalStateException(result.step().name() + " " + result.status() + ": " + result.problem());
            }
        }
        if (results.size() < sandboxes.size()) {
            throw new IllegalStateException("only " + results.size() + " of " + sandboxes.size() + " were strays");
        }
    }

    private static List<String> start(LocalCorral corral, Path vagrantfile, int count) throws Exception {
        List<String> sandboxes = new ArrayList<>();
        Process process = new ProcessBuilder("sleep", "100000").start();
        try {
            Owner owner = Owners.process(process.pid(), Owner.Kind.INSPECT);
            List<Operation> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                StartRequest plain = StartRequest.of(vagrantfile);
                Operation start = corral.operations()
                        .start(new StartRequest(
                                plain.vagrantfile(),
                                plain.primary(),
                                plain.environment(),
                                plain.provider(),
                                false,
                                plain.origin(),
                                Optional.of(owner),
                                false));
                sandboxes.add(start.sandbox());
                running.add(start);
                if (running.size() == STARTS_AT_ONCE) {
                    running.removeFirst().done().join();
                }
            }
            running.forEach(start -> start.done().join());
        } finally {
            // Now they are strays.
            process.destroyForcibly().waitFor();
        }
        long strays = corral.inventory().refresh().items().stream()
                .filter(item -> sandboxes.contains(item.name()) && item.state() == ItemState.STRAY)
                .count();
        if (strays != count) {
            throw new IllegalStateException(strays + " strays instead of " + count);
        }
        return sandboxes;
    }
}
