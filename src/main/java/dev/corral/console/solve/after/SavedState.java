package dev.corral.console.solve.after;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.PageContext;
import dev.corral.console.shared.Buttons;
import dev.corral.console.shared.Formats;
import dev.corral.console.work.Machines;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;

/**
 * A state of a session's machines to which the person can go back, to try something again: a snapshot of all of them. The clock goes
 * on, and the session's log says when they went back. For the FX thread.
 */
public final class SavedState extends FlowPane {
    /** How the names of these snapshots begin; the moment follows. */
    static final String NAMES = "solve-";

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** Of these Vagrant's plugins keep no snapshots. */
    private static final Set<String> WITHOUT = Set.of("docker", "qemu");

    private final PageContext context;
    private final Threads threads;
    private final Solving solving;
    private final Button save = Buttons.quiet("solve-save-state", "Save state", this::save);
    private final Button back = Buttons.quiet("solve-go-back", "Go back to saved state…", this::back);
    private final Tooltip about = new Tooltip();
    private Optional<SolveStatus> status = Optional.empty();
    private Optional<SandboxView> view = Optional.empty();
    private Optional<VmSnapshot> snapshot = Optional.empty();
    private String asked = "";
    private int turn;

    /** Of sessions of this user. */
    public SavedState(PageContext context, Threads threads, Solving solving) {
        super(8, 6);
        this.context = context;
        this.threads = threads;
        this.solving = solving;
        save.setTooltip(
                new Tooltip("Keep the machines as they are now, in files and in memory; the last state counts"));
        back.setTooltip(about);
        getChildren().setAll(save, back);
        draw();
    }

    /** Shows what can be done with the machines of this session, as they are now. */
    public void show(Optional<SolveStatus> session, Optional<SandboxView> sandbox) {
        status = session;
        view = sandbox.filter(one -> !existing(one).isEmpty()
                && WITHOUT.stream().noneMatch(provider -> one.machines().stream()
                        .anyMatch(machine -> machine.provider().equals(provider))));
        String now = view.map(one ->
                        one.id() + existing(one).stream().map(MachineView::id).toList())
                .orElse("");
        if (!now.equals(asked)) {
            asked = now;
            snapshot = Optional.empty();
            view.ifPresent(this::ask);
        }
        draw();
    }

    private static List<MachineView> existing(SandboxView sandbox) {
        return new Machines(sandbox, "").existing();
    }

    private void draw() {
        boolean there =
                view.isPresent() && status.filter(one -> !one.state().over()).isPresent();
        setVisible(there);
        setManaged(there);
        save.setDisable(
                view.filter(one -> existing(one).stream().allMatch(machine -> machine.state() == MachineState.RUNNING))
                        .isEmpty());
        back.setDisable(snapshot.isEmpty());
        about.setText(snapshot.map(one -> "As they were "
                        + one.takenAt()
                                .map(at -> "at " + Formats.exact(at) + ", " + Formats.ago(at, Instant.now()))
                                .orElse("when they were saved"))
                .orElse("No state of them is saved"));
    }

    // Where only Vagrant can tell, there is a state as soon as this window has saved one.
    private void ask(SandboxView sandbox) {
        int now = ++turn;
        threads.background(
                "saved-state",
                () -> states(sandbox),
                found -> {
                    if (now == turn) {
                        snapshot = found;
                        draw();
                    }
                },
                failure -> context.tell().accept(Notice.of(Problem.of(failure))));
    }

    // Blocks.
    private Optional<VmSnapshot> states(SandboxView sandbox) {
        List<List<VmSnapshot>> found = new ArrayList<>();
        for (MachineView machine : existing(sandbox)) {
            found.add(context.machines().ask(machine).orElse(List.of()));
        }
        return ofAll(found);
    }

    /** The newest of these snapshots that every machine has. Names tell the order: clocks of guests do not. */
    static Optional<VmSnapshot> ofAll(List<List<VmSnapshot>> machines) {
        return machines.stream().findFirst().flatMap(first -> first.stream()
                .filter(one -> one.name().startsWith(NAMES))
                .filter(one -> machines.stream().allMatch(others -> others.stream()
                        .anyMatch(other -> other.name().equals(one.name()))))
                .max(Comparator.comparing(VmSnapshot::name)));
    }

    // Another session may be chosen before it has ended: what is told is told of the one that it was begun for.
    private void save() {
        Instant at = Instant.now();
        String name = NAMES + MOMENT.format(at);
        Optional<String> session = listening();
        view.ifPresent(sandbox -> context.machines().save(new Machines(sandbox, ""), name, () -> {
            note(session, "The state of the machines was saved.");
            if (view.filter(now -> now.id().equals(sandbox.id())).isPresent()) {
                ask(sandbox);
            }
        }));
    }

    // Others may have saved or removed states meanwhile.
    private void back() {
        Optional<String> session = listening();
        view.ifPresent(sandbox -> threads.background(
                "saved-state",
                () -> states(sandbox),
                found -> found.ifPresentOrElse(state -> restore(sandbox, state, session), () -> context.tell()
                        .accept(Notice.failure(
                                "There is no saved state of these machines any more.", "Save one first.", ""))),
                failure -> context.tell().accept(Notice.of(Problem.of(failure)))));
    }

    private void restore(SandboxView sandbox, VmSnapshot state, Optional<String> session) {
        context.machines()
                .restore(
                        new Machines(sandbox, ""),
                        state,
                        () -> note(
                                session,
                                "The machines went back to the state saved"
                                        + state.takenAt()
                                                .map(at -> " at " + Formats.exact(at))
                                                .orElse("")
                                        + "."));
    }

    private Optional<String> listening() {
        return status.filter(one -> one.state().listening())
                .map(one -> one.session().id());
    }

    private void note(Optional<String> session, String words) {
        session.ifPresent(id ->
                threads.background("note-state", () -> solving.note(id, words), said -> {}, failure -> context.tell()
                        .accept(Notice.of(Problem.of(failure)))));
    }
}
