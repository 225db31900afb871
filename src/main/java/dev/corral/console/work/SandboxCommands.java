package dev.corral.console.work;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.DockPort;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.Question;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.shared.Texts;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.collections.ObservableSet;

/** What the user asks of sandboxes. Each call returns at once; what blocks runs elsewhere. For the FX thread. */
public final class SandboxCommands {
    private final Corral corral;
    private final Threads threads;
    private final MessageCenter desk;
    private final DockPort dock;
    private final Starts starts;
    private final Readings readings;
    private final RunningOperations operations;
    private final Set<String> openWhenReady = new HashSet<>();

    /**
     * @param corral  the core
     * @param threads where what blocks runs
     * @param desk    where work, notices and questions go
     * @param trust   which Vagrantfiles may run
     * @param dock    opens terminals and logs
     */
    public SandboxCommands(Corral corral, Threads threads, MessageCenter desk, TrustStore trust, DockPort dock) {
        this.corral = corral;
        this.threads = threads;
        this.desk = desk;
        this.dock = dock;
        operations = new RunningOperations(corral, threads, desk, dock, this::ended);
        TrustQuestion question = new TrustQuestion(
                threads, desk, trust, dock, corral.environment().home());
        starts = new Starts(corral, threads, desk, question, this::begun);
        readings = new Readings(corral, threads, trust, question);
    }

    /** Asks Vagrant what Vagrantfiles mean. */
    public Readings readings() {
        return readings;
    }

    /**
     * Starts a sandbox and opens its terminal when it is ready; asks first when its Vagrantfile is unknown.
     *
     * @param request what to start
     * @param title   what to call it, for instance {@code web_flag · sqli-01}
     * @param begun   gets the sandbox's id when the start has begun
     */
    public void start(StartRequest request, String title, Consumer<String> begun) {
        starts.start(request, title, begun);
    }

    /** The same beside what the user works on: no terminal opens when it is ready. */
    public void startAside(StartRequest request, String title, Consumer<String> begun) {
        starts.start(request, title, sandbox -> {
            openWhenReady.remove(sandbox);
            begun.accept(sandbox);
        });
    }

    private void begun(Operation start, String title) {
        openWhenReady.add(start.sandbox());
        watch(start, title);
    }

    private void ended(String sandbox, boolean well) {
        starts.seen(sandbox);
        if (!well) {
            openWhenReady.remove(sandbox);
        }
    }

    /** Asks, then destroys the sandboxes. {@code byKey} puts the focus on the destroying button for a single VM. */
    public void destroy(List<SandboxView> sandboxes, boolean byKey) {
        destroy(sandboxes, byKey, "Destroy", () -> {});
    }

