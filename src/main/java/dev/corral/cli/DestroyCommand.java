package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.MachineName;
import dev.corral.cli.target.NamedSandbox;
import dev.corral.cli.terminal.EndingSignals;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Destroys sandboxes by name. */
@Command(
        name = "destroy",
        mixinStandardHelpOptions = true,
        description =
                "Destroys sandboxes with all their VMs, or single VMs of them, and confirms it at the hypervisor. "
                        + "With its last VM a sandbox goes, its directory included.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral destroy --dry-run 9f3c2a1b",
            "  corral destroy 9f3c2a1b sqli-01-77aa01fe",
            "  corral destroy 9f3c2a1b/victim"
        })
final class DestroyCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SANDBOX[/MACHINE]",
            arity = "1..*",
            description = "The sandboxes, or one VM of one; an unambiguous part of the sandbox's name will do.")
    private List<String> sandboxes;

    @Option(names = "--force", description = "Also destroy one whose owner, a run of Inspect or a window, is alive.")
    private boolean force;

    @Option(names = "--dry-run", description = "Only say what would be destroyed.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print an array with a result for each.")
    private boolean json;

    /** What {@code destroy --json} prints for each sandbox. */
    record Result(
            String sandbox,
            List<String> machines,
            String result,
            @Nullable String problem) {}

    /** What goes for one argument: the whole sandbox, or one machine and the sandbox stays. */
    private record Victim(SandboxView view, List<String> machines, boolean alone) {

        /** What a person named, as far as it exists; with the last VM of a sandbox all of it goes. */
        static Victim of(Inventory inventory, String named) {
            MachineName name = MachineName.parse(named);
            SandboxView view = NamedSandbox.find(inventory, name.sandbox());
            if (!named.contains("/")) {
                return new Victim(view, DestroyCommand.machines(view), false);
            }
            MachineView machine = view.machine(name.machine())
                    .filter(known -> !known.id().isEmpty())
                    .orElseThrow(() -> ExpectedFailure.notFound(
                            "Sandbox " + view.id() + " has no VM " + name.machine() + ".",
                            "corral list vms shows those that exist."));
            boolean others = view.machines().stream()
                    .anyMatch(other ->
                            !other.name().equals(machine.name()) && !other.id().isEmpty());
            return others
                    ? new Victim(view, List.of(machine.name()), true)
                    : new Victim(view, DestroyCommand.machines(view), false);
        }

        String key() {
            return alone ? view.id() + "/" + machines.getFirst() : view.id();
        }

        Operation destroy(Corral corral) {
            return alone
                    ? corral.operations().destroyMachine(view.id(), machines.getFirst())
                    : corral.operations().destroy(view.id());
        }
    }

    @Override
    public Integer call() {
        Output output = new Output();
        List<Result> results = new ArrayList<>();
        int missing = 0;
        try (Corral corral = Core.open()) {
            Inventory inventory = corral.inventory().refresh();
            Map<String, Victim> victims = new LinkedHashMap<>();
            for (String name : sandboxes) {
                try {
                    Victim victim = Victim.of(inventory, name);
                    if (!force) {
                        NamedSandbox.refuseLive(victim.view);
                    }
                    victims.putIfAbsent(victim.key(), victim);
                } catch (ExpectedFailure e) {
                    output.failure(e);
                    missing += e.kind() == ExpectedFailure.Kind.NOT_FOUND ? 1 : 0;
                    results.add(new Result(
                            name,
                            List.of(),
                            e.kind() == ExpectedFailure.Kind.NOT_FOUND ? "not_found" : "failed",
                            e.getMessage()));
                }
            }
            perform(corral, victims, output, results);
        }
        if (json) {
            output.json(results);
        } else {
            results.stream()
                    .filter(result -> result.problem == null)
                    .forEach(result -> output.line(result.sandbox
                            + (result.machines.isEmpty() ? "" : " (" + String.join(", ", result.machines) + ")") + " "
                            + result.result.replace('_', ' ')));
        }
        long bad = results.stream().filter(result -> result.problem != null).count();
        return bad == 0
                ? ExitCode.DONE
                : bad < results.size()
                        ? ExitCode.PARTLY
                        : missing == results.size() ? ExitCode.NOT_FOUND : ExitCode.FAILED;
    }

    // Sandboxes side by side; the VMs of one after each other, since each takes its sandbox's lock.
    private void perform(Corral corral, Map<String, Victim> victims, Output output, List<Result> results) {
        List<Victim> wanted = victims.values().stream()
                .filter(victim -> !victim.alone || !victims.containsKey(victim.view.id()))
                .toList();
        if (dryRun) {
            wanted.forEach(
                    victim -> results.add(new Result(victim.view.id(), victim.machines, "would_be_destroyed", null)));
            return;
        }
        Map<Victim, Operation> running = new LinkedHashMap<>();
        wanted.stream().filter(victim -> !victim.alone).forEach(victim -> begin(corral, victim, output, results)
                .ifPresent(workflow -> running.put(victim, workflow)));
        running.forEach((victim, workflow) -> results.add(await(victim, workflow, output)));
        wanted.stream().filter(victim -> victim.alone).forEach(victim -> begin(corral, victim, output, results)
                .ifPresent(workflow -> results.add(await(victim, workflow, output))));
    }

    private static Optional<Operation> begin(Corral corral, Victim victim, Output output, List<Result> results) {
        try {
            return Optional.of(victim.destroy(corral));
        } catch (ExpectedFailure e) {
            output.failure(e);
            results.add(new Result(victim.view.id(), victim.machines, "failed", e.getMessage()));
            return Optional.empty();
        }
    }

    private static Result await(Victim victim, Operation workflow, Output output) {
        try (EndingSignals signals =
                new EndingSignals(() -> output.message("A destroy is not broken off; please wait."))) {
            workflow.done().join();
            return new Result(victim.view.id(), victim.machines, "destroyed", null);
        } catch (CompletionException e) {
            if (e.getCause() instanceof ExpectedFailure expected) {
                output.failure(expected);
                return new Result(victim.view.id(), victim.machines, "failed", expected.getMessage());
            }
            // A bug, but the others' results still count.
            output.bug(e.getCause() == null ? e : e.getCause());
            return new Result(victim.view.id(), victim.machines, "failed", String.valueOf(e.getCause()));
        } catch (CancellationException e) {
            return new Result(victim.view.id(), victim.machines, "failed", "The destroy was broken off.");
        }
    }

    private static List<String> machines(SandboxView view) {
        return view.machines().stream()
                .filter(machine -> !machine.id().isEmpty())
                .map(MachineView::name)
                .toList();
    }
}
