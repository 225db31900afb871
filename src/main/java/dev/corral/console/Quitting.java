package dev.corral.console;

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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.stage.Stage;

/** Leaving: freely when nothing lives, with a question when VMs do, not at all while something is half made. */
final class Quitting {
    private final Corral corral;
    private final Stage stage;
    private final Desk desk;
    private final SandboxCommands commands;
    private final Cleanups cleanups;
    private final QuitDialog dialog;
    private final Set<String> leavingAfter = new HashSet<>();
    private List<SandboxView> own = List.of();
    private Runnable leave = () -> { };

    Quitting(Corral corral, Stage stage, Desk desk, SandboxCommands commands, Cleanups cleanups, Overlay overlay) {
        this.corral = corral;
        this.stage = stage;
        this.desk = desk;
        this.commands = commands;
        this.cleanups = cleanups;
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
        if (!leavingAfter.isEmpty()) {
            leavingAfter.removeIf(id -> inventory.sandbox(id).isEmpty());
            if (leavingAfter.isEmpty()) {
                leave.run();
            } else if (commands.running().isEmpty() && !commands.starting()) {
                // A destroy failed; its notice says why. The window stays, so that nothing is lost out of sight.
                leavingAfter.clear();
            }
        }
    }

    /** The user wants to leave. */
    void ask() {
        stage.toFront();
        List<Workflow> work = commands.running();
        if (!work.isEmpty() || commands.starting() || cleanups.running()) {
            List<String> titles = desk.activities().stream().filter(activity -> activity.status() == Activity.Status.RUNNING)
                    .map(Activity::title).toList();
            dialog.explainWork(titles, () -> {
                work.forEach(workflow -> commands.cancel(workflow.sandbox()));
                cleanups.stop();
            });
        } else if (own.isEmpty()) {
            leave.run();
        } else {
            List<SandboxView> asked = own;
            dialog.askAboutVms(asked, () -> keep(asked), () -> destroy(asked));
        }
    }

    private void keep(List<SandboxView> sandboxes) {
        Background.run("pin-all", () -> {
            sandboxes.forEach(view -> corral.workflows().pin(view.id(), true));
            return true;
        }, done -> leave.run(), failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    private void destroy(List<SandboxView> sandboxes) {
        sandboxes.forEach(view -> leavingAfter.add(view.id()));
        desk.tell(Notice.news("The window closes when everything is destroyed."));
        sandboxes.forEach(view -> commands.destroyNow(view.id()));
    }
}
