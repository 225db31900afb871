package dev.corral.console.vagrantfile.machines;

import dev.corral.console.fx.Threads;
import dev.corral.console.vagrantfile.good.CleanState;
import dev.corral.console.vagrantfile.proof.Proof;
import dev.corral.console.vagrantfile.proof.Proofs;
import dev.corral.console.vagrantfile.steps.KnownMachine;
import dev.corral.console.vagrantfile.steps.MachineSteps;
import dev.corral.console.vagrantfile.steps.StepMemory;
import dev.corral.console.vagrantfile.steps.StepRun;
import dev.corral.console.vagrantfile.steps.StepRuns;
import dev.corral.console.vagrantfile.steps.StepTimes;
import dev.corral.console.vagrantfile.variables.SetMemory;
import dev.corral.console.vagrantfile.variables.StartedWith;
import dev.corral.console.vagrantfile.variables.VariableSets;
import dev.corral.console.vagrantfile.watch.WatchModel;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.app.Corral;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxVagrantfile;
import dev.corral.core.vagrantfile.Resolution;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known of the open Vagrantfile and its machines: the sandbox that it runs in, what Vagrant says of it, what is done to it. Shows
 * nothing itself. For the FX thread.
 */
final class DebugModel {
    private final Corral corral;
    private final SandboxCommands commands;
    private final MachineCommands machines;
    private final Threads threads;
    private final StepMemory memory;
    private final Runnable changed;
    private final Sandboxes sandboxes = new Sandboxes();
    private final Reading reading;
    private final WatchModel watch;
    private final VariableSets sets;
    private final Changes changes;
    private final CleanState clean;
    private final Proofs proofs;
    private final Map<Path, Map<String, String>> ofFiles = new HashMap<>();
    private Map<String, String> variables = new TreeMap<>();
    private StepTimes times = new StepTimes();
    private Optional<Path> file = Optional.empty();
    private String readBy = "";
    private String watched = "";
    private int opened;

    /**
     * @param corral   the core
     * @param commands what is asked of sandboxes
     * @param machines what is asked of VMs
     * @param threads  where what blocks runs
     * @param memory   how long steps took before
     * @param kept     sets of variables that were saved
     * @param changed  told when anything that is shown may be another
     */
    DebugModel(
            Corral corral,
            SandboxCommands commands,
            MachineCommands machines,
            Threads threads,
            StepMemory memory,
            SetMemory kept,
            Runnable changed) {
        this.sets = new VariableSets(kept, threads, this::setAll, changed);
        this.memory = memory;
        this.corral = corral;
        this.commands = commands;
        this.machines = machines;
        this.threads = threads;
        this.changed = changed;
        this.watch = new WatchModel(
                new WatchModel.Ground() {
                    @Override
                    public Optional<SandboxView> sandbox() {
                        return sandboxes.current();
                    }

                    @Override
                    public Optional<Path> original() {
                        return sandboxes.current().flatMap(DebugModel.this::original);
                    }

                    @Override
                    public boolean readAsStarted(SandboxView view) {
                        return asStarted(view);
                    }
                },
                machines.waiting(),
                machines.unattended(),
                threads,
                changed);
        this.reading = new Reading(commands.readings(), this::told, watch::read);
        this.changes = new Changes(corral.operations(), commands.readings(), changed);
        this.clean = new CleanState(machines, threads, changed);
        this.proofs = new Proofs(commands::destroyNow, changed);
    }

    /** A Vagrantfile is open now; what was set and proven of it before is there again. */
    void open(Path vagrantfile) {
        int turn = ++opened;
        // A start names the file by where its folder really is.
        threads.background(
                "locate-vagrantfile",
                () -> {
                    Path located = located(vagrantfile);
                    return Map.entry(located, memory.load(located));
                },
                found -> {
                    if (turn == opened && !Optional.of(found.getKey()).equals(file)) {
                        file = Optional.of(found.getKey());
                        times = new StepTimes(found.getValue());
                        variables = ofFiles.computeIfAbsent(found.getKey(), path -> new TreeMap<>());
                        watch.open();
                        sandboxes.open(file);
                        reading.open(file, variables);
                        sets.open(found.getKey());
                        look();
                    }
                },
                failure -> {
                    throw new IllegalStateException("a path can be made absolute", failure);
                });
    }

    private static Path located(Path vagrantfile) {
        return StartRequest.of(vagrantfile)
                .located()
                .vagrantfile()
                .toAbsolutePath()
                .normalize();
    }

    /** A file was saved, the Vagrantfile or one that it reads or names. */
    void saved() {
        reading.again();
        changes.again(file, sandboxes.current());
    }

    /** Takes a new inventory. */
    void inventory(Inventory inventory) {
        sandboxes.inventory(inventory);
        proofs.look(inventory);
        look();
    }

    private void look() {
        watchTheSandbox();
        learn();
        askAfterTheStart();
        clean.look(sandboxes.all(), sandboxes.current());
        changes.look(file, sandboxes.current());
        changed.run();
    }

    private void watchTheSandbox() {
        String now = sandboxes.current().map(SandboxView::id).orElseGet(sandboxes::awaited);
        if (!now.equals(watched)) {
            watched = now;
            watch.another();
        }
    }

    // Whoever has let a start run the file is not asked once more for the table of what it means.
    private void askAfterTheStart() {
        String read = sandboxes
                .current()
                .filter(view -> !view.machines().isEmpty())
                .map(SandboxView::id)
                .orElse("");
        if (reading.unasked() && !read.isEmpty() && !read.equals(readBy)) {
            readBy = read;
            reading.again();
        }
    }

    private void told() {
        learn();
        changed.run();
    }

