package dev.corral.console;

import dev.corral.console.chrome.Header;
import dev.corral.console.chrome.Pages;
import dev.corral.console.chrome.QuitDialog;
import dev.corral.console.chrome.Quitting;
import dev.corral.console.chrome.Rail;
import dev.corral.console.chrome.StatusBar;
import dev.corral.console.chrome.Theme;
import dev.corral.console.chrome.WindowFrame;
import dev.corral.console.dock.Dock;
import dev.corral.console.dock.TerminalFocus;
import dev.corral.console.fx.Background;
import dev.corral.console.fx.FxThread;
import dev.corral.console.fx.LatestValue;
import dev.corral.console.fx.Threads;
import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageArea;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.UncaughtNotices;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.page.KeyDispatch;
import dev.corral.console.page.KeyMap;
import dev.corral.console.page.Page;
import dev.corral.console.page.Palette;
import dev.corral.console.page.Shortcut;
import dev.corral.console.sandboxes.SandboxesPage;
import dev.corral.console.sandboxes.StartDialog;
import dev.corral.console.sandboxes.files.OpenTaskFiles;
import dev.corral.console.settings.OpenedFiles;
import dev.corral.console.settings.StateFile;
import dev.corral.console.settings.ThemeChoice;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.settings.WindowState;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.Overlay;
import dev.corral.console.strays.StraysPage;
import dev.corral.console.strays.StraysView;
import dev.corral.console.terminal.TerminalTheme;
import dev.corral.console.work.Cleanups;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.OperationFeed;
import dev.corral.console.work.SandboxCommands;
import dev.corral.console.work.TakeBackOffer;
import dev.corral.core.app.Corral;
import dev.corral.core.base.Subscription;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The window: makes its parts, ties them together by hand, and closes them. For the FX thread. */
public final class MainWindow {
    private static final String WATCH = "watch";

    private final Corral corral;
    private final Stage stage;
    private final WindowOptions options;
    private final StateFile<WindowState> store;
    private final Ticker ticker = new Ticker();
    private final MessageCenter desk = new MessageCenter();
    private final UncaughtNotices uncaught = UncaughtNotices.install(desk::tell);
    private final Actions actions = new Actions();
    private final Overlay overlay = new Overlay();
    private final Header header = new Header(actions);
    private final Rail rail = new Rail(actions);
    private final StatusBar statusBar;
    private final Dock dock;
    private final SandboxCommands commands;
    private final MachineCommands machines;
    private final TakeBackOffer takeBack;
    private final Cleanups cleanups;
    private final OperationFeed feed;
    private final SandboxesPage page;
    private final StraysPage strays;
    private final Pages pages;
    private final WindowFrame frame;
    private final MessageArea messages;
    private final OpenTaskFiles taskFiles;
    private final Theme theme;
    private final Quitting quitting;
    private final TerminalFocus terminalFocus;
    private @Nullable Subscription subscription;
    private boolean changing;
    private boolean closed;

    /** An inventory and what is made of it away from the FX thread. */
    private record Seen(Inventory inventory, StraysView strays) {}

    /** A window that can't open directories in a file manager. */
    public MainWindow(Corral corral, Stage stage, WindowOptions options) {
        this(corral, stage, options, directory -> {});
    }

