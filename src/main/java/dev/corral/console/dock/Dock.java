package dev.corral.console.dock;

import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.DockPort;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Texts;
import dev.corral.console.terminal.CloseQuestion;
import dev.corral.console.terminal.ShellConnector;
import dev.corral.console.terminal.TerminalPane;
import dev.corral.console.terminal.TerminalTheme;
import dev.corral.core.app.Corral;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.ssh.TerminalUse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.Ikon;

/** Terminals, logs, Vagrantfiles and running work, below the pages. Survives a change of page. For the FX thread. */
public final class Dock extends StackPane implements DockPort {
    /** Height of the row of tabs. */
    public static final double HEAD_PX = 36;

    private final Corral corral;
    private final MessageCenter desk;
    private final TabPane tabs = new TabPane();
    private final Tab activity = new Tab();
    private final HBox buttons = new HBox(2);
    private final Consumer<Boolean> wantOpen;
    private final Consumer<String> openLink;
    private final Predicate<KeyEvent> windowKeys;
    private TerminalTheme theme = TerminalTheme.DARK;

    /** What a tab shows, by which it is found again. */
    private record TabKey(String kind, String name) {}

    /**
     * What the dock asks of the window.
     *
     * @param wantOpen    unfolds the dock
     * @param openLink    opens a web address that a guest wrote
     * @param show        shows what a piece of work is about
     * @param cancel      cancels a piece of work
     * @param windowKeys  the keys that belong to the window even in a terminal
     */
    public record Window(
            Consumer<Boolean> wantOpen,
            Consumer<String> openLink,
            Consumer<Activity> show,
            Consumer<Activity> cancel,
            Predicate<KeyEvent> windowKeys) {}

