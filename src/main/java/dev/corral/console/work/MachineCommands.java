package dev.corral.console.work;

import dev.corral.console.fx.LatestValue;
import dev.corral.console.fx.Threads;
import dev.corral.console.messages.DockPort;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.Question;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.app.Corral;
import dev.corral.core.base.LastOnes;
import dev.corral.core.code.WhenChanged;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.Operation;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrantfile.hook.Selection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * What the user asks of VMs that exist: verbs, snapshots, the end of a single one. Each call returns at once; what would lose
 * something asks first, the safe answer in focus. For the FX thread.
 */
public final class MachineCommands {
    /** Lists of snapshots are far shorter; what a guest prints is not. */
    private static final int KEPT_LINES = 2_000;

    private final Corral corral;
    private final Threads threads;
    private final MessageCenter desk;
    private final SandboxCommands sandboxes;
    private final LossQuestion losses;
    private final ChangedQuestion changed;
    private final WaitingWork waiting;
    private final UnattendedRuns unattended;
    /** The titles of what was begun and is not over. */
    private final Set<String> underWay = new HashSet<>();

    private final ReadOnlyObjectWrapper<MachineWork> work = new ReadOnlyObjectWrapper<>(MachineWork.none());

    /**
     * @param corral    the core
     * @param threads   where what blocks runs
     * @param desk      where work, notices and questions go
     * @param sandboxes follows what was begun
     * @param dock      knows the open terminals
     */
    public MachineCommands(
            Corral corral, Threads threads, MessageCenter desk, SandboxCommands sandboxes, DockPort dock) {
        this.corral = corral;
        this.threads = threads;
        this.desk = desk;
        this.sandboxes = sandboxes;
        this.losses = new LossQuestion(desk, dock);
        this.changed = new ChangedQuestion(corral, threads, desk);
        this.waiting = new WaitingWork(desk, work::get);
        this.unattended = new UnattendedRuns(corral, threads, desk, sandboxes, this, waiting);
    }

    /** What this window does to VMs now, and what failed of it last. */
    public ReadOnlyObjectProperty<MachineWork> work() {
        return work.getReadOnlyProperty();
    }

    /** What waits for sandboxes that something else holds. */
    public WaitingWork waiting() {
        return waiting;
    }

    /** Does what was asked for earlier. */
    public UnattendedRuns unattended() {
        return unattended;
    }

    /** Does it when nothing else changes the sandbox any more; asks now when somebody's work would end by it. */
    public void runLater(Verb verb, Machines machines, Optional<Path> original) {
        String title = verb.word() + " " + machines.title();
        losses.first(verb, machines, title, () -> unattended.later(verb, machines, original, Selection.ALL));
    }

    /** Does it; asks first when somebody's work would end by it. */
    public void run(Verb verb, Machines machines) {
        String title = verb.word() + " " + machines.title();
        losses.first(
                verb,
                machines,
                title,
                () -> begin(
                        machines,
                        verb.command(),
                        title,
                        verb.doing(),
                        orLater(verb, machines, Optional.empty(), Selection.ALL),
                        ended -> {}));
    }

    /**
     * Does it with the code as its original has it now, which is brought into the sandbox before; asks first when the original is unknown,
     * or somebody's work would end by it.
     *
     * @param original  the Vagrantfile that the sandbox was copied from; empty to take the code as it lies in the sandbox
     * @param selection which provisioners run; anything but all is for {@link Verb#PROVISION} of one VM
     */
    public void runUpToDate(Verb verb, Machines machines, Optional<Path> original, Selection selection) {
        String title = UnattendedRuns.title(verb, machines, selection);
        MachineVerb command = verb == Verb.PROVISION ? MachineVerb.provision(selection) : verb.command();
        String sandbox = machines.sandbox().id();
        Function<Notice, Optional<Notice>> later = orLater(verb, machines, original, selection);
        Optional<String> busy = work.get().words(machines.sandbox());
        if (busy.isPresent()) {
            tellBusy(machines, title, busy.get(), later);
            return;
        }
        Runnable go = () -> begin(machines, command, title, verb.doing(), later, ended -> {});
        losses.first(
                verb,
                machines,
                title,
                original.isEmpty()
                        ? go
                        : () -> sandboxes
                                .readings()
                                .ask(
                                        original.get(),
                                        title,
                                        trust -> corral.operations().updateCode(sandbox, trust, update -> {}),
                                        update -> follow(
                                                update,
                                                machines,
                                                "Update code of " + Texts.line(sandbox),
                                                "updating its code",
                                                later,
                                                ifWell(go)),
                                        this::tell));
    }

