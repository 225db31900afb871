package dev.corral.console.chrome;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Overlay;
import dev.corral.console.work.Cleanups;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.app.Corral;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.Operation;
import dev.corral.core.sandbox.Owner;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.stage.Stage;

/** Leaving: freely when nothing lives, with a question when VMs do, not at all while something is half made. */
public final class Quitting {
    private final Corral corral;
    private final Stage stage;
    private final MessageCenter desk;
    private final SandboxCommands commands;
    private final Cleanups cleanups;
    private final QuitDialog dialog;
    private final Set<String> leavingAfter = new HashSet<>();
    private List<SandboxView> own = List.of();
    private Runnable leave = () -> {};

    public Quitting(
            Corral corral,
            Stage stage,
            MessageCenter desk,
            SandboxCommands commands,
            Cleanups cleanups,
            Overlay overlay) {
        this.corral = corral;
        this.stage = stage;
        this.desk = desk;
        this.commands = commands;
        this.cleanups = cleanups;
        this.dialog = new QuitDialog(overlay);
    }

    /** Says what leaves. */
    public void whenReady(Runnable leaving) {
        leave = leaving;
    }

    /** The sandboxes of this window that nobody else keeps. */
    public List<SandboxView> ownLive() {
        return own;
    }

    public void inventoryChanged(Inventory inventory) {
        long pid = ProcessHandle.current().pid();
        own = inventory.sandboxes().stream()
                .filter(view -> view.liveness() != Liveness.PINNED
                        && view.manifest()
                                .map(manifest -> manifest.owner().pid() == pid
                                        && manifest.owner().kind() == Owner.Kind.CONSOLE)
                                .orElse(false))
                .toList();
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
    public void ask() {
        stage.toFront();
        List<Operation> work = commands.running();
        if (!work.isEmpty() || commands.starting() || cleanups.running()) {
            List<String> titles = desk.activities().stream()
                    .filter(activity -> activity.status() == Activity.Status.RUNNING)
                    .map(Activity::title)
                    .toList();
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
        Background.run(
                "pin-all",
                () -> {
                    sandboxes.forEach(view -> corral.operations().pin(view.id(), true));
                    return true;
                },
                done -> leave.run(),
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    private void destroy(List<SandboxView> sandboxes) {
        sandboxes.forEach(view -> leavingAfter.add(view.id()));
        desk.tell(Notice.news("The window closes when everything is destroyed."));
        sandboxes.forEach(view -> commands.destroyNow(view.id()));
    }
}
