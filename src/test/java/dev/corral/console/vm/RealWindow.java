package dev.corral.console.vm;

import dev.corral.console.MainWindow;
import dev.corral.console.WindowOptions;
import dev.corral.console.sandboxes.Row;
import dev.corral.console.terminal.TerminalPane;
import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * The real window over the real core. Everything that is asked of it goes through pointer and keys; what it shows is read
 * from its scene.
 */
final class RealWindow implements AutoCloseable {
    /** How long something may take that only the window does. */
    static final Duration SOON = Duration.ofSeconds(20);
    /** How long a start may take on a machine that is busy with other VMs. */
    static final Duration START = Duration.ofSeconds(150);

    private static final double ROW_PX = 32;

    private final FxRobot robot = new FxRobot();
    private final Set<String> everSeen = ConcurrentHashMap.newKeySet();
    private final LocalCorral corral;
    private Stage stage;
    private MainWindow window;

    /**
     * Opens a window in a size.
     *
     * @param corral    the core; closed with the window
     * @param folder    where the window keeps its settings
     * @param width     the window's width in pixels
     * @param height    the window's height in pixels
     * @param taskFiles what it shows
     */
    static RealWindow open(LocalCorral corral, Path folder, int width, int height, Path... taskFiles)
            throws IOException, TimeoutException {
        RealWindow made = new RealWindow(corral);
        Files.writeString(
                Files.createDirectories(folder).resolve("window.json"),
                String.format(
                        Locale.ROOT,
                        "{\"x\":0,\"y\":0,\"width\":%d,\"height\":%d,\"theme\":\"DARK\",\"details\":0.66,\"dock\":0.56}",
                        width,
                        height));
        List<Path> trusted =
                Stream.of(taskFiles).map(Path::getParent).distinct().toList();
        FxToolkit.registerPrimaryStage();
        FxToolkit.setupFixture(() -> {
            Platform.setImplicitExit(false);
            made.stage = new Stage();
            made.window = new MainWindow(corral, made.stage, new WindowOptions(trusted, Optional.of(folder), () -> {}));
            Stream.of(taskFiles).forEach(made.window::open);
            made.window.show();
            made.stage.toFront();
        });
        return made;
    }

