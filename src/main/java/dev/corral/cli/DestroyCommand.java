package dev.corral.cli;

import dev.corral.core.Corral;
import dev.corral.core.ExpectedFailure;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.sandbox.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Destroys sandboxes by name. */
@Command(name = "destroy", mixinStandardHelpOptions = true,
        description = "Destroys sandboxes with all their VMs, confirms it at the hypervisor and removes their directories.")
final class DestroyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SANDBOX", arity = "1..*", description = "The sandboxes; an unambiguous part of the name will do.")
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
            Map<String, SandboxView> known = new LinkedHashMap<>();
            corral.inventory().refresh().sandboxes().forEach(view -> known.put(view.id(), view));
            Map<String, Workflow> running = new LinkedHashMap<>();
            for (String name : sandboxes) {
                try {
                    SandboxView view = find(known, name);
                    refuseLive(view);
                    if (dryRun) {
                        results.add(new Result(view.id(), machines(view), "would_be_destroyed", null));
                    } else if (!running.containsKey(view.id())) {
                        running.put(view.id(), corral.workflows().destroy(view.id()));
                    }
                } catch (ExpectedFailure e) {
                    output.failure(e);
                    missing += e.kind() == ExpectedFailure.Kind.NOT_FOUND ? 1 : 0;
                    results.add(new Result(name, List.of(), e.kind() == ExpectedFailure.Kind.NOT_FOUND ? "not_found" : "failed", e.getMessage()));
                }
            }
            running.forEach((id, workflow) -> results.add(await(known.get(id), workflow, output)));
        }
        if (json) {
            output.json(results);
        } else {
            results.stream().filter(result -> result.problem == null).forEach(result -> output.line(result.sandbox
                    + (result.machines.isEmpty() ? "" : " (" + String.join(", ", result.machines) + ")") + " " + result.result.replace('_', ' ')));
        }
        long bad = results.stream().filter(result -> result.problem != null).count();
        return bad == 0 ? ExitCode.DONE : bad < results.size() ? ExitCode.PARTLY : missing == results.size() ? ExitCode.NOT_FOUND : ExitCode.FAILED;
    }

    private static Result await(SandboxView view, Workflow workflow, Output output) {
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

    private static SandboxView find(Map<String, SandboxView> known, String name) {
        List<SandboxView> matching = Optional.ofNullable(known.get(name)).map(List::of).orElseGet(() -> name.length() < 3 ? List.of()
                : known.values().stream().filter(view -> view.id().startsWith(name) || view.id().endsWith(name)).toList());
        if (matching.isEmpty()) {
            throw ExpectedFailure.notFound("There is no sandbox " + name + ".", "corral list sandboxes shows those that exist.");
        }
        if (matching.size() > 1) {
            throw ExpectedFailure.usage(name + " fits " + matching.size() + " sandboxes: "
                    + String.join(", ", matching.stream().map(SandboxView::id).toList()) + ".", "Give more of the name.");
        }
        return matching.getFirst();
    }

    private void refuseLive(SandboxView view) {
        Optional<Owner> owner = view.manifest().map(manifest -> manifest.owner()).filter(known -> known.kind() != Owner.Kind.COMMAND_LINE)
                .filter(known -> Owners.life(known) == Life.ALIVE);
        if (force || owner.isEmpty() || ancestor(owner.get().pid())) {
            return;
        }
        throw ExpectedFailure.failed("Sandbox " + view.id() + " is in use by " + (owner.get().kind() == Owner.Kind.INSPECT ? "a run of Inspect" : "a window")
                + ", process " + owner.get().pid() + ".", "End that first, or add --force.");
    }

    // A run may clean up after itself.
    private static boolean ancestor(long pid) {
        for (Optional<ProcessHandle> process = ProcessHandle.current().parent(); process.isPresent(); process = process.get().parent()) {
            if (process.get().pid() == pid) {
                return true;
            }
        }
        return false;
    }

    private static List<String> machines(SandboxView view) {
        return view.machines().stream().map(machine -> machine.name()).toList();
    }
}
