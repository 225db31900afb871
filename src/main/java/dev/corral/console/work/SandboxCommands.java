package dev.corral.console.work;

import dev.corral.console.fx.Background;
import dev.corral.console.fx.FxThread;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.DockPort;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.Question;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;

/** What the user asks of sandboxes. Each call returns at once; what blocks runs elsewhere. For the FX thread. */
public final class SandboxCommands {
    private final Corral corral;
    private final MessageCenter desk;
    private final TrustStore trust;
    private final DockPort dock;
    private final Map<String, Operation> running = new HashMap<>();
    private final Set<String> openWhenReady = new HashSet<>();
    private final ObservableSet<Manifest.Origin> pending = FXCollections.observableSet();
    private final ObservableSet<String> cancelling = FXCollections.observableSet();
    private final Map<String, Manifest.Origin> begunFor = new HashMap<>();
    private final Set<Wanted> wanted = new HashSet<>();
    private final IdentityHashMap<Question, Wanted> askedAbout = new IdentityHashMap<>();
    private int checking;

    /** A start that has been asked for and has not begun: what is looked at, asked about or handed over. */
    private record Wanted(Manifest.Origin origin, Path vagrantfile) {}

    /**
     * @param corral the core
     * @param desk   where work, notices and questions go
     * @param trust  which Vagrantfiles may run
     * @param dock   opens terminals and logs
     */
    public SandboxCommands(Corral corral, MessageCenter desk, TrustStore trust, DockPort dock) {
        this.corral = corral;
        this.desk = desk;
        this.trust = trust;
        this.dock = dock;
        desk.question().addListener((property, before, now) -> answered(before));
    }

    /**
     * Starts a sandbox and opens its terminal when it is ready; asks first when its Vagrantfile is unknown.
     *
     * @param request what to start
     * @param title   what to call it, for instance {@code web_flag · sqli-01}
     * @param begun   gets the sandbox's id when the start has begun
     */
    public void start(StartRequest request, String title, Consumer<String> begun) {
        // Asked twice before the first one is seen: a double click or a nervous key.
        if (!request.origin().sample().isEmpty() && pending.contains(request.origin())
                || !wanted.add(wanted(request))) {
            return;
        }
        Path vagrantfile = request.vagrantfile();
        Background.run(
                "trust-check",
                () -> trust.trusts(vagrantfile),
                known -> {
                    if (known) {
                        begin(request, title, begun);
                    } else {
                        askToRun(request, title, begun);
                    }
                },
                failure -> {
                    wanted.remove(wanted(request));
                    desk.tell(Notice.of(Problem.of(failure)));
                });
    }

    private static Wanted wanted(StartRequest request) {
        return new Wanted(request.origin(), request.vagrantfile());
    }

    private void askToRun(StartRequest request, String title, Consumer<String> begun) {
        Path file = request.vagrantfile();
        Path folder = Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .orElse(file);
        String shown = Texts.whole(Formats.path(
                file.toAbsolutePath().normalize(), corral.environment().home()));
        dock.openVagrantfile(
                request.origin().sample().isEmpty() ? title : request.origin().sample(), file, 0);
        Question question = new Question(
                "Run this Vagrantfile for " + Texts.line(title) + "?",
                shown
                        + " is Ruby that runs on this machine with your rights. Read it below first. It is asked once for each content."
                        + "\n\nWith its folder trusted, every Vagrantfile in and below "
                        + Texts.whole(Formats.path(folder, corral.environment().home()))
                        + " runs without a question from now on.",
                List.of(),
                List.of(
                        Question.Choice.safe("trust-cancel", "Cancel"),
                        new Question.Choice(
                                "trust-folder",
                                "Trust its folder and run",
                                Question.Tone.QUIET,
                                false,
                                () -> remember(() -> trust.trustFolder(folder), request, title, begun)),
                        new Question.Choice(
                                "trust-run",
                                "Run",
                                Question.Tone.MAIN,
                                false,
                                () -> remember(() -> trust.trustFile(file), request, title, begun))),
                0);
        askedAbout.put(question, wanted(request));
        if (!desk.ask(question)) {
            answered(question);
        }
    }

    // However it goes away: an answer that runs it says so after this.
    private void answered(Question question) {
        Wanted start = askedAbout.remove(question);
        if (start != null) {
            wanted.remove(start);
        }
    }

    private void remember(Runnable store, StartRequest request, String title, Consumer<String> begun) {
        if (!wanted.add(wanted(request))) {
            return;
        }
        Background.run(
                "trust-store",
                () -> {
                    store.run();
                    return true;
                },
                stored -> begin(request, title, begun),
                failure -> {
                    desk.tell(Notice.of(Problem.of(failure)));
                    begin(request, title, begun);
                });
    }

    private void begin(StartRequest request, String title, Consumer<String> begun) {
        checking++;
        desk.settle("Start " + title);
        pending.add(request.origin());
        Background.run(
                "start",
                () -> corral.operations().start(request),
                workflow -> {
                    checking--;
                    wanted.remove(wanted(request));
                    openWhenReady.add(workflow.sandbox());
                    begunFor.put(workflow.sandbox(), request.origin());
                    watch(workflow, "Start " + title);
                    begun.accept(workflow.sandbox());
                },
                failure -> {
                    checking--;
                    wanted.remove(wanted(request));
                    pending.remove(request.origin());
                    desk.tell(Notice.of(Problem.of(failure)).about("Start " + title));
                });
    }

