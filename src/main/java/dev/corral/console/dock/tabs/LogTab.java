package dev.corral.console.dock.tabs;

import dev.corral.console.dock.DockTab;
import dev.corral.console.page.Action;
import dev.corral.console.settings.SavedTab;
import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.LogFollower;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;

/** The output of an operation's Vagrant commands. Its title says the newest of them. */
final class LogTab extends DockTab {
    static final String KIND = "log";

    private final LogFollower follower;
    private final LogView view;
    private final String sandbox;
    private List<Path> logs = List.of();
    private boolean seen;

    LogTab(LogFollower follower, String sandbox, String key, String title) {
        super(KIND, key, Action.LOG.icon(), title, "Output of Vagrant for sandbox " + Texts.line(sandbox));
        this.follower = follower;
        this.view = new LogView(machine -> Manifest.plainName(machine, Manifest.usualSuffix(sandbox)));
        this.sandbox = sandbox;
    }

    /** A tab for the newest operation of a sandbox. */
    static LogTab of(LogFollower follower, SandboxView sandbox) {
        LogTab tab = new LogTab(follower, sandbox.id(), key(sandbox), "");
        tab.grow(sandbox);
        return tab;
    }

    /** Names the log of the newest operation. */
    static String key(SandboxView sandbox) {
        return sandbox.id() + " " + told(sandbox).map(OperationView::workflow).orElse("");
    }

    private static Optional<OperationView> told(SandboxView sandbox) {
        return sandbox.lastWithLogs().or(sandbox::operation);
    }

    /** The log that was kept. */
    static LogTab of(LogFollower follower, SavedTab saved) {
        LogTab tab = new LogTab(follower, saved.about(), saved.key(), Texts.line(saved.title()));
        tab.logs = saved.paths();
        return tab;
    }

    /** Takes up the logs of commands that have begun since. */
    void grow(SandboxView view) {
        this.view.name(view::plainName);
        Optional<OperationView> told = told(view);
        logs = told.map(OperationView::logs).orElse(List.of());
        retitle(LogTitle.of(
                        told.map(OperationView::kind)
                                .orElse(OperationKind.START)
                                .words(),
                        logs) + " · " + Texts.line(sandbox));
        if (seen) {
            this.view.followNew(follower, logs);
        }
    }

    @Override
    public Node content() {
        return view;
    }

    @Override
    public void shown() {
        seen = true;
        view.followNew(follower, logs);
    }

    @Override
    public void inventoryChanged(Inventory inventory) {
        inventory.sandboxes().stream()
                .filter(each -> each.id().equals(sandbox) && key(each).equals(key()))
                .forEach(this::grow);
    }

    @Override
    public void close() {
        view.close();
    }

    @Override
    public Optional<SavedTab> saved() {
        return Optional.of(new SavedTab(
                KIND,
                key(),
                title().get(),
                sandbox,
                logs.stream().map(Path::toString).toList()));
    }
}
