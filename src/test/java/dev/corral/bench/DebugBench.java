package dev.corral.bench;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.vagrantfile.hook.Selection;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a mended script costs: Corral brings the code up to date and runs that step again in the same VM; without it one runs
 * {@code vagrant provision --provision-with}, or destroys and starts anew.
 */
final class DebugBench {
    private static final int ROUNDS = 3;
    private static final long MINUTES = 10;
    private static final String STEP = "vagrant provision --provision-with";
    private static final String ANEW = "vagrant destroy -f; vagrant up";
    private static final double ALLOWED_STEP = 1.3;
    private static final double LEAST_GAIN = 5;
    private static final double MOST_RESTORE_S = 5;
    private static final String VAGRANTFILE = String.join(
            "\n",
            "Vagrant.configure('2') do |config|",
            "  config.vm.box = 'corral/debian'",
            "  config.vm.provision 'packages', type: 'shell', inline: 'echo all there'",
            "  config.vm.provision 'app', type: 'shell', path: 'app.sh'",
            "end",
            "");

    private final LocalCorral corral;
    private final Path project;
    private final Path bare;
    private String sandbox = "";
    private int edits;

    private DebugBench(LocalCorral corral, Path folder) throws Exception {
        this.corral = corral;
        this.project = project(folder.resolve("project"));
        this.bare = project(folder.resolve("bare"));
    }

    private static Path project(Path folder) throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("app.sh"), "echo started\n");
        return Files.writeString(folder.resolve("Vagrantfile"), VAGRANTFILE).getParent();
    }

    /** Whether the figures hold; prints them. */
    static boolean run(PrintStream out) throws Exception {
        Path folder = Files.createTempDirectory("corral-bench");
        try (LocalCorral corral = BenchSandbox.corral(folder.resolve("cache"))) {
            DebugBench bench = new DebugBench(corral, folder);
            try {
                return bench.all(out);
            } finally {
                bench.end();
            }
        }
    }

    private void end() throws Exception {
        if (!sandbox.isEmpty()) {
            await(corral.operations().destroy(sandbox));
        }
        Commands.run(bare, Map.of(), "vagrant", "destroy", "-f");
    }

    private static void await(Operation operation) throws Exception {
        operation.done().get(MINUTES, TimeUnit.MINUTES);
    }

    private boolean all(PrintStream out) throws Exception {
        Operation start = corral.operations().start(StartRequest.of(project.resolve("Vagrantfile")));
        sandbox = start.sandbox();
        await(start);
        Commands.run(bare, Map.of(), "vagrant", "up");
        await(corral.operations().run(sandbox, "", MachineVerb.saveSnapshot("clean"), line -> {}));
        Map<String, Double> times = new LinkedHashMap<>();
        times.putAll(new Timing()
                .way("corral, the step alone", () -> step(Selection.only(2)))
                .way(STEP, () -> Commands.run(bare, Map.of(), "vagrant", "provision", "--provision-with", "app"))
                .run(1, ROUNDS));
        times.putAll(new Timing()
                .way("corral, script saved to step green", this::mendedScript)
                .way("corral, Vagrantfile saved to step green", this::mendedVagrantfile)
                .way(ANEW, this::anew)
                .way("corral, snapshot restored", this::restored)
                .run(0, ROUNDS));
        out.println();
        out.println("A mended step");
        times.forEach((name, seconds) -> out.printf(Locale.ROOT, "  %-42s %8.2f s%n", name, seconds));
        return holds(
                        out,
                        times.get("corral, the step alone") / times.get(STEP) <= ALLOWED_STEP,
                        "the step alone takes %.2fx of " + STEP,
                        times.get("corral, the step alone") / times.get(STEP))
                & holds(
                        out,
                        times.get(ANEW) / times.get("corral, script saved to step green") >= LEAST_GAIN,
                        "a mended script is green %.1fx sooner than by " + ANEW,
                        times.get(ANEW) / times.get("corral, script saved to step green"))
                & holds(
                        out,
                        times.get("corral, snapshot restored") <= MOST_RESTORE_S,
                        "a snapshot is restored in %.1f s",
                        times.get("corral, snapshot restored"));
    }

    private static boolean holds(PrintStream out, boolean good, String what, double figure) {
        out.printf(Locale.ROOT, "  %s: " + what + "%n", good ? "holds" : "DOES NOT HOLD", figure);
        return good;
    }

    private Void step(Selection selection) throws Exception {
        await(corral.operations().run(sandbox, "", MachineVerb.provision(selection), line -> {}));
        return null;
    }

    private Void mendedScript() throws Exception {
        Files.writeString(project.resolve("app.sh"), "echo started " + edits++ + "\n");
        return updatedStep();
    }

    private Void mendedVagrantfile() throws Exception {
        Files.writeString(project.resolve("Vagrantfile"), VAGRANTFILE.replace("all there", "all there " + edits++));
        return updatedStep();
    }

    private Void updatedStep() throws Exception {
        await(corral.operations().updateCode(sandbox, Optional.empty(), update -> {}));
        return step(Selection.only(2));
    }

    private Void anew() throws Exception {
        Commands.run(bare, Map.of(), "vagrant", "destroy", "-f");
        Commands.run(bare, Map.of(), "vagrant", "up");
        return null;
    }

    private Void restored() throws Exception {
        await(corral.operations().run(sandbox, "", MachineVerb.restoreSnapshot("clean"), line -> {}));
        return null;
    }
}
