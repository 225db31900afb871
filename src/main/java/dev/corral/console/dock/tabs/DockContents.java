package dev.corral.console.dock.tabs;

import dev.corral.console.dock.Dock;
import dev.corral.console.dock.DockTab;
import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.DockPort;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.shared.Texts;
import dev.corral.console.terminal.ShellConnector;
import dev.corral.console.terminal.TerminalConnector;
import dev.corral.console.terminal.TerminalPane;
import dev.corral.console.terminal.TerminalTheme;
import dev.corral.core.app.Corral;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.failed.FailureShell;
import dev.corral.core.recording.Recordings;
import dev.corral.core.sandbox.CacheDirectory;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.scene.input.KeyEvent;
import javafx.stage.FileChooser;

/** What the dock shows: makes its tabs and finds them again. For the FX thread. */
public final class DockContents implements DockPort {
    private final Corral corral;
    private final Dock dock;
    private final Asked asked;
    private final DockTab activity;
    private final GuestTabs guests;
    private final Recordings recordings;
    private boolean dark = true;

    /**
     * What the tabs ask of the window.
     *
     * @param openLink   opens a web address that a guest wrote
     * @param show       shows what a piece of work is about
     * @param cancel     cancels a piece of work
     * @param windowKeys the keys that belong to the window even in a terminal
     */
    public record Asked(
            Consumer<String> openLink,
            Consumer<Activity> show,
            Consumer<Activity> cancel,
            Predicate<KeyEvent> windowKeys) {}

    /** Puts the activity tab into an empty dock. */
    public DockContents(Corral corral, MessageCenter desk, Ticker ticker, Actions actions, Dock dock, Asked asked) {
        this.corral = corral;
        this.recordings = new Recordings(corral.environment());
        this.dock = dock;
        this.asked = asked;
        this.activity = new ActivityTab(desk, ticker, asked.cancel(), asked.show());
        this.guests = new GuestTabs(corral, desk, dock, asked.openLink());
        dock.add(activity);
        actions.handle(Action.ACTIVITY, this::showActivity);
        actions.handle(Action.OPEN_RECORDING, this::chooseRecording);
    }

    private <T extends DockTab> Optional<T> find(Class<T> type, String kind, String key) {
        return dock.find(kind, key).filter(type::isInstance).map(type::cast);
    }

    @Override
    public void openTerminal(SandboxView sandbox, MachineView machine) {
        open(TerminalTab.key(machine, 1), () -> new TerminalTab(sandbox, machine, 1, shell(sandbox, machine)));
    }

    @Override
    public void openAnotherTerminal(SandboxView sandbox, MachineView machine) {
        int number = 1;
        while (dock.find(TerminalTab.KIND, TerminalTab.key(machine, number)).isPresent()) {
            number++;
        }
        int free = number;
        open(TerminalTab.key(machine, free), () -> new TerminalTab(sandbox, machine, free, shell(sandbox, machine)));
    }

    private TerminalPane shell(SandboxView sandbox, MachineView machine) {
        return terminal(
                sandbox,
                machine,
                (columns, rows) -> new ShellConnector(
                        corral.connect(sandbox.id(), machine.name()).shell(columns, rows)));
    }

    @Override
    public void openTerminalAtFailure(SandboxView sandbox, MachineView machine) {
        open(
                TerminalTab.keyAtFailure(machine),
                () -> TerminalTab.atFailure(
                        sandbox,
                        machine,
                        terminal(
                                sandbox,
                                machine,
                                (columns, rows) -> new ShellConnector(FailureShell.of(
                                                CacheDirectory.of(corral.environment()), sandbox.id(), machine.name())
                                        .open(
                                                name -> corral.connect(sandbox.id(), name),
                                                columns,
                                                rows,
                                                Optional.empty())))));
    }

    private void open(String key, Supplier<TerminalTab> making) {
        TerminalTab tab = find(TerminalTab.class, TerminalTab.KIND, key).orElseGet(() -> {
            TerminalTab made = making.get();
            dock.add(made);
            return made;
        });
        dock.choose(tab);
        tab.connect();
    }

    private TerminalPane terminal(SandboxView sandbox, MachineView machine, TerminalConnector.Factory factory) {
        TerminalPane pane = new TerminalPane(
                (columns, rows) -> RecordedConnector.of(
                        recordings,
                        new Recordings.Terminal(sandbox.id(), machine.name(), "window", columns, rows),
                        factory.connect(columns, rows)),
                dark ? TerminalTheme.DARK : TerminalTheme.LIGHT);
        pane.setOnLink(asked.openLink());
        pane.setWindowKeys(asked.windowKeys());
        return pane;
    }

    @Override
    public boolean terminalOpen(MachineView machine) {
        return dock.tabs().stream()
                .filter(TerminalTab.class::isInstance)
                .map(TerminalTab.class::cast)
                .anyMatch(tab -> tab.of(machine) && tab.connected());
    }

    @Override
    public void openFiles(SandboxView sandbox, MachineView machine) {
        guests.files(sandbox, machine);
    }

    @Override
    public void openNetwork(SandboxView sandbox) {
        guests.network(sandbox);
    }

    /** Says what opens web addresses of this machine. */
    public void browseWith(Consumer<String> browser) {
        guests.browseWith(browser);
    }

    @Override
    public void openLog(SandboxView sandbox) {
        LogTab tab = find(LogTab.class, LogTab.KIND, LogTab.key(sandbox)).orElseGet(() -> {
            LogTab made = LogTab.of(corral.logs(), sandbox);
            dock.add(made);
            return made;
        });
        tab.grow(sandbox);
        dock.choose(tab);
    }

    @Override
    public void openVagrantfile(String title, Path file, int line) {
        VagrantfileTab tab = vagrantfile(title, file);
        tab.load(line);
        dock.choose(tab);
    }

    @Override
    public Runnable showVagrantfile(String title, Path file, String text) {
        boolean there = dock.find(VagrantfileTab.KIND, file.toString()).isPresent();
        boolean folded = dock.folded();
        VagrantfileTab tab = vagrantfile(title, file);
        tab.load(text);
        dock.choose(tab);
        return there ? () -> {} : () -> dock.putBack(tab, folded);
    }

    private VagrantfileTab vagrantfile(String title, Path file) {
        return find(VagrantfileTab.class, VagrantfileTab.KIND, file.toString()).orElseGet(() -> {
            VagrantfileTab made = new VagrantfileTab(file, "Vagrantfile · " + Texts.line(title), home());
            dock.add(made);
            return made;
        });
    }

    @Override
    public void openRecording(Path file) {
        Path whole = file.toAbsolutePath();
        dock.choose(find(ReplayTab.class, ReplayTab.KIND, whole.toString()).orElseGet(() -> {
            ReplayTab made = new ReplayTab(whole, dark);
            dock.add(made);
            return made;
        }));
    }

    @Override
    public void browse(String address) {
        guests.browse(address);
    }

    private void chooseRecording() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Open a recording of a terminal");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("Recordings", "*.cast", "*.timing"),
                        new FileChooser.ExtensionFilter("All files", "*"));
        File folder = recordings.folder().toFile();
        if (folder.isDirectory()) {
            chooser.setInitialDirectory(folder);
        }
        File chosen = chooser.showOpenDialog(dock.getScene().getWindow());
        if (chosen != null) {
            openRecording(chosen.toPath());
        }
    }

    @Override
    public void showActivity() {
        dock.choose(activity);
    }

    private Path home() {
        return corral.environment().home();
    }

    /** The window is dark now, or light. */
    public void themed(boolean nowDark) {
        dark = nowDark;
        dock.themed(nowDark);
    }
}
