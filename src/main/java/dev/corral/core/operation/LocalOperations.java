package dev.corral.core.operation;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.base.Subscription;
import dev.corral.core.code.CodeUpdate;
import dev.corral.core.code.SandboxCode;
import dev.corral.core.code.WhenChanged;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.operation.start.Collisions;
import dev.corral.core.operation.start.Preparation;
import dev.corral.core.operation.start.Reach;
import dev.corral.core.operation.start.StartSlots;
import dev.corral.core.operation.start.VagrantfileReading;
import dev.corral.core.operation.update.CodeComparison;
import dev.corral.core.operation.update.KnownProvisioners;
import dev.corral.core.operation.update.SavedCode;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.LastSave;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Ownership;
import dev.corral.core.sandbox.Pins;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.SandboxVagrantfile;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.StartVariables;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrantfile.TrustGiven;
import dev.corral.core.vagrantfile.VagrantfileResolver;
import dev.corral.core.vagrantfile.diff.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The workflows of this process over one sandbox store. */
public final class LocalOperations implements Operations {
    /** Whether a start waits for an address, port or name that another sandbox has: {@code wait} or {@code refuse}. */
    private static final String ON_COLLISION = "CORRAL_ON_COLLISION";

    private static final long LARGEST_VAGRANTFILE = 4L * 1024 * 1024;

    private final Environment environment;
    private final Owner self;
    private final SandboxStore store;
    private final Vagrant vagrant;
    private final Hypervisors hypervisors;
    private final Destroyer destroyer;
    private final BiConsumer<String, String> booted;
    private final Preparation.Source preparations;
    private final VagrantfileResolver vagrantfiles;
    private final RunningOperations running;

    /**
     * @param self         this process as an owner
     * @param booted       told sandbox and machine when a machine answers over SSH
     * @param preparations reads what samples need in their machines
     * @param vagrantfiles asks Vagrant what Vagrantfiles mean
     * @param running      those of this process, whoever begins them
     * @param last         saves what would be lost with machines that are destroyed
     */
    public LocalOperations(
            Environment environment,
            Owner self,
            SandboxStore store,
            Vagrant vagrant,
            Hypervisors hypervisors,
            BiConsumer<String, String> booted,
            Preparation.Source preparations,
            VagrantfileResolver vagrantfiles,
            RunningOperations running,
            LastSave last) {
        this.environment = environment;
        this.self = self;
        this.store = store;
        this.vagrant = vagrant;
        this.hypervisors = hypervisors;
        this.destroyer = new Destroyer(store, vagrant, hypervisors, last);
        this.booted = booted;
        this.preparations = preparations;
        this.vagrantfiles = vagrantfiles;
        this.running = running;
    }

    @Override
    public Operation start(StartRequest asked) {
        StartRequest request = asked.located();
        check(request.vagrantfile());
        StartVariables.check(request.environment());
        vagrant.executable();
        StartSlots slots = new StartSlots(store.cache(), environment);
        SandboxFiles files = store.create(request.origin().sample());
        try {
            Map<String, String> variables =
                    StartVariables.of(environment, request.environment(), Manifest.usualSuffix(files.id()));
            SandboxVagrantfile.named(request.vagrantfile())
                    .ifPresent(name -> variables.put(Manifest.StartContext.NAME_OF_FILE, name));
            Instant now = Instant.now();
            Owner owner = request.owner().orElse(self);
            Manifest manifest = new Manifest(
                    Manifest.SCHEMA_VERSION,
                    files.id(),
                    files.directory().toString(),
                    variables.getOrDefault("INSPECT_VM_SUFFIX", Manifest.usualSuffix(files.id())),
                    now,
                    owner,
                    new Manifest.Lease(owner, now),
                    request.origin(),
                    Optional.empty(),
                    request.vagrantfile().toString(),
                    "",
                    new Manifest.StartContext(
                            request.provider(),
                            variables,
                            request.primary(),
                            request.environment().keySet().stream().sorted().toList()),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());
            store.write(files, manifest);
            StartOperation task = new StartOperation(
                    files,
                    manifest,
                    request,
                    new StartOperation.Tools(
                            store,
                            vagrant,
                            destroyer,
                            slots,
                            preparations,
                            new VagrantfileReading(request, vagrant, vagrantfiles, environment),
                            new Reach(hypervisors),
                            new Collisions(store, hypervisors),
                            environment,
                            waits(owner)),
                    machine -> booted.accept(files.id(), machine));
            task.journal().append(JournalEntry.started(task.id(), task.kind(), task.target()));
            launch(task);
            return task;
        } catch (IOException | RuntimeException e) {
            // Nothing runs yet, so nothing can be lost with the directory.
            discard(files, e);
            if (e instanceof RuntimeException known && !DiskFull.is(e)) {
                throw known;
            }
            throw CacheDirectory.unusable(store.cache(), e instanceof IOException io ? io : new IOException(e));
        }
    }

    @Override
    public Operation destroy(String sandbox) {
        return destroy(store.find(sandbox), DestroyGuard.NONE, false);
    }

    @Override
    public Operation destroy(Path directory, DestroyGuard guard) {
        return destroy(store.at(directory), guard, true);
    }

    private Operation destroy(SandboxFiles files, DestroyGuard guard, boolean part) {
        Optional<StartOperation> start = running.list().stream()
                .filter(task -> task.sandbox().equals(files.id()))
                .filter(StartOperation.class::isInstance)
                .map(StartOperation.class::cast)
                .findFirst();
        DestroyOperation task = new DestroyOperation(files, destroyer, start, guard, part);
        launch(task);
        return task;
    }