    private void learn() {
        List<StepTimes.Taken> news = new ArrayList<>();
        for (SandboxView view : sandboxes.stories()) {
            for (KnownMachine machine : KnownMachine.of(Optional.of(view), reading.said())) {
                StepRuns.operations(view, machine.fullName()).forEach(operation -> {
                    List<StepRun> runs = StepRuns.of(operation, machine.fullName(), machine.provisioners());
                    List<String> names = runs.stream()
                            .map(run -> MachineSteps.kept(run.key(), machine.provisioners()))
                            .toList();
                    news.addAll(times.learn(machine.name(), runs, names));
                });
            }
        }
        if (!news.isEmpty()) {
            Path of = file.orElseThrow();
            threads.background(
                    "keep-step-times",
                    () -> {
                        memory.keep(of, news);
                        return true;
                    },
                    kept -> {},
                    failure -> {
                        throw new IllegalStateException("what can't be kept is logged", failure);
                    });
        }
    }

    /** Chooses the sandbox in which the file runs; an empty id means the one that the next start makes. */
    void choose(String sandbox) {
        sandboxes.choose(sandbox);
        look();
    }

    /** A start of the file has begun on which the work goes on. */
    void begun(String sandbox) {
        clean.expect(sandbox);
        sandboxes.choose(sandbox);
        watchTheSandbox();
        changed.run();
    }

    /** A clean start beside it has begun. */
    void proving(Path of, String sandbox) {
        sandboxes.aside(sandbox);
        proofs.begun(of, sandbox, Instant.now());
        changed.run();
    }

    /** Sets a variable for the next start, or with an empty value takes it away. */
    void set(String name, Optional<String> value) {
        value.ifPresentOrElse(text -> variables.put(name, text), () -> variables.remove(name));
        readAnew();
    }

    private void readAnew() {
        watch.otherVariables();
        reading.variables(variables);
    }

    private boolean asStarted(SandboxView view) {
        return StartedWith.same(reading.said(), variables, corral.environment(), view);
    }

    /** The open Vagrantfile. */
    Optional<Path> file() {
        return file;
    }

    /** Where the code of a sandbox comes from; empty where the sandbox's own is open: nothing newer can be brought in then. */
    Optional<Path> original(SandboxView view) {
        return file.filter(path -> !path.startsWith(view.directory()));
    }

    /** The copy of the open file that the chosen sandbox runs; empty where that copy itself is open, or another file is. */
    Optional<Path> copy(Path vagrantfile) {
        return sandboxes
                .current()
                .filter(view -> original(view).equals(Optional.of(vagrantfile)))
                .map(view -> SandboxVagrantfile.of(view.directory(), view.manifest()));
    }

    /** Lets steps run again after a save, or no more; asks whether the file may run where that is not known. */
    void watch(boolean wanted) {
        watch.turn(wanted);
        if (wanted && reading.unasked()) {
            reading.ask();
        }
    }

    /** What runs again after a save. */
    WatchModel watch() {
        return watch;
    }

    /** The sandboxes. */
    Sandboxes sandboxes() {
        return sandboxes;
    }

    /** What Vagrant says. */
    Reading reading() {
        return reading;
    }

    /** What is saved and does not hold yet. */
    Changes changes() {
        return changes;
    }

    /** The way back to the state after the first good start. */
    CleanState clean() {
        return clean;
    }

    /** The clean start beside it, if there was one. */
    Optional<Proof> proof() {
        return proofs.of(file);
    }

    /** What the next start gives to Vagrant. */
    Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    /** The variables that the file reads, and those that are set for it. */
    List<VariableRow> variableRows() {
        return VariableRow.of(
                reading.said().map(Resolution::variables).orElse(List.of()),
                variables,
                corral.environment(),
                sandboxes
                        .current()
                        .map(view -> Manifest.suffix(view.id(), view.manifest()))
                        .orElse(Manifest.usualSuffix("(id of the sandbox)")));
    }

    /** The sets of variables. */
    VariableSets sets() {
        return sets;
    }

    /** The file is opened for a sample, whose run gives these variables to Vagrant. */
    void offer(Path vagrantfile, String sample, Map<String, String> itsVariables) {
        threads.background(
                "locate-vagrantfile",
                () -> located(vagrantfile),
                path -> sets.offer(path, sample, itsVariables),
                failure -> {
                    throw new IllegalStateException("a path can be made absolute", failure);
                });
    }

    private void setAll(Map<String, String> wanted) {
        variables.clear();
        variables.putAll(wanted);
        readAnew();
    }

    /** The timelines of all machines. */
    List<MachineSteps> timelines(Instant now) {
        List<KnownMachine> known = KnownMachine.of(sandboxes.story(), reading.said());
        return MachineSteps.of(known, sandboxes.story(), times, now);
    }

    /** The cards of all machines. */
    List<MachineCard> cards(List<MachineSteps> timelines, Instant now) {
        Set<String> ours = commands.running().stream().map(Operation::id).collect(Collectors.toSet());
        return timelines.stream()
                .map(steps ->
                        MachineCard.of(steps, sandboxes.story(), machines.work().get(), ours::contains, now))
                .toList();
    }

    /** Why tools make no sense now, for those that make none. */
    Map<Tool, String> obstacles() {
        return ToolRules.obstacles(new ToolRules.Situation(
                file.isPresent(),
                starting(),
                sandboxes.current(),
                machines.work().get(),
                sandboxes.current().map(view -> commands.cancellable(view.id())).orElse(false),
                clean.obstacle(),
                proof().filter(one -> one.state() == Proof.State.RUNNING).isPresent()));
    }

    // From the click until its sandbox is in the inventory.
    private boolean starting() {
        String awaited = sandboxes.awaited();
        return commands.starting()
                || !awaited.isEmpty()
                        && commands.running().stream()
                                .anyMatch(operation -> operation.sandbox().equals(awaited));
    }
}