    /**
     * Saves the present state under a name.
     *
     * @param changed told when it has ended well
     * @throws dev.corral.core.base.ExpectedFailure if that can't be a snapshot's name
     */
    public void save(Machines machines, String name, Runnable changed) {
        begin(
                machines,
                MachineVerb.saveSnapshot(name),
                "Save " + machines.title() + " as " + name,
                "saving a snapshot",
                Optional::of,
                ended -> changed.run());
    }

    /** Goes back to a saved state, once the user has confirmed that what came after it is lost. */
    public void restore(Machines machines, VmSnapshot snapshot, Runnable changed) {
        String name = Texts.line(snapshot.name());
        String since = snapshot.takenAt()
                .map(at -> " since " + Formats.exact(at) + " (" + Formats.ago(at, Instant.now()) + ")")
                .orElse(" after it");
        List<String> open = losses.terminals(machines);
        losses.ask(
                "Restore " + machines.title() + " to snapshot " + name + "?",
                "What came" + since + " is lost, in files and in memory."
                        + (open.isEmpty() ? "" : " A terminal of " + String.join(", ", open) + " is open.")
                        + (SandboxCommands.inUseElsewhere(machines.sandbox())
                                ? " Another process that is alive uses the sandbox."
                                : ""),
                machines,
                "Restore",
                () -> begin(
                        machines,
                        MachineVerb.restoreSnapshot(snapshot.name()),
                        "Restore " + machines.title() + " to " + name,
                        "going back",
                        Optional::of,
                        ended -> changed.run()));
    }

    /** Removes a saved state, once the user has confirmed it. */
    public void delete(Machines machines, VmSnapshot snapshot, Runnable changed) {
        String name = Texts.line(snapshot.name());
        losses.ask(
                "Delete snapshot " + name + " of " + machines.title() + "?",
                "The VM goes on as it is, but there is no way back to that state then.",
                machines,
                "Delete",
                () -> begin(
                        machines,
                        MachineVerb.deleteSnapshot(snapshot.name()),
                        "Delete snapshot " + name + " of " + machines.title(),
                        "deleting a snapshot",
                        Optional::of,
                        ended -> changed.run()));
    }

    /**
     * Asks Vagrant for the snapshots, where the hypervisor can't be asked.
     *
     * @param lines gets what Vagrant said when it has ended well
     */
    public void list(Machines machines, Consumer<List<LogLine>> lines) {
        begin(
                machines,
                MachineVerb.listSnapshots(),
                "List snapshots of " + machines.title(),
                "listing snapshots",
                Optional::of,
                lines);
    }

    /** Asks the hypervisor for the snapshots of a machine; empty when only Vagrant can tell. Blocks: not for the FX thread. */
    public Optional<List<VmSnapshot>> ask(MachineView machine) {
        return corral.snapshots(machine);
    }

    /** Asks, then destroys one VM of several; {@code byKey} puts the focus on the destroying button. */
    public void destroy(SandboxView sandbox, MachineView machine, boolean byKey) {
        Machines machines = new Machines(sandbox, machine.name());
        boolean someoneElses = SandboxCommands.inUseElsewhere(sandbox);
        int others = new Machines(sandbox, "").existing().size() - 1;
        String text = "Everything in this VM is lost, its snapshots included. Sandbox " + Texts.line(sandbox.id())
                + " and its other "
                + Formats.count(others, "VM stays", "VMs stay").replaceFirst("^1 ", "") + "."
                + (someoneElses ? " Another process that is alive uses it." : "");
        desk.ask(new Question(
                "Destroy VM " + machines.title() + "?",
                text,
                LossQuestion.victims(machines),
                List.of(
                        Question.Choice.safe("confirm-keep", "Keep"),
                        new Question.Choice(
                                "confirm-destroy",
                                "Destroy VM",
                                Question.Tone.DESTRUCTIVE,
                                false,
                                () -> threads.background(
                                        "destroy-vm",
                                        () -> corral.operations().destroyMachine(sandbox.id(), machine.name()),
                                        workflow -> follow(
                                                workflow,
                                                machines,
                                                "Destroy " + machines.title(),
                                                "destroying",
                                                Optional::of,
                                                ended -> {}),
                                        this::tell))),
                byKey && !someoneElses ? 1 : 0));
    }

