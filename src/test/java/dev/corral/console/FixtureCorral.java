package dev.corral.console;

import dev.corral.core.app.Corral;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Subscription;
import dev.corral.core.cleanup.Cleanup;
import dev.corral.core.cleanup.IndexHistory;
import dev.corral.core.cleanup.ItemRemover;
import dev.corral.core.cleanup.LocalCleanup;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.inspect.tasks.SampleContents;
import dev.corral.core.inspect.tasks.TaskFiles;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.operation.DestroyGuard;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.OperationProgress;
import dev.corral.core.operation.OperationStore;
import dev.corral.core.operation.OperationTask;
import dev.corral.core.operation.OperationTimes;
import dev.corral.core.operation.Operations;
import dev.corral.core.operation.RunningOperations;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.SshEndpoint;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LogFollower;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrantfile.VagrantfileResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A core without processes: it shows the inventory it is given and notes what it is asked to do. */
public final class FixtureCorral implements Corral {
    /** What was asked of the workflows, in words. */
    public final List<String> asked = new CopyOnWriteArrayList<>();
    /** The starts that were asked for. */
    public final List<StartRequest> requests = new CopyOnWriteArrayList<>();

    private final List<Consumer<Inventory>> listeners = new CopyOnWriteArrayList<>();
    private final List<FixtureWorkflow> running = new CopyOnWriteArrayList<>();
    private final Path own = temporary();
    private final RunningOperations launched = new RunningOperations(new OperationTimes(own.resolve("history.jsonl")));
    private final Environment environment;
    private final List<EvalTask> evals;
    private volatile Inventory inventory;
    private volatile List<LogLine> log = List.of();
    private volatile List<LogLine> said = List.of();
    private volatile Optional<List<VmSnapshot>> snapshots = Optional.of(List.of());
    private volatile Optional<SshEndpoint> guest = Optional.empty();
    private volatile ItemRemover remover = (step, plan, item) -> {
        asked.add(step.action().word() + " " + step.name());
        return step.bytes();
    };
    private final List<Path> backups = new CopyOnWriteArrayList<>();
    private volatile Optional<ExpectedFailure> planFailure = Optional.empty();
    private volatile Optional<ExpectedFailure> loadFailure = Optional.empty();
    private volatile Optional<ExpectedFailure> operationFailure = Optional.empty();

