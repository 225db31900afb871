package dev.corral.console;

import dev.corral.console.dock.Dock;
import dev.corral.console.shared.Background;
import dev.corral.console.shared.Overlay;
import dev.corral.console.shell.QuitDialog;
import dev.corral.console.work.Activity;
import dev.corral.console.work.Cleanups;
import dev.corral.console.work.Desk;
import dev.corral.console.work.Notice;
import dev.corral.console.work.Problem;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.Corral;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Workflow;
import java.util.List;
import javafx.stage.Stage;

/** Leaving: freely when nothing lives, with a question when VMs do, not at all while something is half made. */
final class Quitting {
    private final Corral corral;
    private final Stage stage;
    private final Desk desk;
    private final SandboxCommands commands;
    private final Cleanups cleanups;
    private final Dock dock;
    private final QuitDialog dialog;
    private final Departure departure = new Departure(() -> this.leave.run());
    private List<SandboxView> own = List.of();
    private Runnable leave = () -> { };
    private boolean looking;

    Quitting(Corral corral, Stage stage, Desk desk, SandboxCommands commands, Cleanups cleanups, Dock dock, Overlay overlay) {
        this.corral = corral;
        this.stage = stage;
        this.desk = desk;
        this.commands = commands;
        this.cleanups = cleanups;
        this.dock = dock;
        this.dialog = new QuitDialog(overlay);
    }

    /** Says what leaves. */
    void whenReady(Runnable leaving) {
        leave = leaving;
    }

    /** The sandboxes of this window that nobody else keeps. */
    List<SandboxView> ownLive() {
        return own;
    }

    void inventoryChanged(Inventory inventory) {
        long pid = ProcessHandle.current().pid();
        own = inventory.sandboxes().stream().filter(view -> !view.pinned()
                && view.manifest().map(manifest -> manifest.owner().pid() == pid
                        && manifest.owner().kind() == Owner.Kind.CONSOLE).orElse(false)).toList();
    }

    /** The user wants to leave. */
    void ask() {
        stage.toFront();
        if (!explainsWork() && !looking) {
            looking = true;
            dock.programs(programs -> {
                looking = false;
                ask(programs);
            });
        }
    }

    private void ask(List<String> programs) {
        if (explainsWork()) {
            return;
        }
        if (!own.isEmpty()) {
            List<SandboxView> asked = own;
            dialog.askAboutVms(asked, programs, () -> keep(asked), () -> destroy(asked));
        } else if (!programs.isEmpty()) {
            dialog.askAboutPrograms(programs, leave);
        } else {
            leave.run();
        }
    }

    /** True when something is under way, which is said then. */
    private boolean explainsWork() {
        List<Workflow> work = commands.running();
        if (work.isEmpty() && !commands.starting() && !cleanups.running()) {
            return false;
        }
        List<String> titles = desk.activities().stream().filter(activity -> activity.status() == Activity.Status.RUNNING)
                .map(Activity::title).toList();
        dialog.explainWork(titles, () -> {
            work.forEach(workflow -> commands.cancel(workflow.sandbox()));
            cleanups.stop();
        });
        return true;
    }

    private void keep(List<SandboxView> sandboxes) {
        Background.run("pin-all", () -> {
            sandboxes.forEach(view -> corral.workflows().pin(view.id(), true));
            return true;
        }, done -> leave.run(), failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    private void destroy(List<SandboxView> sandboxes) {
        departure.after(sandboxes.stream().map(SandboxView::id).toList());
        desk.tell(Notice.news("The window closes when everything is destroyed."));
        sandboxes.forEach(view -> commands.destroyNow(view.id(), gone -> departure.ended(view.id(), gone)));
    }
}
