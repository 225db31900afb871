package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Destroys sandboxes by name. */
@Command(
        name = "destroy",
        mixinStandardHelpOptions = true,
        description =
                "Destroys sandboxes with all their VMs, confirms it at the hypervisor and removes their directories.",
        footerHeading = "%nExamples:%n",
        footer = {"  corral destroy --dry-run 9f3c2a1b", "  corral destroy 9f3c2a1b sqli-01-77aa01fe"})
final class DestroyCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SANDBOX",
            arity = "1..*",
            description = "The sandboxes; an unambiguous part of the name will do.")
    private List<String> sandboxes;

    @Option(names = "--force", description = "Also destroy one whose owner, a run of Inspect or a window, is alive.")
    private boolean force;

    @Option(names = "--dry-run", description = "Only say what would be destroyed.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print an array with a result for each.")
    private boolean json;

    /** What {@code destroy --json} prints for each sandbox. */
    record Result(String sandbox, List<String> machines, String result, String problem) {}

    @Override
    public Integer call() {
        Output output = new Output();
        List<Result> results = new ArrayList<>();
        int missing = 0;
        try (Corral corral = Core.open()) {
            Inventory inventory = corral.inventory().refresh();
            Map<String, Operation> running = new LinkedHashMap<>();
            for (String name : sandboxes) {
                try {
                    SandboxView view = NamedSandbox.find(inventory, name);
                    if (!force) {
                        NamedSandbox.refuseLive(view);
                    }
                    if (dryRun) {
                        results.add(new Result(view.id(), machines(view), "would_be_destroyed", null));
                    } else if (!running.containsKey(view.id())) {
                        running.put(view.id(), corral.operations().destroy(view.id()));
                    }
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
            running.forEach(
                    (id, workflow) -> results.add(await(inventory.sandbox(id).orElseThrow(), workflow, output)));
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

    static Result await(SandboxView view, Operation workflow, Output output) {
        Object previous = Signals.register("INT", () -> output.message("A destroy is not broken off; please wait."));
        try {
            workflow.done().join();
            return new Result(view.id(), machines(view), "destroyed", null);
        } catch (CompletionException e) {
            if (e.getCause() instanceof ExpectedFailure expected) {
                output.failure(expected);
                return new Result(view.id(), machines(view), "failed", expected.getMessage());
            }
            // A bug, but the others' results still count.
            output.bug(e.getCause());
            return new Result(view.id(), machines(view), "failed", String.valueOf(e.getCause()));
        } catch (CancellationException e) {
            return new Result(view.id(), machines(view), "failed", "The destroy was broken off.");
        } finally {
            Signals.unregister("INT", previous);
        }
    }

    private static List<String> machines(SandboxView view) {
        return view.machines().stream().map(machine -> machine.name()).toList();
    }
}