    /**
     * Makes the window without showing it.
     *
     * @param corral     the core; stays open when the window closes
     * @param stage      the stage to fill
     * @param options    how it opens
     * @param openFolder opens a directory in the desktop's file manager; called away from the FX thread
     */
    public MainWindow(Corral corral, Stage stage, WindowOptions options, Consumer<Path> openFolder) {
        this.corral = corral;
        this.stage = stage;
        this.options = options;
        Path home = corral.environment().home();
        Path folder = options.stateFolder()
                .orElseGet(() -> corral.environment().userConfig().resolve("corral"));
        this.store = new StateFile<>(folder.resolve("window.json"), WindowState.class);
        this.statusBar = new StatusBar(ticker, home);
        this.dock = new Dock(
                corral,
                desk,
                ticker,
                actions,
                new Dock.Window(this::openDock, this::openLink, this::show, this::cancel, MainWindow::windowKey));
        this.commands = new SandboxCommands(
                corral,
                Threads.WINDOW,
                desk,
                new TrustStore(folder.resolve("trusted.json"), options.trustedFolders()),
                dock);
        this.terminalFocus = new TerminalFocus(Dock::isTerminal, node -> node.getParent() == rail || dock.isBar(node));
        this.machines = new MachineCommands(corral, Threads.WINDOW, desk, commands, dock);
        this.takeBack = new TakeBackOffer(desk, machines::takeBack, this::showSandbox);
        this.cleanups = new Cleanups(corral, Threads.WINDOW, desk);
        this.feed = new OperationFeed(corral.operations(), desk);
        this.page = new SandboxesPage(new SandboxesPage.Parts(
                actions,
                commands,
                machines,
                dock,
                ticker,
                corral.taskFiles(),
                desk::tell,
                this::seen,
                this::showInStrays,
                home));
        this.strays = new StraysPage(new StraysPage.Parts(
                actions, commands, cleanups, ticker, desk::tell, this::showSandbox, openFolder, home));
        this.pages = new Pages(
                Map.of(Page.SANDBOXES, page, Page.STRAYS, strays),
                Map.of(Page.SANDBOXES, page.list(), Page.STRAYS, strays.list()),
                actions,
                rail,
                terminalFocus::giveBack);
        this.frame = new WindowFrame(pages, page.split(), dock);
        this.messages = new MessageArea(
                desk,
                new MessageArea.Surroundings(
                        pages, pages::matters, overlay::isOpen, Dock::isTerminal, pages::focusPage));
        BorderPane body = new BorderPane(
                new StackPane(frame, messages), new VBox(header, messages.offers()), null, statusBar, rail);
        StackPane root = new StackPane(body, overlay);
        root.getStyleClass().add("corral");
        WindowState state = store.load()
                .map(saved -> saved.on(WindowFrame.screens()))
                .orElseGet(() -> WindowState.first(WindowFrame.screens().getFirst()));
        Scene scene = new Scene(root, state.width(), state.height());
        this.theme = new Theme(scene, this::themed);
        this.quitting = new Quitting(
                corral,
                Threads.WINDOW,
                desk,
                commands,
                cleanups,
                new Quitting.Surroundings(stage::toFront, dock::programs, new QuitDialog(overlay)));
        terminalFocus.install(scene);
        stage.setScene(scene);
        stage.setTitle("Corral");
        stage.getIcons().addAll(AppIcon.all());
        frame.restore(stage, state);
        theme.choose(state.theme());
        this.taskFiles = new OpenTaskFiles(
                page, desk, overlay, new StateFile<>(folder.resolve("task-files.json"), OpenedFiles.class), home);
        handle();
        new KeyDispatch(actions, Dock::isTerminal, node -> page.rowKeysWorkAt(node) || strays.rowKeysWorkAt(node))
                .install(scene);
    }

    private void handle() {
        Palette palette = new Palette(actions, overlay, page::places);
        KeyMap keyMap = new KeyMap(actions, overlay);
        StartDialog startDialog = new StartDialog(
                overlay,
                corral.environment().home(),
                (request, title) -> commands.start(request, title, this::showSandbox));
        actions.handle(Action.PALETTE, palette::open);
        actions.handle(Action.KEYS, keyMap::open);
        actions.handle(Action.START_SANDBOX, () -> startDialog.open(page.startables()));
        actions.handle(Action.OPEN_TASK_FILE, taskFiles::ask);
        actions.handle(Action.THEME_SYSTEM, () -> chooseTheme(ThemeChoice.SYSTEM));
        actions.handle(Action.THEME_LIGHT, () -> chooseTheme(ThemeChoice.LIGHT));
        actions.handle(Action.THEME_DARK, () -> chooseTheme(ThemeChoice.DARK));
        actions.handle(Action.QUIT, quitting::ask);
        actions.handle(Action.TOGGLE_DOCK, this::toggleDock);
        actions.handle(Action.MAXIMISE_DOCK, () -> {
            frame.maximiseDock();
            terminalFocus.giveBack();
        });
        actions.handle(Action.FILTER, () -> {
            if (pages.shown() == Page.STRAYS) {
                strays.focusFilter();
            } else {
                page.focusFilter();
            }
        });
        desk.activities().addListener((ListChangeListener<Activity>) change -> setPace());
        actions.handle(Action.SWITCH_FOCUS, this::switchFocus);
        stage.setOnCloseRequest(event -> {
            event.consume();
            quitting.ask();
        });
        quitting.whenReady(this::leave);
    }

    /** Opens a task file or folder. */
    public void open(Path taskFile) {
        taskFiles.open(taskFile);
    }

    /** Shows the page of strays. */
    void showStrays() {
        pages.show(Page.STRAYS);
    }