    /** A dock with nothing but the activity tab. */
    public Dock(Corral corral, MessageCenter desk, Ticker ticker, Actions actions, Window window) {
        this.corral = corral;
        this.desk = desk;
        this.wantOpen = window.wantOpen();
        this.openLink = window.openLink();
        this.windowKeys = window.windowKeys();
        setId("dock");
        getStyleClass().add("dock");
        setMinHeight(HEAD_PX);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        tabs.setTabDragPolicy(TabPane.TabDragPolicy.REORDER);
        tabs.setTabMaxWidth(260);
        activity.setClosable(false);
        activity.setText("Activity");
        activity.setId("tab-activity");
        activity.setGraphic(Icons.of(Action.ACTIVITY.icon()));
        activity.setUserData(new TabKey("activity", ""));
        activity.setContent(new ActivityView(desk, ticker, window.cancel(), window.show()));
        tabs.getTabs().add(activity);
        desk.activities().addListener((ListChangeListener<Object>) change -> countActivity());
        buttons.getChildren().addAll(actions.iconButton(Action.MAXIMISE_DOCK), actions.iconButton(Action.TOGGLE_DOCK));
        buttons.getStyleClass().add("dock-buttons");
        buttons.setAlignment(Pos.CENTER);
        buttons.setMaxSize(Region.USE_PREF_SIZE, HEAD_PX);
        StackPane.setAlignment(buttons, Pos.TOP_RIGHT);
        getChildren().addAll(tabs, buttons);
        // A click on a tab of the folded dock is a wish to see it.
        tabs.addEventHandler(javafx.scene.input.MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getY() <= HEAD_PX) {
                wantOpen.accept(true);
                focusContent();
            }
        });
        actions.handle(Action.NEXT_TAB, () -> step(1));
        actions.handle(Action.PREVIOUS_TAB, () -> step(-1));
        actions.handle(Action.CLOSE_TAB, this::closeChosen);
        actions.handle(Action.ACTIVITY, this::showActivity);
    }

    private void countActivity() {
        long running = desk.runningCount();
        activity.setText(running == 0 ? "Activity" : "Activity " + running);
    }

    @Override
    public void openTerminal(SandboxView sandbox, MachineView machine) {
        TabKey key = new TabKey("terminal", machine.key());
        Optional<Tab> known = find(key);
        if (known.isPresent()) {
            choose(known.get());
            if (known.get().getContent() instanceof TerminalPane pane
                    && pane.getState().status() == TerminalPane.Status.DISCONNECTED) {
                pane.connect();
            }
            return;
        }
        String id = sandbox.id();
        String name = machine.name();
        TerminalPane pane = new TerminalPane(
                (columns, rows) -> new ShellConnector(corral.connect(id, name).shell(columns, rows)), theme);
        pane.setOnLink(openLink);
        pane.setWindowKeys(windowKeys);
        pane.setAccessibleText("Terminal of " + Texts.line(name));
        Tab tab = tab(
                key,
                shortName(sandbox, machine),
                Action.TERMINAL.icon(),
                pane,
                "Terminal of " + Texts.line(name) + "\nsandbox " + Texts.line(id));
        tab.setOnCloseRequest(event -> {
            event.consume();
            close(tab);
        });
        tabs.getTabs().add(insertAt(), tab);
        choose(tab);
        pane.connect();
    }

    @Override
    public boolean terminalOpen(MachineView machine) {
        return find(new TabKey("terminal", machine.key()))
                .map(Tab::getContent)
                .filter(TerminalPane.class::isInstance)
                .map(TerminalPane.class::cast)
                .filter(pane -> pane.getState().status() != TerminalPane.Status.DISCONNECTED)
                .isPresent();
    }

    private static String shortName(SandboxView sandbox, MachineView machine) {
        String name = sandbox.plainName(machine.name());
        String whose = sandbox.manifest()
                .map(manifest -> manifest.origin().sample())
                .filter(sample -> !sample.isEmpty())
                .orElse(sandbox.id());
        return Formats.middle(Texts.line(whose), 20) + (sandbox.machines().size() > 1 ? " · " + Texts.line(name) : "");
    }

    @Override
    public void openLog(SandboxView sandbox) {
        Optional<OperationView> told = sandbox.lastWithLogs().or(sandbox::operation);
        List<Path> logs = told.map(OperationView::logs).orElse(List.of());
        String kind = told.map(OperationView::kind).orElse(OperationKind.START).words();
        TabKey key = new TabKey(
                "log", sandbox.id() + " " + told.map(OperationView::workflow).orElse(""));
        Tab tab = find(key).orElseGet(() -> {
            LogView view = new LogView(sandbox.id());
            Tab made = tab(
                    key,
                    kind + " · " + Texts.line(sandbox.id()),
                    Action.LOG.icon(),
                    view,
                    "Output of Vagrant: " + kind + " of " + Texts.line(sandbox.id()));
            made.setOnClosed(event -> view.close());
            tabs.getTabs().add(insertAt(), made);
            return made;
        });
        if (tab.getContent() instanceof LogView view) {
            view.followNew(corral.logs(), logs);
        }
        choose(tab);
    }

    @Override
    public void openVagrantfile(String title, Path file, int line) {
        vagrantfile(title, file, view -> view.load(line));
    }

    @Override
    public void showVagrantfile(String title, Path file, String text) {
        vagrantfile(title, file, view -> view.load(text));
    }

    private void vagrantfile(String title, Path file, Consumer<VagrantfileView> fill) {
        TabKey key = new TabKey("vagrantfile", file.toString());
        Tab tab = find(key).orElseGet(() -> {
            VagrantfileView view = new VagrantfileView(
                    file,
                    Formats.middle(
                            Texts.line(Formats.path(file, corral.environment().home())), 90));
            Tab made = tab(
                    key,
                    "Vagrantfile · " + Texts.line(title),
                    Action.VAGRANTFILE.icon(),
                    view,
                    Texts.line(file.toString()));
            tabs.getTabs().add(insertAt(), made);
            return made;
        });
        if (tab.getContent() instanceof VagrantfileView view) {
            fill.accept(view);
        }
        choose(tab);
    }

    @Override
    public void showActivity() {
        choose(activity);
    }

    // The activity tab stays at the end.
    private int insertAt() {
        int at = tabs.getTabs().indexOf(activity);
        return at < 0 ? tabs.getTabs().size() : at;
    }

    private static Tab tab(TabKey key, String title, Ikon icon, Node content, String tip) {
        Tab tab = new Tab(Formats.middle(title, 34), content);
        tab.setGraphic(Icons.of(icon));
        tab.setTooltip(new Tooltip(tip));
        tab.setUserData(key);
        tab.setId("tab-" + key.kind());
        return tab;
    }

    private Optional<Tab> find(TabKey key) {
        return tabs.getTabs().stream()
                .filter(tab -> key.equals(tab.getUserData()))
                .findFirst();
    }

    private void choose(Tab tab) {
        tabs.getSelectionModel().select(tab);
        wantOpen.accept(true);
        focusContent();
    }

    /** Puts the focus into what the chosen tab shows. */
    public void focusContent() {
        Tab chosen = tabs.getSelectionModel().getSelectedItem();
        if (chosen != null && chosen.getContent() != null) {
            chosen.getContent().requestFocus();
        }
    }

    private void step(int by) {
        int count = tabs.getTabs().size();
        int next = Math.floorMod(tabs.getSelectionModel().getSelectedIndex() + by, count);
        choose(tabs.getTabs().get(next));
    }

    private void closeChosen() {
        Tab chosen = tabs.getSelectionModel().getSelectedItem();
        if (chosen != null && chosen.isClosable()) {
            close(chosen);
        }
    }

    private void close(Tab tab) {
        if (tab.getContent() instanceof TerminalPane pane) {
            pane.askToClose(() -> choose(tab), () -> remove(tab));
        } else {
            remove(tab);
        }
    }

    private void remove(Tab tab) {
        boolean chosen = tab.isSelected();
        tabs.getTabs().remove(tab);
        if (tab.getOnClosed() != null) {
            tab.getOnClosed().handle(null);
        }
        if (chosen) {
            focusContent();
        }
    }

    /**
     * Finds out what runs in terminals.
     *
     * @param told gets a line for each terminal in use, on the FX thread: at once when no terminal is connected, else within seconds
     */
    public void programs(Consumer<List<String>> told) {
        List<Tab> terminals = tabs.getTabs().stream()
                .filter(tab -> tab.getContent() instanceof TerminalPane)
                .toList();
        List<String> lines = new ArrayList<>();
        int[] waiting = {terminals.size()};
        if (terminals.isEmpty()) {
            told.accept(lines);
        }
        for (Tab tab : terminals) {
            ((TerminalPane) tab.getContent()).use(use -> {
                if (use.kind() != TerminalUse.Kind.IDLE) {
                    lines.add((use.kind() == TerminalUse.Kind.BUSY ? CloseQuestion.program(use) : "perhaps a program")
                            + " in " + tab.getText());
                }
                if (--waiting[0] == 0) {
                    told.accept(lines);
                }
            });
        }
    }

    /** Whether a node with the focus is the row of tabs or one of the buttons beside it. */
    public boolean isBar(Node node) {
        return node == tabs || node.getParent() == buttons;
    }

    /** Takes note of a new inventory: logs grow by the next command's, terminals come back with their VMs. */
    public void inventoryChanged(Inventory inventory) {
        Set<String> running = new HashSet<>();
        for (SandboxView sandbox : inventory.sandboxes()) {
            sandbox.machines().stream()
                    .filter(machine -> machine.state() == MachineState.RUNNING)
                    .forEach(machine -> running.add(machine.key()));
            sandbox.operation()
                    .ifPresent(operation -> find(new TabKey("log", sandbox.id() + " " + operation.workflow()))
                            .map(Tab::getContent)
                            .filter(LogView.class::isInstance)
                            .map(LogView.class::cast)
                            .ifPresent(view -> view.followNew(corral.logs(), operation.logs())));
        }
        for (Tab tab : tabs.getTabs()) {
            if (tab.getUserData() instanceof TabKey key
                    && key.kind().equals("terminal")
                    && tab.getContent() instanceof TerminalPane pane) {
                boolean back =
                        running.contains(key.name()) && pane.getState().status() == TerminalPane.Status.DISCONNECTED;
                String mark = back ? "VM is back: reconnect in the tab" : null;
                tab.getGraphic().setOpacity(running.contains(key.name()) ? 1 : 0.45);
                tab.getGraphic().setAccessibleText(mark);
            }
        }
    }

    /** Changes the colours of all terminals. */
    public void setTerminalTheme(TerminalTheme newTheme) {
        theme = newTheme;
        for (Tab tab : tabs.getTabs()) {
            if (tab.getContent() instanceof TerminalPane pane) {
                pane.setTheme(newTheme);
            }
        }
    }

    /** Whether a node is a terminal. */
    public static boolean isTerminal(Node node) {
        return node instanceof TerminalPane;
    }

    /** Ends all terminals and logs. */
    public void closeAll() {
        for (Tab tab : tabs.getTabs()) {
            if (tab.getContent() instanceof TerminalPane pane) {
                pane.close();
            } else if (tab.getContent() instanceof LogView view) {
                view.close();
            }
        }
    }
}