    /** A core with that home directory. */
    public FixtureCorral(String home, List<EvalTask> evals, Inventory inventory) {
        this.environment = new Environment(Map.of("HOME", home));
        this.evals = evals;
        this.inventory = inventory;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("corral-fixture");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows another inventory. */
    public void show(Inventory next) {
        inventory = next;
        listeners.forEach(listener -> listener.accept(next));
    }

    /** The lines that every log has. */
    public void log(List<LogLine> lines) {
        log = lines;
    }

    /** Lets task files fail to load, or not any more. */
    public void failLoading(Optional<ExpectedFailure> failure) {
        loadFailure = failure;
    }

    /** Lets starts, verbs and destroys fail before they begin, or not any more. */
    public void failOperations(Optional<ExpectedFailure> failure) {
        operationFailure = failure;
    }

    /** The lines that every Vagrant command prints. */
    public void say(List<LogLine> lines) {
        said = lines;
    }

    /** The snapshots that every machine has; empty when only Vagrant can tell. */
    public void snapshots(Optional<List<VmSnapshot>> names) {
        snapshots = names;
    }

    /** Where every machine's shell is. */
    public void guest(SshEndpoint endpoint) {
        guest = Optional.of(endpoint);
    }

    /** The workflow that was begun last. */
    public FixtureWorkflow last() {
        return running.getLast();
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public InventoryMonitor inventory() {
        return new InventoryMonitor() {
            @Override
            public Inventory current() {
                return inventory;
            }

            @Override
            public Inventory refresh() {
                if (planFailure.isPresent()) {
                    throw planFailure.get();
                }
                return inventory;
            }

            @Override
            public Subscription subscribe(Consumer<Inventory> listener) {
                listeners.add(listener);
                listener.accept(inventory);
                return () -> listeners.remove(listener);
            }

            @Override
            public void close() {
                listeners.clear();
            }
        };
    }

    @Override
    public Operations operations() {
        return new Operations() {
            @Override
            public Operation start(StartRequest request) {
                mayFail();
                requests.add(request);
                asked.add("start " + request.origin().sample() + (request.keepFailed() ? " keep" : ""));
                return begin(OperationKind.START, "new-0000000" + asked.size());
            }

            @Override
            public Operation run(String sandbox, String machine, MachineVerb command, Consumer<LogLine> lines) {
                mayFail();
                asked.add(command.word() + " " + String.join(" ", command.after())
                        + (command.after().isEmpty() ? "" : " ") + sandbox + "/" + machine);
                said.forEach(lines);
                return begin(command.kind(), sandbox);
            }

            @Override
            public Operation destroy(String sandbox) {
                mayFail();
                asked.add("destroy " + sandbox);
                return begin(OperationKind.DESTROY, sandbox);
            }

            @Override
            public Operation destroy(Path directory, DestroyGuard guard) {
                guard.check(Optional.empty());
                return destroy(directory.getFileName().toString());
            }

            @Override
            public Operation shutDown(Path directory, DestroyGuard guard) {
                asked.add("shut down " + directory.getFileName());
                return begin(OperationKind.SHUT_DOWN, directory.getFileName().toString());
            }

            @Override
            public Operation destroyMachine(String sandbox, String machine) {
                asked.add("destroy " + sandbox + "/" + machine);
                return begin(OperationKind.DESTROY_MACHINE, sandbox);
            }

            @Override
            public void takeBack(String sandbox) {
                asked.add("take back " + sandbox);
            }

            @Override
            public void pin(Path directory, Optional<Manifest.Pin> pin) {
                pin(directory.getFileName().toString(), pin.isPresent());
            }

            @Override
            public void pin(String sandbox, boolean pinned) {
                asked.add((pinned ? "pin " : "unpin ") + sandbox);
            }

            @Override
            public List<Operation> running() {
                return Stream.concat(running.stream(), launched.list().stream())
                        .map(Operation.class::cast)
                        .toList();
            }

            @Override
            public <T extends OperationTask> T launch(T operation) {
                return launched.launch(operation);
            }

            @Override
            public Subscription listen(Consumer<Operation> begun) {
                return launched.listen(begun);
            }
        };
    }

    private void mayFail() {
        if (operationFailure.isPresent()) {
            throw operationFailure.get();
        }
    }

    private Operation begin(OperationKind kind, String sandbox) {
        FixtureWorkflow workflow = new FixtureWorkflow(
                !kind.decidesState() ? "wf-" + asked.size() : "wf-" + sandbox,
                kind,
                sandbox,
                Instant.now(),
                new CompletableFuture<>());
        running.add(workflow);
        return workflow;
    }

    /** Where operations that are about no sandbox write what they do. */
    public OperationStore journals() {
        return new OperationStore(own);
    }

    /** Backups of the index, newest first; a test adds what a cleanup would leave. */
    public List<Path> backups() {
        return backups;
    }

    /** Lets planning fail, or not any more. */
    public void failPlanning(Optional<ExpectedFailure> failure) {
        planFailure = failure;
    }

    /** What each step of a cleanup does; by default it is noted and gives back what was promised. */
    public void cleanUpWith(ItemRemover carriedOut) {
        remover = carriedOut;
    }

    @Override
    public Cleanup cleanup() {
        IndexHistory history = new IndexHistory() {
            @Override
            public List<Path> backups() {
                return List.copyOf(backups);
            }

            @Override
            public int restore(Path backup) {
                asked.add("restore " + backup);
                return 1;
            }
        };
        return new LocalCleanup(
                environment,
                inventory(),
                (step, plan, item) -> remover.carryOut(step, plan, item),
                history,
                launched,
                journals());
    }

    @Override
    public TaskFiles taskFiles() {
        return new TaskFiles() {
            @Override
            public List<EvalTask> load(Path fileOrFolder, Optional<String> task) {
                if (loadFailure.isPresent()) {
                    throw loadFailure.get();
                }
                return evals;
            }

            @Override
            public SampleContents contents(Path taskFile, String task, String sample) {
                throw new UnsupportedOperationException("no start of the fixture reads a sample");
            }

            @Override
            public void forget() {
                asked.add("forget");
            }
        };
    }

    @Override
    public VagrantfileResolver vagrantfiles() {
        return new VagrantfileResolver(
                new Vagrant(environment), environment.userCache().resolve("resolved"));
    }

    @Override
    public LogFollower logs() {
        return (path, lines) -> {
            Thread.ofVirtual().start(() -> lines.accept(log));
            return () -> {};
        };
    }

    @Override
    public GuestConnection connect(String sandbox, String machine) {
        if (guest.isPresent()) {
            return new GuestConnection(guest.get());
        }
        throw ExpectedFailure.failed("The VM does not answer.", "It is made up for a test.");
    }

    @Override
    public Optional<List<VmSnapshot>> snapshots(MachineView machine) {
        return snapshots;
    }

    @Override
    public String vagrantVersion() {
        return "Vagrant 2.4.9";
    }

    @Override
    public void close() {
        listeners.clear();
    }

    /** A workflow that ends when the test says so. */
    public record FixtureWorkflow(
            String id, OperationKind kind, String sandbox, Instant startedAt, CompletableFuture<Void> done)
            implements Operation {
        @Override
        public OperationTarget target() {
            return new OperationTarget.Sandbox(sandbox);
        }

        @Override
        public OperationProgress progress() {
            return new OperationProgress(Optional.empty(), Optional.empty(), 0, 0);
        }

        @Override
        public Optional<FailureView> failure() {
            return Optional.empty();
        }

        @Override
        public Subscription follow(Consumer<JournalEntry> listener) {
            return () -> {};
        }

        @Override
        public void cancel() {
            done.cancel(false);
        }

        @Override
        public boolean cancellable() {
            return kind != OperationKind.DESTROY && !done.isDone();
        }
    }
}
