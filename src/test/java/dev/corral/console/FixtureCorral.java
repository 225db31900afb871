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
import dev.corral.core.operation.OperationStore;
import dev.corral.core.operation.OperationTimes;
import dev.corral.core.operation.Operations;
import dev.corral.core.operation.RunningOperations;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.SshEndpoint;
import dev.corral.core.vagrant.LogFollower;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrantfile.VagrantfileResolver;
import dev.corral.core.vagrantfile.check.VagrantfileLanguage;
import dev.corral.core.vagrantfile.diff.Difference;
import dev.corral.core.vagrantfile.hook.Selection;
import dev.corral.core.vagrantfile.keys.ConfigKeys;
import dev.corral.core.vagrantfile.syntax.RubyParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A core without processes: it shows the inventory it is given and notes what it is asked to do. */
public final class FixtureCorral implements Corral {
    /** What was asked of the workflows, in words. */
    public final List<String> asked = new CopyOnWriteArrayList<>();
    /** The starts that were asked for. */
    public final List<StartRequest> requests = new CopyOnWriteArrayList<>();
    /** Which provisioners each Vagrant command on machines was asked to run. */
    public final List<Selection> selections = new CopyOnWriteArrayList<>();

    private final List<Consumer<Inventory>> listeners = new CopyOnWriteArrayList<>();
    private final Path own = temporary();
    private final RunningOperations launched = new RunningOperations(new OperationTimes(own.resolve("history.jsonl")));
    private final FixtureOperations operations = new FixtureOperations(asked, requests, selections, launched);
    private final Environment environment;
    private final List<EvalTask> evals;
    private volatile Inventory inventory;
    private volatile List<LogLine> log = List.of();
    private volatile Optional<List<VmSnapshot>> snapshots = Optional.of(List.of());
    private volatile Optional<SshEndpoint> guest = Optional.empty();
    private volatile ItemRemover remover = (step, plan, item) -> {
        asked.add(step.action().word() + " " + step.name());
        return step.bytes();
    };
    private final List<Path> backups = new CopyOnWriteArrayList<>();
    private volatile Optional<ExpectedFailure> planFailure = Optional.empty();
    private volatile Optional<ExpectedFailure> loadFailure = Optional.empty();

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
        operations.fail(failure);
    }

    /** The lines that every Vagrant command prints. */
    public void say(List<LogLine> lines) {
        operations.say(lines);
    }

    /** What every sandbox has changed of its code. */
    public void change(List<String> words) {
        operations.change(words);
    }

    /** What of every sandbox is saved and not active. */
    public void differ(List<Difference> found) {
        operations.differ(found);
    }

    /** The files that every original has and its sandbox has not. */
    public void plan(String... places) {
        operations.plan(List.of(places));
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
        return operations.last();
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
        return operations;
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

    /** Finds no Vagrant: nothing runs here. */
    @Override
    public VagrantfileResolver vagrantfiles() {
        return new VagrantfileResolver(
                new Vagrant(new Environment(Map.of("HOME", own.toString(), "PATH", "/nowhere"))),
                own.resolve("resolved"));
    }

    @Override
    public VagrantfileLanguage language() {
        return new VagrantfileLanguage(
                new RubyParser(new Vagrant(environment)::executable, environment.variables()),
                () -> ConfigKeys.NONE,
                List::of);
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
}
