package dev.corral.console;

import dev.corral.console.chrome.DockFocus;
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
import dev.corral.console.dock.tabs.DockContents;
import dev.corral.console.dock.tabs.DockMemory;
import dev.corral.console.dock.tabs.GuestTabs;
import dev.corral.console.dock.tabs.TerminalTab;
import dev.corral.console.fx.Background;
import dev.corral.console.fx.FxThread;
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
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageView;
import dev.corral.console.page.Palette;
import dev.corral.console.page.Reveal;
import dev.corral.console.page.Shortcut;
import dev.corral.console.settings.PageMemory;
import dev.corral.console.settings.SavedTabs;
import dev.corral.console.settings.StateFile;
import dev.corral.console.settings.ThemeChoice;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.settings.WindowState;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.Overlay;
import dev.corral.console.work.Cleanups;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.OperationFeed;
import dev.corral.console.work.SandboxCommands;
import dev.corral.console.work.TakeBackOffer;
import dev.corral.core.app.Corral;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;
import java.util.HashMap;
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

/** The window: makes its parts, ties them together by hand, and closes them. It knows no page by name. For the FX thread. */
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
    private final Header header;
    private final Rail rail;
    private final StatusBar statusBar;
    private final Dock dock;
    private final DockContents contents;
    private final SandboxCommands commands;
    private final MachineCommands machines;
    private final TakeBackOffer takeBack;
    private final Cleanups cleanups;
    private final OperationFeed feed;
    private final Pages pages;
    private final WindowFrame frame;
    private final MessageArea messages;
    private final WindowState state;
    private final Theme theme;
    private final Quitting quitting;
    private final TerminalFocus terminalFocus;
    private final InventoryWatch watch;
    private boolean changing;
    private boolean closed;

    /** A window that can't open directories in a file manager. */
    public MainWindow(Corral corral, Stage stage, WindowOptions options) {
        this(corral, stage, options, directory -> {}, WindowPages.ALL);
    }

    /**
     * Makes the window without showing it.
     *
     * @param corral     the core; stays open when the window closes
     * @param stage      the stage to fill
     * @param options    how it opens
     * @param openFolder opens a directory in the desktop's file manager; called away from the FX thread
     * @param makers     the pages, the one first that is shown first
     */
    public MainWindow(
            Corral corral, Stage stage, WindowOptions options, Consumer<Path> openFolder, List<PageView.Maker> makers) {
        this.corral = corral;
        this.stage = stage;
        this.options = options;
        Path folder = options.stateFolder()
                .orElseGet(() -> corral.environment().userConfig().resolve("corral"));
        this.store = new StateFile<>(folder.resolve("window.json"), WindowState.class);
        this.watch = new InventoryWatch(corral);
        this.statusBar = new StatusBar(ticker, corral.environment().home());
        this.dock = new Dock(actions, this::openDock);
        this.contents = new DockContents(
                corral,
                desk,
                ticker,
                actions,
                dock,
                new DockContents.Asked(this::openLink, this::show, this::cancel, this::windowKey));
        this.commands = new SandboxCommands(
                corral,
                Threads.WINDOW,
                desk,
                new TrustStore(folder.resolve("trusted.json"), options.trustedFolders()),
                contents);
        this.terminalFocus = new TerminalFocus(TerminalTab::isTerminal, node -> inRail(node) || dock.isBar(node));
        this.machines = new MachineCommands(corral, Threads.WINDOW, desk, commands, contents);
        ticker.now().subscribe(machines.waiting()::look);
        this.cleanups = new Cleanups(corral, Threads.WINDOW, desk);
        this.feed = new OperationFeed(corral.operations(), Threads.WINDOW, desk);
        this.pages = new Pages(actions, terminalFocus::giveBack);
        this.takeBack = new TakeBackOffer(desk, machines::takeBack, id -> pages.go(new Reveal.Sandbox(id)));
        PageContext context = new PageContext(
                corral,
                actions,
                pages,
                commands,
                machines,
                cleanups,
                contents,
                ticker,
                desk,
                overlay,
                this::seen,
                openFolder,
                folder);
        makers.forEach(maker -> pages.add(maker.apply(context.forPage())));
        this.header = new Header(actions, pages.inHeader());
        this.rail = new Rail(actions, pages.shown());
        this.frame = new WindowFrame(pages, dock);
        this.messages = new MessageArea(
                desk,
                new MessageArea.Surroundings(
                        pages, pages::matters, overlay::isOpen, TerminalTab::isTerminal, pages::focusPage));
        BorderPane body = new BorderPane(
                new StackPane(frame, messages), new VBox(header, messages.offers()), null, statusBar, rail);
        StackPane root = new StackPane(body, overlay);
        root.getStyleClass().add("corral");
        this.state = store.load()
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
                new Quitting.Surroundings(stage::toFront, dock::losses, new QuitDialog(overlay)));
        terminalFocus.install(scene);
        stage.setScene(scene);
        stage.setTitle("Corral");
        stage.getIcons().addAll(AppIcon.all());
        frame.restore(stage, state);
        pages.restore(state::page);
        theme.choose(state.theme());
        new DockMemory(corral, desk, dock, new StateFile<>(folder.resolve("dock.json"), SavedTabs.class)).begin();
        handle();
        new KeyDispatch(actions, GuestTabs::hasKeysOfItsOwn, pages::rowKeysWorkAt).install(scene);
    }

    private void handle() {
        actions.handle(Action.PALETTE, new Palette(actions, overlay, pages::places)::open);
        actions.handle(Action.KEYS, new KeyMap(actions, overlay)::open);
        actions.handle(Action.THEME_SYSTEM, () -> chooseTheme(ThemeChoice.SYSTEM));
        actions.handle(Action.THEME_LIGHT, () -> chooseTheme(ThemeChoice.LIGHT));
        actions.handle(Action.THEME_DARK, () -> chooseTheme(ThemeChoice.DARK));
        actions.handle(Action.QUIT, quitting::ask);
        actions.handle(Action.FILTER, () -> pages.shown().get().focusFilter());
        actions.handle(Action.REFRESH, commands::refresh);
        new DockFocus(frame, pages, dock, terminalFocus).install(actions);
        desk.activities().addListener((ListChangeListener<Activity>) change -> setPace());
        stage.setOnCloseRequest(event -> {
            event.consume();
            quitting.ask();
        });
        quitting.whenReady(this::leave);
        quitting.pagesDo(pages::underWay);
    }

    /** Says what opens web addresses of this machine; without it they can be copied. */
    public void browseWith(Consumer<String> browser) {
        contents.browseWith(browser);
    }

    /** Opens a task file or folder. */
    public void open(Path taskFile) {
        open(new Reveal.TaskFile(taskFile));
    }

    /** Goes to what the window is opened with. */
    void open(Reveal what) {
        pages.go(what);
    }

    /** Plays a recording of a terminal. */
    public void openRecording(Path file) {
        contents.openRecording(file);
    }

    /** Shows the window and begins to watch. */
    public void show() {
        stage.show();
        pages.shown().get().focus().requestFocus();
        watch.begin(pages::prepare, this::update, failure -> {
            desk.tell(Notice.of(Problem.of(failure)).about(WATCH));
            pages.failed(Problem.of(failure));
        });
        Background.run(
                "vagrant-version", corral::vagrantVersion, version -> header.showVagrant(version, ""), failure -> {
                    Problem problem = Problem.of(failure);
                    header.showVagrant("no Vagrant", problem.sentence());
                    desk.tell(Notice.of(problem));
                });
        FxThread.later(options.shown());
    }

    // The pages show it already.
    private void update(Inventory inventory) {
        changing = inventory.sandboxes().stream().anyMatch(view -> view.state().changing());
        setPace();
        header.update(inventory);
        statusBar.update(inventory);
        commands.inventoryChanged(inventory);
        machines.waiting().inventoryChanged(inventory);
        dock.inventoryChanged(inventory);
        desk.settle(WATCH);
        desk.inventoryChanged(inventory);
        messages.lookAgain();
        quitting.inventoryChanged(inventory);
        takeBack.inventoryChanged(inventory);
    }

    // Pages report while the window is being made, too.
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
        contents.themed(dark);
    }

    private void chooseTheme(ThemeChoice choice) {
        theme.choose(choice);
        rail.showTheme(choice);
        save();
    }

    private void openDock(boolean wanted) {
        frame.openDock(wanted);
    }

    private boolean inRail(Node node) {
        return node.getParent() == rail;
    }

    private void openLink(String address) {
        desk.tell(Notice.news(
                "The guest shows a link: " + address, new Notice.Remedy("Copy link", () -> Clipboards.copy(address))));
    }

    private void show(Activity activity) {
        if (activity.kind().cleansUp()) {
            pages.go(new Reveal.Cleanup());
        } else if (!activity.sandbox().isEmpty()) {
            pages.go(new Reveal.Sandbox(activity.sandbox()));
        }
    }

    private void cancel(Activity activity) {
        if (machines.waiting().cancel(activity.id())) {
            return;
        }
        if (activity.sandbox().isEmpty()) {
            feed.cancel(activity.id());
        } else {
            commands.cancel(activity.sandbox());
        }
    }

    private boolean windowKey(KeyEvent event) {
        return actions.all().stream()
                .flatMap(command -> command.shortcuts().stream())
                .filter(Shortcut::everywhere)
                .anyMatch(shortcut ->
                        shortcut.combination().map(keys -> keys.match(event)).orElse(false));
    }

    // What pages remember that this window does not have stays in the file.
    private WindowState stateNow() {
        Map<String, PageMemory> memories = new HashMap<>(state.pages());
        memories.putAll(pages.memories());
        return frame.state(stage, theme.choice(), memories);
    }

    private void save() {
        WindowState now = stateNow();
        Background.run(
                "window-state",
                () -> {
                    store.save(now);
                    return true;
                },
                saved -> {},
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    private void leave() {
        store.save(stateNow());
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
        pages.close();
        dock.closeAll();
        watch.close();
    }

    /** The sandboxes that would be asked about when the window closes. */
    List<SandboxView> ownLive() {
        return quitting.ownLive();
    }
}