    /**
     * Asks whether the Vagrantfile may run where that is not known, then whether to destroy the sandbox, and starts anew once it is gone.
     * Whatever could stand in the way of the start is asked while there is something to keep.
     *
     * @param begun gets the new sandbox's id when the start has begun
     */
    public void replace(SandboxView sandbox, StartRequest request, String title, Consumer<String> begun) {
        readings.ask(
                request.vagrantfile(),
                title,
                trust -> request,
                asked -> destroy(List.of(sandbox), false, "Destroy + up", () -> startAgain(asked, title, begun)),
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    private void startAgain(StartRequest request, String title, Consumer<String> begun) {
        if (!starts.start(request, title, begun)) {
            desk.tell(Notice.failure(
                            "Start " + title + " was not begun: the same was asked for before and has not begun yet.",
                            "Answer the question about that one, or start it again afterwards.",
                            "")
                    .about("Start " + title));
        }
    }

    private void destroyAll(List<SandboxView> sandboxes, Runnable then) {
        Set<String> left = new HashSet<>();
        sandboxes.forEach(view -> left.add(view.id()));
        sandboxes.forEach(view -> destroyNow(view.id(), gone -> {
            if (gone && left.remove(view.id()) && left.isEmpty()) {
                then.run();
            }
        }));
    }

    // The button says the word; goes on with something once all have gone, not if one has not.
    private void destroy(List<SandboxView> sandboxes, boolean byKey, String word, Runnable then) {
        if (sandboxes.isEmpty()) {
            return;
        }
        List<String> victims = sandboxes.stream().map(Victims::name).toList();
        int machines =
                sandboxes.stream().mapToInt(view -> view.machines().size()).sum();
        String what = sandboxes.size() == 1
                ? "Destroy sandbox " + Texts.line(sandboxes.getFirst().id()) + "?"
                : "Destroy " + sandboxes.size() + " sandboxes?";
        boolean someoneElses = sandboxes.stream().anyMatch(SandboxCommands::inUseElsewhere);
        String text = (machines == 0 ? "Its directory" : "Everything in " + (machines == 1 ? "this VM" : "these VMs"))
                + " is lost." + (someoneElses ? " Another process that is alive uses it." : "");
        boolean focusDestroy = byKey && machines <= 1 && !someoneElses;
        desk.ask(new Question(
                what,
                text,
                victims,
                List.of(
                        Question.Choice.safe("confirm-keep", "Keep"),
                        new Question.Choice(
                                "confirm-destroy",
                                word,
                                Question.Tone.DESTRUCTIVE,
                                false,
                                () -> destroyAll(sandboxes, then))),
                focusDestroy ? 1 : 0,
                inventory -> sandboxes.stream()
                        .anyMatch(view -> inventory.sandbox(view.id()).isPresent())));
    }

    /** Whether another process that is alive uses it. */
    static boolean inUseElsewhere(SandboxView view) {
        return view.liveness() == dev.corral.core.inventory.Liveness.LIVE
                && view.manifest()
                        .map(manifest -> manifest.owner().pid()
                                != ProcessHandle.current().pid())
                        .orElse(false);
    }

    /** Destroys without a question. */
    public void destroyNow(String sandbox) {
        destroyNow(sandbox, gone -> {});
    }

    /** Destroys without a question; {@code ended} hears once, whatever happens, whether the sandbox is gone. */
    public void destroyNow(String sandbox, Consumer<Boolean> ended) {
        openWhenReady.remove(sandbox);
        threads.background(
                "destroy",
                () -> corral.operations().destroy(sandbox),
                workflow -> {
                    watch(workflow, "Destroy " + Texts.line(sandbox));
                    var _ = workflow.done()
                            .whenComplete((nothing, failure) -> threads.hop(() -> ended.accept(failure == null)));
                },
                failure -> {
                    // Somebody else was quicker.
                    boolean gone =
                            failure instanceof ExpectedFailure known && known.kind() == ExpectedFailure.Kind.NOT_FOUND;
                    if (!gone) {
                        desk.tell(Notice.of(Problem.of(failure)));
                    }
                    ended.accept(gone);
                });
    }

    /** Cancels what this window does on the sandbox. */
    public void cancel(String sandbox) {
        openWhenReady.remove(sandbox);
        operations.cancel(sandbox);
    }

    /** Whether this window does something on the sandbox that can be cancelled. */
    public boolean cancellable(String sandbox) {
        return operations.cancellable(sandbox);
    }

    /** Keeps the sandbox when its owner ends, or takes that back. */
    public void pin(String sandbox, boolean pinned) {
        threads.background(
                "pin",
                () -> {
                    corral.operations().pin(sandbox, pinned);
                    return corral.inventory().refresh();
                },
                inventory -> {},
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    /** Keeps the sandboxes in these directories when their owners end, or takes that back. */
    public void pin(List<Path> directories, boolean pinned) {
        Optional<Manifest.Pin> pin =
                pinned ? Optional.of(new Manifest.Pin("window", Instant.now(), Optional.empty())) : Optional.empty();
        threads.background(
                "pin",
                () -> {
                    directories.forEach(directory -> corral.operations().pin(directory, pin));
                    return corral.inventory().refresh();
                },
                inventory -> {},
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    /** Looks at everything now. */
    public void refresh() {
        operations.refresh();
    }

    /** The operations of this window that are under way. */
    public List<Operation> running() {
        return operations.running();
    }

    /** What a start has been asked for that has no sandbox in the inventory yet. */
    public ObservableSet<Manifest.Origin> pending() {
        return starts.pending();
    }

    /** The sandboxes whose start is being stopped. */
    public ObservableSet<String> cancelling() {
        return operations.cancelling();
    }

    /** Whether starts have been asked for that have no sandbox yet. */
    public boolean starting() {
        return starts.underWay();
    }

    /** Follows an operation of this window to its end: title, cancel, notice of a failure. */
    void watch(Operation operation, String title) {
        operations.watch(operation, title);
    }

    /** The same; {@code busy} decides what is told where something else held the sandbox. */
    void watch(Operation operation, String title, Function<Notice, Optional<Notice>> busy) {
        operations.watch(operation, title, busy);
    }

    /** Takes note of a new inventory: starts that are seen now, terminals that were waited for. */
    public void inventoryChanged(Inventory inventory) {
        for (SandboxView view : inventory.sandboxes()) {
            starts.seen(view.id());
            if (openWhenReady.contains(view.id()) && view.state() == SandboxState.READY) {
                primary(view).ifPresent(machine -> {
                    openWhenReady.remove(view.id());
                    dock.openTerminal(view, machine);
                });
            }
        }
    }

    /** The machine whose terminal stands for the sandbox: the primary one, else the first that runs. */
    public static Optional<MachineView> primary(SandboxView view) {
        return view.primary()
                .filter(machine -> machine.state() == MachineState.RUNNING)
                .or(() -> view.machines().stream()
                        .filter(machine -> machine.state() == MachineState.RUNNING)
                        .findFirst())
                .or(view::primary)
                .or(() -> view.machines().stream().findFirst());
    }
}
