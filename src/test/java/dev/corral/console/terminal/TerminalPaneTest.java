package dev.corral.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A terminal in a real window, on a shell behind a real OpenSSH server. */
@Tag("unit")
@Timeout(90)
@ExtendWith(ApplicationExtension.class)
class TerminalPaneTest {
    @TempDir
    static Path temp;

    private static LoopbackSshd sshd;
    private static GuestConnection guest;

    private final List<String> opened = new ArrayList<>();
    private TerminalPane pane;
    private StackPane root;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        guest = new GuestConnection(sshd.endpoint());
    }

    @AfterAll
    static void stopServer() {
        guest.close();
        sshd.close();
    }

    @Start
    void show(Stage stage) {
        Application.setUserAgentStylesheet(new PrimerDark().getUserAgentStylesheet());
        pane = new TerminalPane((columns, rows) -> new ShellConnector(guest.shell(columns, rows)), TerminalTheme.DARK);
        pane.setOnLink(opened::add);
        root = new StackPane(pane);
        stage.setScene(new Scene(root, 760, 420));
        stage.setX(20);
        stage.setY(20);
        stage.setWidth(760);
        stage.setHeight(420);
        stage.show();
        pane.requestFocus();
        pane.connect();
    }

    @AfterEach
    void closePane() {
        onFx(() -> {
            pane.close();
            return null;
        });
    }

    @Test
    void showsWhatIsTyped(FxRobot robot) {
        prompt();
        robot.write("echo Capital Letters $((40+2)) {a,B}");
        robot.type(KeyCode.ENTER);
        awaitText("Capital Letters 42 a B");
        assertThat(pane.screenText()).doesNotContain("^@");
    }

    @Test
    void sendsModifiedKeys(FxRobot robot) {
        prompt();
        pane.type("stty -echo -icanon -isig -iexten -ixon -icrnl; echo READY; cat -v\n");
        awaitText("READY");
        robot.press(KeyCode.CONTROL)
                .type(KeyCode.LEFT)
                .type(KeyCode.OPEN_BRACKET)
                .type(KeyCode.BACK_SLASH)
                .type(KeyCode.A)
                .release(KeyCode.CONTROL);
        robot.press(KeyCode.SHIFT)
                .type(KeyCode.TAB)
                .type(KeyCode.HOME)
                .type(KeyCode.A)
                .release(KeyCode.SHIFT);
        robot.press(KeyCode.ALT)
                .type(KeyCode.B)
                .press(KeyCode.SHIFT)
                .type(KeyCode.B)
                .release(KeyCode.SHIFT)
                .release(KeyCode.ALT);
        robot.type(KeyCode.CAPS)
                .type(KeyCode.CAPS)
                .type(KeyCode.UP)
                .type(KeyCode.F5)
                .type(KeyCode.DELETE)
                .type(KeyCode.Q);
        awaitText("^[[1;5D^[^\\^A^[[Z^[[1;2HA^[b^[B^[[A^[[15~^[[3~q");
    }

    @Test
    void followsTheWheel(FxRobot robot) {
        prompt();
        pane.type("printf '%s\\n' $(seq 1 100); echo E\"\"ND\n");
        awaitText("END");
        robot.moveTo(pane);
        robot.scroll(1, VerticalDirection.UP);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(onFx(() -> scrollBarOf().getValue()))
                .isLessThan(onFx(() -> scrollBarOf().getMax()));

        pane.type("clear; stty -echo -icanon; printf '\\033[?1000h\\033[?1006h'; echo MOUSE; cat -v\n");
        awaitText("MOUSE");
        robot.scroll(1, VerticalDirection.UP);
        awaitText("^[[<64;");
        robot.scroll(1, VerticalDirection.DOWN);
        awaitText("^[[<65;");
        assertThat(pane.screenText().split("\\^\\[\\[<", -1))
                .as("one report a notch")
                .hasSize(3);
    }

    @Test
    void copiesPastesFindsAndFollowsLinks(FxRobot robot) {
        prompt();
        pane.type(
                "printf '\\033[2J\\033[H'; echo nee\"\"dle in hay nee\"\"dle http://localhost:8000/a?b=c.; echo DO\"\"NE\n");
        awaitText("DONE");
        robot.interact(pane::clearHistory);
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.F);
        robot.write("needle");
        Label count = robot.lookup(".terminal-find-count").query();
        assertThat(count.getText()).isEqualTo("2 of 2");
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
        robot.type(KeyCode.ESCAPE);
        assertThat(robot.lookup(".terminal-find").tryQuery()).isEmpty();

        robot.doubleClickOn(robot.point(pane).atOffset(-340, -200).query());
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
        assertThat(onFx(() -> Clipboard.getSystemClipboard().getString())).isEqualTo("needle");

        onFx(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putString("echo pas\u001b[201~ted\n");
            return Clipboard.getSystemClipboard().setContent(content);
        });
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.V);
        robot.type(KeyCode.ENTER);
        awaitText("pas[201~ted");

        robot.moveTo(robot.point(pane).atOffset(-100, -200).query());
        robot.clickOn(MouseButton.PRIMARY);
        await(() -> !opened.isEmpty());
        assertThat(opened).containsExactly("http://localhost:8000/a?b=c");
    }

    @Test
    void survivesMovesAndFollowsTheSize(FxRobot robot) {
        prompt();
        TabPane tabs = new TabPane();
        onFx(() -> {
            root.getChildren().setAll(tabs);
            return tabs.getTabs().addAll(new Tab("a", pane), new Tab("b", new Label("other")));
        });
        robot.interact(() -> tabs.getSelectionModel().select(1));
        pane.type("echo while hid\"\"den\n");
        awaitText("while hidden");
        onFx(() -> {
            root.getChildren().setAll(new StackPane());
            tabs.getTabs().clear();
            return root.getChildren().setAll(pane);
        });
        robot.interact(() -> pane.getScene().getWindow().setWidth(560));
        onFx(() -> {
            pane.requestFocus();
            return null;
        });
        await(() -> !pane.isDrawing());
        pane.type("clear; sleep 0.8; stty size; echo S\"\"IZE\n");
        awaitText("SIZE");
        String[] size = pane.screenText()
                .lines()
                .filter(line -> line.matches("\\d+ \\d+"))
                .findFirst()
                .orElseThrow()
                .split(" ");
        assertThat(Integer.parseInt(size[1])).isBetween(55, 70);
        await(() -> !pane.isDrawing());
    }

    @Test
    void offersToReconnect(FxRobot robot) {
        prompt();
        pane.type("printf '\\033[?1049h\\033[?1000h'; echo full\"\" screen; exit 3\n");
        await(() -> onFx(() -> pane.getState().status()) == TerminalPane.Status.DISCONNECTED);
        awaitText("The shell has ended with exit code 3.");
        assertThat(pane.screenText()).doesNotContain("full screen");
        robot.type(KeyCode.ENTER);
        await(() -> onFx(() -> pane.getState().status()) == TerminalPane.Status.CONNECTED);
        pane.type("echo again $((1+1))\n");
        awaitText("again 2");
        pane.type("exit\n");
        await(() -> onFx(() -> pane.getState().status()) == TerminalPane.Status.DISCONNECTED);
        robot.clickOn("Reconnect");
        await(() -> onFx(() -> pane.getState().status()) == TerminalPane.Status.CONNECTED);
    }

    @Test
    void saysWhyItCannotConnect(FxRobot robot) {
        TerminalPane dead = onFx(() -> new TerminalPane(
                (columns, rows) -> {
                    throw ExpectedFailure.failed("Nothing answers.", "Start the VM.");
                },
                TerminalTheme.LIGHT));
        onFx(() -> {
            root.getChildren().setAll(dead);
            dead.connect();
            return null;
        });
        await(() -> onFx(() -> dead.getState().status()) == TerminalPane.Status.DISCONNECTED);
        assertThat(robot.lookup("Nothing answers. Start the VM.").tryQuery()).isPresent();
        assertThat(robot.lookup("Reconnect").tryQuery()).isPresent().get().matches(Node::isVisible);
        onFx(() -> {
            dead.setGone(true);
            return null;
        });
        assertThat(robot.lookup("Nothing answers. Start the VM. Its VM is gone.")
                        .tryQuery())
                .isPresent();
        assertThat(robot.lookup("Reconnect").tryQuery()).isPresent().get().matches(node -> !node.isVisible());
        onFx(() -> {
            dead.close();
            return null;
        });
    }

    @Test
    void changesItsColoursAndSizeLive(FxRobot robot) {
        prompt();
        pane.type("clear; printf '\\033[31mred \\033[1;38:2::0:160:255mblue\\033[0m plain\\n'; echo CO\"\"LOURS\n");
        awaitText("COLOURS");
        assertThat(cornerColor()).isEqualTo(TerminalTheme.DARK.background());
        onFx(() -> {
            pane.setTheme(TerminalTheme.LIGHT);
            return null;
        });
        await(() -> cornerColor().equals(TerminalTheme.LIGHT.background()));
        robot.push(KeyCode.CONTROL, KeyCode.EQUALS);
        assertThat(onFx(() -> pane.getFontSize())).isEqualTo(TerminalFonts.DEFAULT_SIZE + 1);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
        assertThat(onFx(() -> pane.getFontSize())).isEqualTo(TerminalFonts.DEFAULT_SIZE);
    }

    private javafx.scene.paint.Color cornerColor() {
        WaitForAsyncUtils.waitForFxEvents();
        WritableImage image = onFx(() -> pane.snapshot(null, null));
        return image.getPixelReader().getColor((int) image.getWidth() - 40, (int) image.getHeight() - 8);
    }

    private javafx.scene.control.ScrollBar scrollBarOf() {
        return (javafx.scene.control.ScrollBar) pane.lookup(".scroll-bar");
    }

    private void prompt() {
        await(() -> onFx(() -> pane.getState().status()) == TerminalPane.Status.CONNECTED);
        pane.type("PS1='> '; clear; echo PRO\"\"MPT\n");
        awaitText("PROMPT");
    }

    private void awaitText(String wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!pane.screenText().contains(wanted)) {
            assertThat(System.nanoTime())
                    .as("waiting for <%s> on <%s>", wanted, pane.screenText())
                    .isLessThan(end);
            sleep();
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T onFx(Callable<T> question) {
        if (Platform.isFxApplicationThread()) {
            try {
                return question.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return WaitForAsyncUtils.waitForAsyncFx(5000, question);
    }
}
