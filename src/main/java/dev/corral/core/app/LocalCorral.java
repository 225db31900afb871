package dev.corral.core.app;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.cleanup.Cleanup;
import dev.corral.core.cleanup.LocalCleanup;
import dev.corral.core.cleanup.LocalIndexHistory;
import dev.corral.core.cleanup.LocalItemRemover;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inspect.tasks.PythonTaskFiles;
import dev.corral.core.inspect.tasks.TaskFiles;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.read.LocalInventoryMonitor;
import dev.corral.core.machine.MachineConnections;
import dev.corral.core.operation.LocalOperations;
import dev.corral.core.operation.OperationStore;
import dev.corral.core.operation.OperationTimes;
import dev.corral.core.operation.Operations;
import dev.corral.core.operation.RunningOperations;
import dev.corral.core.operation.start.SamplePreparation;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.solve.RecordingsSave;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.SshClients;
import dev.corral.core.vagrant.LogFollower;
import dev.corral.core.vagrant.TailingFollower;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrantfile.ConfigKeyReader;
import dev.corral.core.vagrantfile.VagrantfileResolver;
import dev.corral.core.vagrantfile.check.InstalledBoxes;
import dev.corral.core.vagrantfile.check.VagrantfileLanguage;
import dev.corral.core.vagrantfile.syntax.RubyParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The core over this machine's Vagrant, hypervisors and sandbox cache directory. */
public final class LocalCorral implements Corral {
    private final Environment environment;
    private final Vagrant vagrant;
    private final LocalInventoryMonitor inventory;
    private final LocalOperations workflows;
    private final MachineConnections connections;
    private final Cleanup cleanup;
    private final TaskFiles taskFiles;
    private final SandboxStore store;
    private final Hypervisors hypervisors;
    private final VagrantfileResolver vagrantfiles;
    private final VagrantfileLanguage language;
    private final LogFollower logs = new TailingFollower();

    private LocalCorral(Environment environment, Owner.Kind kind) {
        this.environment = environment;
        vagrant = new Vagrant(environment);
        store = new SandboxStore(CacheDirectory.of(environment));
        hypervisors = new Hypervisors(environment);
        inventory = new LocalInventoryMonitor(environment, store, hypervisors);
        connections = new MachineConnections(environment, store, vagrant, hypervisors);
        taskFiles = new PythonTaskFiles(environment);
        vagrantfiles = new VagrantfileResolver(vagrant, store.resolvedFolder());
        language = new VagrantfileLanguage(
                new RubyParser(vagrant::executable, vagrant.variables(Map.of())),
                new ConfigKeyReader(vagrant, store.resolvedFolder())::read,
                () -> InstalledBoxes.names(vagrant.home()));
        RunningOperations running = new RunningOperations(new OperationTimes(store.historyFile()));
        workflows = new LocalOperations(
                environment,
                Owners.self(kind),
                store,
                vagrant,
                hypervisors,
                (sandbox, machine) -> SshClients.warmUp(),
                origin -> new SamplePreparation(
                        taskFiles.contents(Path.of(origin.taskFile()), origin.task(), origin.sample()),
                        connections::connect),
                vagrantfiles,
                running,
                new RecordingsSave(
                        environment, sandbox -> connections.known(sandbox, "").map(connection -> connection::exec)));
        cleanup = new LocalCleanup(
                environment,
                inventory,
                new LocalItemRemover(workflows, store, hypervisors),
                new LocalIndexHistory(vagrant, inventory),
                running,
                new OperationStore(store.cache()));
    }

    /**
     * Opens the core; starts no process and reads no file yet.
     *
     * @param kind what sort of owner this process is for the sandboxes that it starts
     * @throws dev.corral.core.base.ExpectedFailure if a variable makes no sense
     */
    public static LocalCorral open(Environment environment, Owner.Kind kind) {
        return new LocalCorral(environment, kind);
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public InventoryMonitor inventory() {
        return inventory;
    }

    @Override
    public Operations operations() {
        return workflows;
    }

    @Override
    public Cleanup cleanup() {
        return cleanup;
    }

    @Override
    public TaskFiles taskFiles() {
        return taskFiles;
    }

    @Override
    public VagrantfileResolver vagrantfiles() {
        return vagrantfiles;
    }

    @Override
    public VagrantfileLanguage language() {
        return language;
    }

    @Override
    public LogFollower logs() {
        return logs;
    }

    @Override
    public GuestConnection connect(String sandbox, String machine) {
        return connections.connect(sandbox, machine);
    }

    @Override
    public Optional<List<VmSnapshot>> snapshots(MachineView machine) {
        try {
            return hypervisors.snapshots(
                    Manifest.hosts(SandboxStore.manifest(
                            store.files(machine.directory()).orElseGet(() -> SandboxFiles.inOne(machine.directory())))),
                    machine.provider(),
                    machine.id());
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    PlainText.line(String.valueOf(e.getMessage()), 300) + ".",
                    "corral doctor says what is missing.",
                    e);
        }
    }

    @Override
    public String vagrantVersion() {
        return vagrant.version();
    }

    @Override
    public void close() {
        inventory.close();
        connections.close();
        language.close();
    }
}