    @Override
    public Operation destroyMachine(String sandbox, String machine) {
        SandboxFiles files = store.find(sandbox);
        try {
            DestroyMachineOperation task = new DestroyMachineOperation(
                    files, MachineNames.full(files, SandboxStore.known(files), machine), store, destroyer);
            launch(task);
            return task;
        } catch (IOException e) {
            throw CacheDirectory.unusable(store.cache(), e);
        }
    }

    @Override
    public void takeBack(String sandbox) {
        try {
            Ownership.take(store, store.find(sandbox), self);
        } catch (IOException e) {
            throw CacheDirectory.unusable(store.cache(), e);
        }
    }

    @Override
    public Operation run(String sandbox, String machine, MachineVerb command, Consumer<LogLine> lines) {
        return run(store.find(sandbox), machine, command, lines, DestroyGuard.NONE);
    }

    @Override
    public Operation updateCode(String sandbox, Optional<TrustGiven> trust, Consumer<CodeUpdate> done) {
        return launch(new UpdateOperation(store.find(sandbox), trust, comparing(), done));
    }

    @Override
    public CodeUpdate plannedUpdate(String sandbox, Optional<TrustGiven> trust) {
        return new SavedCode(store.find(sandbox), comparing()).planned(trust);
    }

    @Override
    public List<Difference> differences(String sandbox, Optional<TrustGiven> trust) {
        return new SavedCode(store.find(sandbox), comparing()).differences(trust);
    }

    private CodeComparison.Tools comparing() {
        return new CodeComparison.Tools(environment, vagrant, vagrantfiles, store.cache());
    }

    @Override
    public List<String> changed(String sandbox) {
        return SandboxCode.changed(store.find(sandbox));
    }

    @Override
    public Operation shutDown(Path directory, DestroyGuard guard) {
        return run(store.at(directory), "", MachineVerb.shutDown(), line -> {}, guard);
    }

    private Operation run(
            SandboxFiles files, String machine, MachineVerb command, Consumer<LogLine> lines, DestroyGuard guard) {
        try {
            Optional<Manifest> manifest = SandboxStore.known(files);
            MachineOperation task = new MachineOperation(
                    files,
                    manifest,
                    machine.isEmpty() ? "" : MachineNames.full(files, manifest, machine),
                    command,
                    new MachineOperation.Tools(vagrant, hypervisors, new KnownProvisioners(vagrantfiles)),
                    lines,
                    guard,
                    command.changed().orElseGet(() -> WhenChanged.of(environment, manifest)));
            launch(task);
            return task;
        } catch (IOException e) {
            throw CacheDirectory.unusable(store.cache(), e);
        }
    }

    @Override
    public void pin(String sandbox, boolean pinned) {
        pin(
                store.find(sandbox),
                pinned
                        ? Optional.of(new Manifest.Pin(self.kind().word(), Instant.now(), Optional.empty()))
                        : Optional.empty());
    }

    @Override
    public void pin(Path directory, Optional<Manifest.Pin> pin) {
        pin(store.at(directory), pin);
    }

    private void pin(SandboxFiles files, Optional<Manifest.Pin> pin) {
        try {
            Pins.set(store, files, pin);
        } catch (IOException e) {
            throw CacheDirectory.unusable(store.cache(), e);
        }
    }

    @Override
    public <T extends OperationTask> T launch(T operation) {
        return running.launch(operation);
    }

    @Override
    public List<Operation> running() {
        return running.list();
    }

    @Override
    public Subscription listen(Consumer<Operation> begun) {
        return running.listen(begun);
    }

    private boolean waits(Owner owner) {
        String said = environment.get(ON_COLLISION).orElse("");
        return switch (said) {
            case "wait" -> true;
            case "refuse" -> false;
            case "" -> owner.kind() == Owner.Kind.INSPECT;
            default ->
                throw ExpectedFailure.usage(
                        ON_COLLISION + " is \"" + said + "\", which means nothing.",
                        "Set it to wait or to refuse, or unset it.");
        };
    }

    private static void discard(SandboxFiles files, Exception reason) {
        try {
            SafeFiles.deleteTree(files.folder());
            SafeFiles.deleteTree(files.own());
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private static void check(Path vagrantfile) {
        String where = vagrantfile.toString();
        if (!Files.exists(vagrantfile)) {
            throw ExpectedFailure.notFound(
                    "There is no Vagrantfile at " + where + ".",
                    "Check the path; it is relative to the working directory.");
        }
        if (Files.isDirectory(vagrantfile)) {
            throw ExpectedFailure.usage(where + " is a folder.", "Name the Vagrantfile in it.");
        }
        // A pipe would be waited for, and a device has no end.
        if (!Files.isRegularFile(vagrantfile)) {
            throw ExpectedFailure.usage(where + " is no ordinary file.", "Write the Vagrantfile to a file.");
        }
        try {
            if (Files.size(vagrantfile) > LARGEST_VAGRANTFILE) {
                throw ExpectedFailure.usage(
                        where + " is larger than 4 MiB and hardly a Vagrantfile.", "Check the path.");
            }
            OrdinaryFile.read(vagrantfile);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The Vagrantfile " + where + " can't be read.", "Give yourself read access to it.", e);
        }
    }
}