    /** The core as this process's variables say, with others on top; an empty one is taken away. */
    static LocalCorral core(Map<String, String> changed) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.remove("INSPECT_SANDBOX_CACHE_SUFFIX");
        variables.putAll(changed);
        variables.values().removeIf(String::isEmpty);
        return LocalCorral.open(new Environment(variables), Owner.Kind.CONSOLE);
    }

    private RealWindow(LocalCorral corral) {
        this.corral = corral;
        corral.inventory().subscribe(inventory -> inventory.sandboxes().forEach(view -> everSeen.add(view.id())));
    }

    FxRobot robot() {
        return robot;
    }

    Stage stage() {
        return stage;
    }

    /** The key of a sample's row. */
    static String sample(Path file, String task, String id) {
        return "sample:" + task + "|" + file + "|" + id;
    }

    static <T> T onFx(Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, question);
    }

    /** Waits until a condition holds, asked on the FX thread; in vain, it tells what the window shows. */
    void until(String what, Duration limit, Callable<Boolean> condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!onFx(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited " + limit.toSeconds() + " s in vain: " + what + "\n" + shown());
            }
            // Guests are emulated on the same processors: asking all the time would make them slower.
            WaitForAsyncUtils.sleep(100, TimeUnit.MILLISECONDS);
        }
    }

    private String shown() {
        List<String> lines = new ArrayList<>();
        onFx(() -> {
            rows(tree().getRoot()).forEach(item -> lines.add(item.getValue().spoken()));
            stage.getScene()
                    .getRoot()
                    .lookupAll(".message-card .label")
                    .forEach(label -> lines.add("message: " + ((Label) label).getText()));
            tabs().getTabs().forEach(tab -> lines.add("tab: " + tab.getText()));
            lines.add("focus: " + stage.getScene().getFocusOwner());
            return null;
        });
        terminal().ifPresent(pane -> lines.add(pane.getState() + "\n" + pane.screenText()));
        return String.join("\n", lines);
    }

    @SuppressWarnings("unchecked")
    private TreeTableView<Row> tree() {
        return (TreeTableView<Row>) stage.getScene().lookup("#sandbox-tree");
    }

    private static List<TreeItem<Row>> rows(TreeItem<Row> item) {
        List<TreeItem<Row>> all = new ArrayList<>();
        if (item.getValue() != null) {
            all.add(item);
        }
        item.getChildren().forEach(child -> all.addAll(rows(child)));
        return all;
    }

    private Optional<TreeItem<Row>> item(String key) {
        return rows(tree().getRoot()).stream()
                .filter(item -> item.getValue().key().equals(key))
                .findFirst();
    }

    /** A row by its key. For the FX thread. */
    Optional<Row> row(String key) {
        return item(key).map(TreeItem::getValue);
    }

    /** The rows of VMs below a row. For the FX thread. */
    List<Row> below(String key) {
        return item(key)
                .map(item -> item.getChildren().stream().map(TreeItem::getValue).toList())
                .orElse(List.of());
    }

    /** The only sandbox of a row. */
    SandboxView sandbox(String key) {
        return onFx(() -> row(key).orElseThrow().subject().sandbox().orElseThrow());
    }

    /** Clicks on a row. */
    void click(String key) {
        until("there is a row " + key, SOON, () -> item(key).isPresent());
        robot.interact(() -> {
            TreeItem<Row> item = item(key).orElseThrow();
            for (TreeItem<Row> above = item.getParent(); above != null; above = above.getParent()) {
                above.setExpanded(true);
            }
        });
        robot.clickOn(place("the row's name", key, ".row-title"));
        until(
                "the row is chosen: " + key,
                SOON,
                () -> item(key).orElseThrow() == tree().getSelectionModel().getSelectedItem());
    }

    /** Clicks on the button that a chosen row shows. */
    void clickButton(String key) {
        robot.clickOn(place("the row's button", key, ".row-action"));
    }

    // Rows move to other cells while the table is laid out, so places are told instead of nodes.
    private Point2D place(String what, String key, String query) {
        Point2D[] found = new Point2D[1];
        until(what + " is on the screen: " + key, SOON, () -> {
            Optional<Bounds> bounds = tree().lookupAll(".tree-table-cell").stream()
                    .filter(node -> onScreen(node)
                            && node instanceof TreeTableCell<?, ?> cell
                            && cell.getItem() instanceof Row row
                            && row.key().equals(key))
                    .map(node -> node.lookup(query))
                    .filter(node -> node != null && node.isVisible())
                    .map(node -> node.localToScreen(node.getBoundsInLocal()))
                    .findFirst();
            Bounds list = tree().localToScreen(tree().getBoundsInLocal());
            if (bounds.isEmpty()
                    || bounds.get().getMinY() < list.getMinY() + ROW_PX
                    || bounds.get().getMaxY() > list.getMaxY()) {
                tree().scrollTo(Math.max(0, tree().getRow(item(key).orElseThrow()) - 2));
                return false;
            }
            found[0] = new Point2D(bounds.get().getCenterX(), bounds.get().getCenterY());
            return true;
        });
        return found[0];
    }

    // The table keeps rows at hand that it does not show.
    private boolean onScreen(Node node) {
        Node at = node;
        while (at != null && at != tree() && at.isVisible()) {
            at = at.getParent();
        }
        return at == tree();
    }

    void press(KeyCode... codes) {
        KeyCode[] backwards = List.of(codes).reversed().toArray(KeyCode[]::new);
        robot.press(codes).release(backwards);
    }

    /** Closes the messages that lie over the list, one after the other. */
    void closeMessages() {
        until("no message lies over the list", SOON, () -> {
            Optional<Node> close = stage.getScene().getRoot().lookupAll(".message-card .icon-button").stream()
                    .findFirst();
            close.ifPresent(button -> ((Button) button).fire());
            return close.isEmpty();
        });
    }

    private TabPane tabs() {
        return (TabPane) stage.getScene().lookup("#dock .tab-pane");
    }

    /** The terminal that the dock shows now. */
    Optional<TerminalPane> terminal() {
        return onFx(() -> Optional.ofNullable(tabs().getSelectionModel().getSelectedItem())
                .map(Tab::getContent)
                .filter(TerminalPane.class::isInstance)
                .map(TerminalPane.class::cast));
    }

    /** Waits for a connected terminal with the focus and a prompt. */
    TerminalPane awaitTerminal(Duration limit) {
        until(
                "a terminal is open",
                limit,
                () -> tabs().getSelectionModel().getSelectedItem().getContent() instanceof TerminalPane pane
                        && pane.getState().status() == TerminalPane.Status.CONNECTED
                        && pane.screenText().strip().endsWith("$"));
        return terminal().orElseThrow();
    }

    Node node(String query) {
        return onFx(() -> stage.getScene().lookup(query));
    }

    /** The text of the node that a query finds; empty while there is none or it is hidden. */
    String text(String query) {
        return onFx(() -> switch (stage.getScene().lookup(query)) {
            case Label label when label.isVisible() -> label.getText();
            case TextInputControl input when input.isVisible() -> input.getText();
            case null, default -> "";
        });
    }

    /** Gives the window another size. */
    void resize(double width, double height) {
        robot.interact(() -> {
            stage.setWidth(width);
            stage.setHeight(height);
        });
    }

    /** The domains of libvirt that belong to any sandbox this window has ever shown. */
    Set<String> domains() {
        Set<String> own = new TreeSet<>();
        for (String name : Virsh.domains()) {
            if (everSeen.stream().anyMatch(name::contains)) {
                own.add(name);
            }
        }
        return own;
    }

    /** Destroys what is left, closes window and core. Returns the domains that a proper destroy left. */
    Set<String> closeAndClean() {
        Set<String> kept = new TreeSet<>();
        for (SandboxView view : corral.inventory().refresh().sandboxes()) {
            everSeen.add(view.id());
            destroy(view.id()).ifPresent(kept::add);
        }
        Set<String> left = domains();
        left.forEach(Virsh::remove);
        close();
        left.addAll(kept);
        return left;
    }

    // Another operation, a snapshot for example, may be at work on it still; that is waited for. Returns why it is
    // still there.
    private Optional<String> destroy(String id) {
        Instant until = Instant.now().plus(START);
        while (true) {
            try {
                corral.operations()
                        .destroy(id)
                        .done()
                        .copy()
                        .orTimeout(START.toSeconds(), TimeUnit.SECONDS)
                        .join();
                return Optional.empty();
            } catch (CompletionException | CancellationException | ExpectedFailure e) {
                if (Instant.now().isAfter(until)) {
                    return Optional.of(
                            id + ": " + Optional.ofNullable(e.getCause()).orElse(e));
                }
            }
            if (corral.inventory().refresh().sandboxes().stream()
                    .noneMatch(view -> view.id().equals(id))) {
                return Optional.empty();
            }
            robot.sleep(500);
        }
    }

    @Override
    public void close() {
        robot.interact(() -> {
            window.close();
            stage.setOnCloseRequest(null);
            stage.close();
        });
        corral.close();
    }
}
