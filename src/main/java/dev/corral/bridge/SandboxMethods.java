package dev.corral.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Subscription;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.CleanupRun;
import dev.corral.core.cleanup.PlanDocument;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.SandboxStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Requests about whole sandboxes. */
final class SandboxMethods {
    private final Corral corral;
    private final Function<SandboxView, Object> rows;
    private final Adoption adoption;
    private volatile Optional<Owner> owner = Optional.empty();

    /** @param rows a sandbox as lists of the command line show it */
    SandboxMethods(Corral corral, Function<SandboxView, Object> rows) {
        this.corral = corral;
        this.rows = rows;
        this.adoption = new Adoption(corral);
    }

    /** The process for which sandboxes are started from now on. */
    void owner(Owner process) {
        owner = Optional.of(process);
    }

    record StartParams(
            String vagrantfile,
            Optional<String> primary,
            List<List<String>> env,
            Optional<String> provider,
            boolean keepFailed,
            Manifest.Origin origin) {}

    record Machine(String name, String state, boolean primary) {}

    record Started(String sandbox, String directory, String sshConfig, List<Machine> machines, double seconds) {}

    record SandboxParams(String sandbox, boolean pinned) {}

    record Destroyed(String sandbox, boolean destroyed) {}

    record CleanupParams(Optional<String> name) {}

    record Cleaned(String cache, List<PlanDocument.Row> results) {}

    record Listing(String cache, List<Object> sandboxes) {}

    Reply start(Call call) throws Exception {
        StartParams params = call.params(StartParams.class);
        Instant began = Instant.now();
        Optional<SandboxView> adopted =
                adoption.sandbox(params.origin == null ? Manifest.Origin.none() : params.origin, owner);
        if (adopted.isPresent()) {
            // It was not created here: a run that is cancelled now must not take it for its own to destroy.
            return started(adopted.get(), corral.inventory().current(), Duration.between(began, Instant.now()));
        }
        Operation workflow = corral.operations().start(request(params));
        call.tell("created", JsonNodeFactory.instance.objectNode().put("sandbox", workflow.sandbox()), Frame.NOTHING);
        call.onCancel(workflow::cancel);
        try (Subscription subscription = workflow.follow(new StartProgress(call, workflow)::tell)) {
            await(workflow);
        }
        Duration took = Duration.between(workflow.startedAt(), Instant.now());
        Inventory inventory = corral.inventory().refresh();
        SandboxView view = inventory
                .sandbox(workflow.sandbox())
                .orElseThrow(() -> ExpectedFailure.failed(
                        "Sandbox " + workflow.sandbox() + " was removed right after its start.",
                        "Look who else cleans up in the cache directory."));
        return started(view, inventory, took);
    }

    private static Reply started(SandboxView view, Inventory inventory, Duration took) {
        return Reply.of(new Started(
                view.id(),
                view.directory().toString(),
                new SandboxStore(inventory.cache())
                        .files(view.directory())
                        .map(files -> files.sshConfig().toString())
                        .orElse(""),
                view.machines().stream()
                        .map(machine -> new Machine(
                                machine.name(), machine.state().word().replace(' ', '_'), machine.primary()))
                        .toList(),
                took.toMillis() / 1000.0));
    }

    private StartRequest request(StartParams params) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (params.env != null) {
            params.env.forEach(pair -> variables.put(pair.get(0), pair.get(1)));
        }
        return new StartRequest(
                path(params.vagrantfile),
                params.primary,
                variables,
                params.provider,
                params.keepFailed,
                params.origin == null ? Manifest.Origin.none() : params.origin,
                owner,
                false);
    }

    private static Path path(String text) {
        try {
            return Path.of(text == null ? "" : text);
        } catch (InvalidPathException e) {
            throw new ExpectedFailure(
                    ExpectedFailure.Kind.USAGE,
                    "The path of the Vagrantfile can't be used: " + e.getReason() + ".",
                    "Rename it.",
                    "",
                    e);
        }
    }

    Reply destroy(Call call) throws Exception {
        String sandbox = call.params(SandboxParams.class).sandbox();
        Operation workflow;
        try {
            workflow = corral.operations().destroy(sandbox);
        } catch (ExpectedFailure e) {
            if (e.kind() != ExpectedFailure.Kind.NOT_FOUND) {
                throw e;
            }
            // As wanted, only not by us.
            return Reply.of(new Destroyed(sandbox, false));
        }
        call.onCancel(workflow::cancel);
        await(workflow);
        return Reply.of(new Destroyed(sandbox, true));
    }

    Reply pin(Call call) throws Exception {
        SandboxParams params = call.params(SandboxParams.class);
        corral.operations().pin(params.sandbox, params.pinned);
        return Reply.of(new GuestMethods.Nothing());
    }

    Reply sandboxes(Call call) {
        Inventory inventory = corral.inventory().refresh();
        return Reply.of(new Listing(
                inventory.cache().toString(),
                inventory.sandboxes().stream().map(rows).toList()));
    }

    /** The plan that {@code corral cleanup} would make, executed; without a name for all strays. */
    Reply cleanup(Call call) throws Exception {
        CleanupParams params = call.params(CleanupParams.class);
        List<String> names = params.name.map(List::of).orElseGet(List::of);
        CleanupPlan plan = corral.cleanup()
                .plan(new CleanupChoice(names, names.isEmpty(), false, Optional.empty(), Optional.empty()));
        CleanupRun run = corral.cleanup().run(plan, progress -> {});
        call.onCancel(run::cancel);
        return Reply.of(new Cleaned(
                corral.inventory().current().cache().toString(),
                PlanDocument.rows(plan, run.done().join())));
    }

    /** Waits for the end of an operation, and throws what it failed with. */
    static void await(Operation workflow) throws Exception {
        try {
            workflow.done().join();
        } catch (CancellationException e) {
            throw e.getCause() instanceof CancellationException cause ? cause : e;
        } catch (CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
