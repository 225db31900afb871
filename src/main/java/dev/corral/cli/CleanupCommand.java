package dev.corral.cli;

import dev.corral.core.Corral;
import dev.corral.core.ExpectedFailure;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Destroys strays. */
@Command(name = "cleanup", mixinStandardHelpOptions = true,
        description = "Destroys strays: sandboxes whose owner is gone and that nobody pinned. With names only those; one in use is never touched.",
        footerHeading = "%nExamples:%n", footer = {"  corral cleanup --dry-run", "  corral cleanup --older-than 2d", "  corral cleanup 9f3c2a1b"})
final class CleanupCommand implements Callable<Integer> {
    private static final Pattern AGE = Pattern.compile("(\\d{1,6})([smhd])");

    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "ID", arity = "0..*", description = "The sandboxes, strays or not; an unambiguous part of the name will do.")
    private List<String> names = List.of();
    @Option(names = "--strays", description = "All strays; this is so anyway when no sandbox is named.")
    private boolean strays;
    @Option(names = "--older-than", paramLabel = "AGE", description = "Only those made longer ago than this: 90m, 12h, 3d.")
    private String olderThan;
    @Option(names = "--dry-run", description = "Only say what would be destroyed.")
    private boolean dryRun;
    @Option(names = "--json", description = "Print an array with a result for each.")
    private boolean json;

    @Override
    public Integer call() {
        Output output = new Output();
        Instant newest = olderThan == null ? Instant.MAX : Instant.now().minus(age(olderThan));
        List<DestroyCommand.Result> results = new ArrayList<>();
        try (Corral corral = Core.open()) {
            Inventory inventory = corral.inventory().refresh();
            output.message("Sandbox cache directory: " + inventory.cache());
            Map<String, SandboxView> victims = new LinkedHashMap<>();
            if (strays || names.isEmpty()) {
                inventory.sandboxes().stream().filter(view -> view.liveness() == Liveness.STRAY).forEach(view -> victims.put(view.id(), view));
            }
            for (String name : names) {
                choose(inventory, name, victims, results, output);
            }
            victims.values().removeIf(view -> !view.createdAt().isBefore(newest));
            Map<SandboxView, Workflow> running = new LinkedHashMap<>();
            for (SandboxView view : victims.values()) {
                if (dryRun) {
                    results.add(new DestroyCommand.Result(view.id(), machines(view), "would_be_destroyed", null));
                } else {
                    begin(corral, view, running, results, output);
                }
            }
            running.forEach((view, workflow) -> results.add(DestroyCommand.await(view, workflow, output)));
        }
        report(results, output);
        boolean failed = results.stream().anyMatch(result -> result.result().equals("failed"));
        boolean nothing = results.stream().allMatch(result -> result.result().equals("not_found"));
        return failed ? ExitCode.PARTLY : nothing ? ExitCode.NOT_FOUND : ExitCode.DONE;
    }

    private static void choose(Inventory inventory, String name, Map<String, SandboxView> victims, List<DestroyCommand.Result> results, Output output) {
        try {
            SandboxView view = NamedSandbox.find(inventory, name);
            NamedSandbox.refuseLive(view);
            victims.put(view.id(), view);
        } catch (ExpectedFailure e) {
            output.failure(e);
            results.add(new DestroyCommand.Result(name, List.of(), e.kind() == ExpectedFailure.Kind.NOT_FOUND ? "not_found" : "failed", e.getMessage()));
        }
    }

    // The look is a moment old: somebody may have pinned, taken or destroyed it since.
    private static void begin(Corral corral, SandboxView chosen, Map<SandboxView, Workflow> running, List<DestroyCommand.Result> results, Output output) {
        try {
            SandboxView view = corral.inventory().refresh().sandbox(chosen.id()).orElseThrow(() -> ExpectedFailure.notFound(
                    "Sandbox " + chosen.id() + " is gone already.", ""));
            if (view.liveness() != chosen.liveness()) {
                throw ExpectedFailure.failed("Sandbox " + view.id() + " is not what it was a moment ago, and was left alone.", "Look at it again.");
            }
            running.put(view, corral.workflows().destroy(view.id()));
        } catch (ExpectedFailure e) {
            output.failure(e);
            results.add(new DestroyCommand.Result(chosen.id(), machines(chosen),
                    e.kind() == ExpectedFailure.Kind.NOT_FOUND ? "not_found" : "failed", e.getMessage()));
        }
    }

    private void report(List<DestroyCommand.Result> results, Output output) {
        if (json) {
            output.json(results);
            return;
        }
        results.forEach(result -> output.line(result.sandbox() + (result.machines().isEmpty() ? "" : " (" + String.join(", ", result.machines()) + ")")
                + " " + result.result().replace('_', ' ') + (result.problem() == null ? "" : ": " + result.problem())));
        if (results.isEmpty()) {
            output.message("There is nothing to clean up.");
        }
    }

    private Duration age(String text) {
        Matcher matcher = AGE.matcher(text);
        if (!matcher.matches()) {
            throw new ParameterException(spec.commandLine(), "\"" + text + "\" is no age. Write a number and s, m, h or d, such as 12h.");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static List<String> machines(SandboxView view) {
        return view.machines().stream().map(machine -> machine.name()).toList();
    }
}
