package dev.corral.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.TerminalUse;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What is typed while a terminal connects, and the question before it closes, over a far side that the test holds in its hands. */
@Tag("unit")
@Timeout(60)
@ExtendWith(ApplicationExtension.class)
class TypeAheadTest {
    private final Semaphore gate = new Semaphore(0);
    private volatile boolean refuse;
    private volatile Held far;
    private TerminalPane pane;
    private int closed;

    @Start
    void show(Stage stage) {
        Application.setUserAgentStylesheet(new PrimerDark().getUserAgentStylesheet());
        pane = new TerminalPane(
                (columns, rows) -> {
                    gate.acquire();
                    if (refuse) {
                        throw ExpectedFailure.failed("Nothing answers.", "Start the VM.");
                    }
                    far = new Held();
                    return far;
                },
                TerminalTheme.DARK);
        stage.setScene(new Scene(new VBox(new ListView<>(), pane), 760, 500));
        stage.show();
        pane.requestFocus();
        pane.connect();
    }

    @AfterEach
    void close(FxRobot robot) {
        gate.release(10);
        robot.interact(pane::close);
    }

    @Test
    void whatIsTypedWhileConnectingIsSentInOrder(FxRobot robot) {
        robot.write("Ls -l");
        robot.type(KeyCode.BACK_SPACE, KeyCode.UP, KeyCode.ENTER)
                .press(KeyCode.CONTROL)
                .type(KeyCode.C)
                .release(KeyCode.CONTROL);
        robot.type(KeyCode.TAB, KeyCode.ESCAPE);
        robot.interact(() -> pane.type("é\n"));
        until(() -> pane.getState().message().contains("sent then"));
        gate.release();
        until(() -> pane.getState().status() == TerminalPane.Status.CONNECTED);
        robot.write("x");
        until(() -> far.typed().equals("Ls -l\u007f\u001b[A\r\u0003\t\u001bé\nx"));
    }

    @Test
    void afterReconnectTheTerminalHasTheFocusAndWhatWasTyped(FxRobot robot) {
        gate.release();
        until(() -> pane.getState().status() == TerminalPane.Status.CONNECTED);
        far.close();
        until(() -> pane.getState().status() == TerminalPane.Status.DISCONNECTED);
        robot.clickOn("Reconnect");
        robot.write("destroy");
        gate.release();
        until(() -> far != null && far.typed().equals("destroy"));
        assertThat(hasFocus()).isTrue();
    }

    @Test
    void nothingOfAFailedConnectionIsSentLater(FxRobot robot) {
        refuse = true;
        robot.write("rm");
        gate.release();
        until(() -> pane.getState().status() == TerminalPane.Status.DISCONNECTED);
        refuse = false;
        robot.type(KeyCode.ENTER);
        robot.write("ls");
        gate.release();
        until(() -> far != null && far.typed().equals("ls"));
    }

    @Test
    void halfOfAPasteIsNotKept(FxRobot robot) {
        robot.interact(() -> {
            pane.type("a".repeat(TypeAhead.MOST_BYTES - 2));
            pane.type("rm -rf /a/b");
            pane.type("\n");
        });
        until(() -> pane.getState().message().contains("No more is kept"));
        gate.release();
        until(() -> far != null && far.typed().length() == TypeAhead.MOST_BYTES - 2);
        assertThat(far.typed()).doesNotContain("\n");
    }

    @Test
    void asksBeforeItClosesWhileSomethingRuns(FxRobot robot) {
        gate.release();
        until(() -> pane.getState().status() == TerminalPane.Status.CONNECTED);
        far.use = new TerminalUse(TerminalUse.Kind.BUSY, "v\u001b]0;x\u202eim");
        robot.interact(this::askToClose);
        until(() -> robot.lookup("#terminal-keep-open")
                .tryQuery()
                .map(node -> node.isFocused())
                .orElse(false));
        assertThat(((Labeled) robot.lookup(".terminal-close-question .label").query()).getText())
                .isEqualTo("v]0;xim runs in this terminal. Closing the terminal ends it.");
        robot.type(KeyCode.ENTER);
        until(() -> robot.lookup(".terminal-close-question").tryQuery().isEmpty() && hasFocus());
        assertThat(far.ended).isFalse();

        far.use = TerminalUse.UNKNOWN;
        robot.interact(this::askToClose);
        until(() -> robot.lookup("#terminal-keep-open").tryQuery().isPresent());
        robot.type(KeyCode.ESCAPE);
        until(() -> robot.lookup(".terminal-close-question").tryQuery().isEmpty());
        robot.interact(this::askToClose);
        until(() -> robot.lookup("#terminal-close").tryQuery().isPresent());
        robot.interact(() -> ((Button) robot.lookup("#terminal-close").query()).fire());
        until(() -> closed == 1 && far.ended);
    }

    @Test
    void closesAtOnceWhenNothingRunsOrNothingIsThere(FxRobot robot) {
        robot.interact(this::askToClose);
        assertThat(closed).as("still connecting").isEqualTo(1);
        assertThat(pane.getState().status()).isEqualTo(TerminalPane.Status.CLOSED);
        gate.release();
        until(() -> far != null && far.ended);
    }

    @Test
    void theQuestionGoesWhenTheShellEnds(FxRobot robot) {
        gate.release();
        until(() -> pane.getState().status() == TerminalPane.Status.CONNECTED);
        far.use = new TerminalUse(TerminalUse.Kind.BUSY, "");
        robot.interact(this::askToClose);
        until(() -> robot.lookup(".terminal-close-question").tryQuery().isPresent());
        far.close();
        until(() -> robot.lookup(".terminal-close-question").tryQuery().isEmpty()
                && robot.lookup("Reconnect").tryQuery().isPresent());
        assertThat(hasFocus()).isTrue();
    }

    private void askToClose() {
        pane.askToClose(() -> {}, () -> closed++);
    }

    private boolean hasFocus() {
        var owner = pane.getScene().getFocusOwner();
        while (owner != null && owner != pane) {
            owner = owner.getParent();
        }
        return owner == pane && !(pane.getScene().getFocusOwner() instanceof Button);
    }

    private static void until(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(15, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean)
                    .get());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("waited in vain", e);
        }
    }

    private static final class Held implements TerminalConnector {
        private final PipedOutputStream shows = new PipedOutputStream();
        private final PipedInputStream output;
        private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
        private volatile TerminalUse use = TerminalUse.IDLE;
        private volatile boolean ended;

        Held() throws java.io.IOException {
            output = new PipedInputStream(shows);
        }

        String typed() {
            return typed.toString(StandardCharsets.UTF_8);
        }

        @Override
        public InputStream output() {
            return output;
        }

        @Override
        public OutputStream input() {
            return typed;
        }

        @Override
        public void resize(int columns, int rows) {
            assertThat(columns).isPositive();
        }

        @Override
        public boolean isConnected() {
            return !ended;
        }

        @Override
        public String ending() {
            return "Ended.";
        }

        @Override
        public TerminalUse use() {
            return use;
        }

        @Override
        public void close() {
            ended = true;
            try {
                shows.close();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
