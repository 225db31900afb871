package dev.corral.core.operation;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Real Vagrant over the stub provider: a cache directory, a Vagrant home and a folder of machines, all of their own. */
public final class StubWorld implements AutoCloseable {
    /** Longer than anything here takes on a busy machine. */
    public static final Duration LONG = Duration.ofSeconds(90);

    private final Path root;
    private final Environment environment;
    private final LocalCorral corral;

    /** A world below this folder; {@code more} joins or replaces its variables. */
    public StubWorld(Path root, Map<String, String> more) {
        this.root = root;
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables
                .keySet()
                .removeIf(
                        name -> name.startsWith("VAGRANT_") || name.startsWith("INSPECT_") || name.startsWith("STUB_"));
        variables.put("INSPECT_SANDBOX_CACHE_DIR", cache().toString());
        variables.put("VAGRANT_HOME", root.resolve("vagrant-home").toString());
        variables.put("STUB_WORLD", machinesFolder().toString());
        variables.putAll(more);
        environment = new Environment(variables);
        try {
            Files.createDirectories(machinesFolder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        corral = LocalCorral.open(environment, Owner.Kind.CONSOLE);
    }

    /** A world below this folder. */
    public StubWorld(Path root) {
        this(root, Map.of());
    }

    /** The cache directory. */
    public Path cache() {
        return root.resolve("cache");
    }

    private Path machinesFolder() {
        return root.resolve("world");
    }

    /** The variables. */
    public Environment environment() {
        return environment;
    }

    /** The core of this process. */
    public LocalCorral corral() {
        return corral;
    }

    /** A project folder with one of the stub Vagrantfiles in it; returns the Vagrantfile. */
    public Path vagrantfile(String name) {
        Path project = root.resolve("project-" + name);
        try {
            Files.createDirectories(project);
            copy("stub.rb", project.resolve("stub.rb"));
            copy(name + ".Vagrantfile", project.resolve("Vagrantfile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return project.resolve("Vagrantfile");
    }

    private static void copy(String resource, Path target) throws IOException {
        try (InputStream in = StubWorld.class.getResourceAsStream("/stub/" + resource)) {
            Files.write(target, in.readAllBytes());
        }
    }

    /** A request for one of the stub Vagrantfiles. */
    public StartRequest request(String name) {
        return StartRequest.of(vagrantfile(name));
    }

    /** A copy of the request with this primary machine. */
    public static StartRequest withPrimary(StartRequest request, String primary) {
        return new StartRequest(
                request.vagrantfile(),
                Optional.of(primary),
                request.environment(),
                request.provider(),
                request.keepFailed(),
                request.origin(),
                request.owner(),
                request.pin());
    }

    /** A copy of the request with these variables. */
    public static StartRequest withEnvironment(StartRequest request, Map<String, String> variables) {
        return new StartRequest(
                request.vagrantfile(),
                request.primary(),
                variables,
                request.provider(),
                request.keepFailed(),
                request.origin(),
                request.owner(),
                request.pin());
    }

    /** Starts and waits; returns the sandbox's id. */
    public String start(StartRequest request) throws Exception {
        Operation workflow = corral.operations().start(request);
        await(workflow);
        return workflow.sandbox();
    }

    /** Starts what must fail; returns the failure. */
    public Throwable failure(StartRequest request) throws InterruptedException {
        return failure(corral.operations().start(request));
    }

    /** Waits for a workflow that must fail; returns the failure. */
    public static Throwable failure(Operation workflow) throws InterruptedException {
        until(() -> workflow.done().isDone());
        return workflow.done().handle((nothing, failure) -> failure).join();
    }

    /** Destroys and waits. */
    public void destroy(String sandbox) throws Exception {
        await(corral.operations().destroy(sandbox));
    }

    /** Waits for a workflow that must end well; says all that is known when it does not. */
    public static void await(Operation workflow) throws Exception {
        try {
            workflow.done().get(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ExpectedFailure expected) {
                throw new AssertionError(
                        expected.getMessage() + " " + expected.nextStep() + "\n" + expected.details(), expected);
            }
            throw e;
        }
    }

    /** The sandbox as it is now. */
    public SandboxView sandbox(String id) {
        return inventory().sandbox(id).orElseThrow(() -> new AssertionError("no sandbox " + id));
    }

    /** A fresh inventory. */
    public Inventory inventory() {
        return corral.inventory().refresh();
    }

    /** The machines that exist at the stub's hypervisor. */
    public List<String> machines() {
        try (Stream<Path> files = Files.list(machinesFolder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("stub-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets sticky machines go. */
    public void letGo() throws IOException {
        Files.writeString(machinesFolder().resolve("let-go"), "");
    }

    /** Files of a sandbox, whichever layout it has; of one that is gone, where those of a new one would be. */
    public SandboxFiles files(String id) {
        try {
            return new SandboxStore(cache())
                    .look().sandboxes().stream()
                            .filter(files -> files.id().equals(id))
                            .findFirst()
                            .orElseGet(() -> files(cache().resolve(id)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same by the sandbox's directory, which lies in its cache directory itself. */
    public static SandboxFiles files(Path directory) {
        return new SandboxStore(directory.getParent())
                .files(directory)
                .orElseGet(() -> new SandboxFiles(
                        directory, SandboxStore.ours(directory.getParent()).resolve(directory.getFileName())));
    }

    /** The manifest on disk. */
    public Manifest manifest(String sandbox) throws IOException {
        return SandboxStore.manifest(files(sandbox)).orElseThrow();
    }

    /** The names of all directories below the cache directory but our own. */
    public List<String> directories() {
        return directories(cache());
    }

    /** The names of all directories below a cache directory but our own. */
    public static List<String> directories(Path cache) {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(cache)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals(".corral"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until something holds. */
    public static void until(BooleanSupplier condition) throws InterruptedException {
        until(LONG, condition);
    }

    /** Waits until something holds. */
    public static void until(Duration limit, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it did not happen in " + limit.toSeconds() + " s");
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        corral.close();
    }
}