    /** Makes this window the owner of sandboxes whose owners have ended. */
    public void takeBack(List<String> sandboxIds) {
        threads.background(
                "take-back",
                () -> {
                    sandboxIds.forEach(corral.operations()::takeBack);
                    return corral.inventory().refresh();
                },
                inventory -> desk.tell(Notice.news(
                        sandboxIds.size() == 1
                                ? "Sandbox " + Texts.line(sandboxIds.getFirst()) + " belongs to this window now."
                                : sandboxIds.size() + " sandboxes belong to this window now.")),
                this::tell);
    }

    private void begin(
            Machines machines,
            MachineVerb command,
            String title,
            String doing,
            Function<Notice, Optional<Notice>> later,
            Consumer<List<LogLine>> done) {
        Optional<String> busy = work.get().words(machines.sandbox());
        if (busy.isPresent()) {
            // Asked twice before the first one is seen, by a double click or a nervous key; anything else was meant.
            if (!underWay.contains(title)) {
                tellBusy(machines, title, busy.get(), later);
            }
            return;
        }
        underWay.add(title);
        AtomicReference<Operation> begun = new AtomicReference<>();
        LastOnes<LogLine> said = new LastOnes<>(KEPT_LINES);
        LatestValue<String> newest = new LatestValue<>(threads, line -> Optional.ofNullable(begun.get())
                .ifPresent(workflow -> desk.update(workflow.id(), activity -> activity.detailed(line))));
        work.set(work.get().begun(machines, doing, Instant.now()));
        threads.background(
                command.word(),
                () -> corral.operations().run(machines.sandbox().id(), machines.machine(), command, line -> {
                    said.add(line);
                    newest.accept(Texts.line(line.text()));
                }),
                workflow -> {
                    begun.set(workflow);
                    follow(workflow, machines, title, doing, later, ifWell(() -> done.accept(said.all())));
                    if (command.changed().isEmpty()) {
                        askIfChanged(
                                workflow,
                                machines,
                                title,
                                then -> begin(machines, command.whenChanged(then), title, doing, later, done));
                    }
                },
                failure -> {
                    underWay.remove(title);
                    work.set(work.get().ended(machines, Optional.empty()));
                    tell(failure);
                });
    }

    private void askIfChanged(Operation workflow, Machines machines, String title, Consumer<WhenChanged> again) {
        var _ = workflow.done().whenComplete((nothing, failure) -> {
            if (failure != null && !Problem.of(failure).cancelled()) {
                threads.hop(() -> changed.ask(machines.sandbox().id(), title, again));
            }
        });
    }

    private void tellBusy(Machines machines, String title, String doing, Function<Notice, Optional<Notice>> later) {
        String sandbox = machines.sandbox().id();
        later.apply(Notice.failure(
                                title + " was not begun: sandbox " + Texts.line(sandbox) + " is " + doing + ".",
                                "Ask again when that is over, or cancel it first.",
                                "")
                        .about(title, Notice.sandbox(sandbox)))
                .ifPresent(desk::tell);
    }

    private static Consumer<Optional<Throwable>> ifWell(Runnable done) {
        return failure -> {
            if (failure.isEmpty()) {
                done.run();
            }
        };
    }

    // What is told of what could not begin offers to do it later.
    private Function<Notice, Optional<Notice>> orLater(
            Verb verb, Machines machines, Optional<Path> original, Selection selection) {
        return notice -> Optional.of(notice.with(new Notice.Remedy(
                "Run after it",
                () -> losses.first(
                        verb,
                        machines,
                        UnattendedRuns.title(verb, machines, selection),
                        () -> unattended.later(verb, machines, original, selection)))));
    }

    /**
     * Follows an operation to its end.
     *
     * @param busy decides what is told where something else held the sandbox
     * @param over told of its end, and why it failed
     */
    void follow(
            Operation workflow,
            Machines machines,
            String title,
            String doing,
            Function<Notice, Optional<Notice>> busy,
            Consumer<Optional<Throwable>> over) {
        // First, so that whoever hears of the work can already cancel it.
        sandboxes.watch(workflow, title, busy);
        work.set(work.get().begun(machines, doing, workflow.startedAt()));
        var _ = workflow.done()
                .whenComplete((nothing, failure) -> threads.hop(() -> {
                    underWay.remove(title);
                    work.set(work.get()
                            .ended(
                                    machines,
                                    failure == null
                                            ? Optional.empty()
                                            : FailedVerb.view(workflow, machines, Problem.of(failure))));
                    over.accept(Optional.ofNullable(failure));
                }));
    }

    private void tell(Throwable failure) {
        desk.tell(Notice.of(Problem.of(failure)));
    }
}