    /** Shows the window and begins to watch. */
    public void show() {
        stage.show();
        page.list().requestFocus();
        LatestValue<Seen> hop = new LatestValue<>(this::update);
        Background.run(
                "watch",
                () -> corral.inventory()
                        .subscribe(seen -> hop.accept(new Seen(seen, StraysView.of(seen, corral.cleanup())))),
                made -> {
                    subscription = made;
                    if (closed) {
                        made.close();
                    }
                },
                failure -> {
                    desk.tell(Notice.of(Problem.of(failure)).about(WATCH));
                    strays.failed(Problem.of(failure));
                });
        Background.run(
                "vagrant-version", corral::vagrantVersion, version -> header.showVagrant(version, ""), failure -> {
                    Problem problem = Problem.of(failure);
                    header.showVagrant("no Vagrant", problem.sentence());
                    desk.tell(Notice.of(problem));
                });
        FxThread.later(options.shown());
    }

    private void update(Seen seen) {
        Inventory inventory = seen.inventory();
        changing = inventory.sandboxes().stream().anyMatch(view -> view.state().changing());
        setPace();
        header.update(inventory, seen.strays());
        statusBar.update(inventory);
        commands.inventoryChanged(inventory);
        dock.inventoryChanged(inventory);
        page.update(inventory);
        strays.update(seen.strays());
        desk.settle(WATCH);
        desk.inventoryChanged(inventory);
        messages.lookAgain();
        quitting.inventoryChanged(inventory);
        takeBack.inventoryChanged(inventory);
    }

    // The page reports while the window is being made, too.
    private void seen(Set<String> shown) {
        desk.onScreen(shown);
        if (messages != null) {
            messages.lookAgain();
        }
    }

    private void setPace() {
        ticker.setFast(changing || desk.runningCount() > 0);
    }

    private void themed(boolean dark) {
        dock.setTerminalTheme(dark ? TerminalTheme.DARK : TerminalTheme.LIGHT);
    }

    private void chooseTheme(ThemeChoice choice) {
        theme.choose(choice);
        rail.showTheme(choice);
        save();
    }

    private void openDock(boolean wanted) {
        frame.openDock(wanted);
    }

    // Folded, a terminal that can't be seen must not get the keys; unfolded, it goes on as before.
    private void toggleDock() {
        boolean opens = !frame.dockOpen();
        openDock(opens);
        if (opens) {
            terminalFocus.unfold();
        } else if (terminalFocus.fold()) {
            pages.focusPage();
        }
    }

    private void openLink(String address) {
        desk.tell(Notice.news(
                "The guest shows a link: " + address, new Notice.Remedy("Copy link", () -> Clipboards.copy(address))));
    }

    private void showSandbox(String id) {
        pages.show(Page.SANDBOXES);
        page.revealSandbox(id);
    }

    private void showInStrays(String id) {
        pages.show(Page.STRAYS);
        strays.revealSandbox(id);
    }

    private void show(Activity activity) {
        if (activity.kind().cleansUp()) {
            pages.show(Page.STRAYS);
        } else if (!activity.sandbox().isEmpty()) {
            showSandbox(activity.sandbox());
        }
    }

    private void cancel(Activity activity) {
        if (activity.sandbox().isEmpty()) {
            feed.cancel(activity.id());
        } else {
            commands.cancel(activity.sandbox());
        }
    }

    // F6 leads out of a terminal too.
    private void switchFocus() {
        Node focus = stage.getScene().getFocusOwner();
        boolean inDock = false;
        for (Node node = focus; node != null; node = node.getParent()) {
            inDock |= node == dock;
        }
        if (inDock) {
            pages.focusPage();
        } else {
            openDock(true);
            dock.focusContent();
        }
    }

    private static boolean windowKey(KeyEvent event) {
        return Arrays.stream(Action.values())
                .flatMap(action -> action.shortcuts().stream())
                .filter(Shortcut::everywhere)
                .anyMatch(shortcut ->
                        shortcut.combination().map(keys -> keys.match(event)).orElse(false));
    }

    private void save() {
        WindowState state = frame.state(stage, theme.choice());
        Background.run(
                "window-state",
                () -> {
                    store.save(state);
                    return true;
                },
                saved -> {},
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    private void leave() {
        store.save(frame.state(stage, theme.choice()));
        close();
        stage.setOnCloseRequest(null);
        stage.close();
    }

    /** Ends terminals, logs and watching. May be called twice. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        uncaught.close();
        feed.close();
        ticker.close();
        page.close();
        dock.closeAll();
        if (subscription != null) {
            subscription.close();
        }
    }

    /** The sandboxes that would be asked about when the window closes. */
    List<SandboxView> ownLive() {
        return quitting.ownLive();
    }
}