    /** Asks, then destroys the sandboxes. {@code byKey} puts the focus on the destroying button for a single VM. */
    public void destroy(List<SandboxView> sandboxes, boolean byKey) {
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
                                "Destroy",
                                Question.Tone.DESTRUCTIVE,
                                false,
                                () -> sandboxes.forEach(view -> destroyNow(view.id())))),
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
        Background.run(
                "destroy",
                () -> corral.operations().destroy(sandbox),
                workflow -> {
                    watch(workflow, "Destroy " + Texts.line(sandbox));
                    var _ = workflow.done()
                            .whenComplete((nothing, failure) -> FxThread.run(() -> ended.accept(failure == null)));
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
        running.values().stream()
                .filter(workflow -> workflow.sandbox().equals(sandbox) && workflow.cancellable())
                .forEach(workflow -> {
                    cancelling.add(sandbox);
                    desk.update(workflow.id(), activity -> activity.progressed(activity.usual(), "cancelling", false));
                    Background.run(
                            "cancel",
                            () -> {
                                workflow.cancel();
                                return true;
                            },
                            done -> {},
                            failure -> desk.tell(Notice.of(Problem.of(failure))));
                });
    }

    /** Whether this window does something on the sandbox that can be cancelled. */
    public boolean cancellable(String sandbox) {
        return !cancelling.contains(sandbox)
                && running.values().stream()
                        .anyMatch(workflow -> workflow.sandbox().equals(sandbox) && workflow.cancellable());
    }

    /** Keeps the sandbox when its owner ends, or takes that back. */
    public void pin(String sandbox, boolean pinned) {
        Background.run(
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
        Background.run(
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
        Background.run(
                "refresh",
                () -> corral.inventory().refresh(),
                inventory -> {},
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    /** The workflows of this window that are under way. */
    public List<Operation> running() {
        return List.copyOf(running.values());
    }

    /** What a start has been asked for that has no sandbox in the inventory yet. */
    public ObservableSet<Manifest.Origin> pending() {
        return pending;
    }

    /** The sandboxes whose start is being stopped. */
    public ObservableSet<String> cancelling() {
        return cancelling;
    }

    /** Whether starts have been asked for that have no sandbox yet. */
    public boolean starting() {
        return checking > 0;
    }

    /** Follows a workflow of this window to its end: activity, cancel, notice of a failure. */
    void watch(Operation workflow, String title) {
        running.put(workflow.id(), workflow);
        desk.settle(title);
        desk.begin(Activity.begun(
                workflow.id(), Texts.line(title), workflow.sandbox(), workflow.startedAt(), workflow.cancellable()));
        var _ = workflow.done().whenComplete((nothing, failure) -> {
            FxThread.run(() -> ended(workflow, title, failure));
        });
        refresh();
    }

    private void ended(Operation workflow, String title, Throwable failure) {
        running.remove(workflow.id());
        cancelling.remove(workflow.sandbox());
        seen(workflow.sandbox());
        if (failure == null) {
            desk.end(workflow.id(), Activity.Status.DONE, "", "");
        } else {
            openWhenReady.remove(workflow.sandbox());
            Problem problem = Problem.of(failure);
            if (problem.cancelled()) {
                desk.end(workflow.id(), Activity.Status.CANCELLED, "", "");
            } else {
                desk.end(workflow.id(), Activity.Status.FAILED, problem.sentence(), problem.nextStep());
                tellWhenSeen(Notice.failure(
                                title + " failed. " + problem.sentence(),
                                problem.nextStep(),
                                problem.details(),
                                new Notice.Remedy("Open log", () -> openLog(workflow.sandbox())))
                        .about(title, Notice.sandbox(workflow.sandbox()), workflow.id()));
                return;
            }
        }
        refresh();
    }

    // After the look that puts the failure on its row: where the user sees that, the notice is not needed.
    private void tellWhenSeen(Notice notice) {
        Background.run(
                "refresh",
                () -> corral.inventory().refresh(),
                inventory -> FxThread.later(() -> desk.tell(notice)),
                failure -> {
                    desk.tell(notice);
                    desk.tell(Notice.of(Problem.of(failure)));
                });
    }

    private void seen(String sandbox) {
        Manifest.Origin origin = begunFor.remove(sandbox);
        if (origin != null) {
            pending.remove(origin);
        }
    }

    private void openLog(String sandbox) {
        Background.run(
                "find-log",
                () -> {
                    Inventory inventory = corral.inventory().current();
                    return inventory.sandbox(sandbox).or(() -> inventory.ended().stream()
                            .filter(view -> view.id().equals(sandbox))
                            .findFirst());
                },
                found -> found.ifPresent(dock::openLog),
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    /** Takes note of a new inventory: progress of the work under way, terminals that were waited for. */
    public void inventoryChanged(Inventory inventory) {
        for (SandboxView view : inventory.sandboxes()) {
            seen(view.id());
            Optional<OperationView> operation = view.operation();
            if (operation.isPresent() && running.containsKey(operation.get().workflow())) {
                Operation workflow = running.get(operation.get().workflow());
                String phase = operation
                        .get()
                        .currentPhase()
                        .map(PhaseSpan::name)
                        .map(Texts::line)
                        .orElse("");
                desk.update(
                        workflow.id(),
                        activity -> activity.progressed(
                                operation.get().usual(),
                                activity.phase().equals("cancelling") ? "cancelling" : phase,
                                workflow.cancellable() && !activity.phase().equals("cancelling")));
            }
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
