package dev.corral.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.recording.CastEvent;
import dev.corral.core.recording.CastHeader;
import dev.corral.core.recording.CastLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A recording that is played: its places, its keys, and the search in it. */
@Tag("unit")
@Timeout(120)
@ExtendWith(ApplicationExtension.class)
class ReplayViewTest {
    @TempDir
    static Path temp;

    private Stage stage;

    @Start
    void open(Stage given) {
        stage = given;
        stage.setScene(new Scene(new StackPane(), 900, 600));
        stage.show();
    }

    private void play(FxRobot robot, Path file) {
        robot.interact(() -> {
            ReplayView view = new ReplayView(file, true);
            stage.getScene().setRoot(view);
            view.requestFocus();
        });
    }

    private static void until(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean)
                    .get());
        } catch (TimeoutException e) {
            throw new AssertionError("waited in vain", e);
        }
    }

    private Node node(String query) {
        return stage.getScene().lookup(query);
    }

    private static Path recording() throws Exception {
        StringBuilder text =
                new StringBuilder(CastHeader.of(80, 24, Instant.now(), "x", CastHeader.About.NOTHING)
                                .line() + "\n");
        for (int minute = 0; minute < 60; minute++) {
            CastLines.append(
                    text,
                    new CastEvent(
                            minute * 60_000_000L,
                            CastEvent.OUTPUT,
                            "a@b:~$ echo " + minute + "\r\n" + minute + "\r\n"));
        }
        CastLines.append(text, new CastEvent(3_590_000_000L, CastEvent.MARKER, "note: nearly"));
        return Files.writeString(temp.resolve("hour.cast"), text);
    }

    @Test
    void itIsPlayedByKeysAndSearched(FxRobot robot) throws Exception {
        Path file = recording();
        play(robot, file);
        until(() -> label("#replay-places-head").equals("61 commands and notes"));
        assertThat(WaitForAsyncUtils.waitForAsyncFx(10_000, () -> label("#replay-time")))
                .isEqualTo("0:00:00 / 0:59:50");
        until(() -> stage.getScene().getFocusOwner() == node("#replay-screen"));
        key(robot, KeyCode.N);
        key(robot, KeyCode.N);
        until(() -> label("#replay-time").startsWith("0:02:00"));
        key(robot, KeyCode.RIGHT);
        until(() -> label("#replay-time").startsWith("0:02:05"));
        key(robot, KeyCode.I);
        key(robot, KeyCode.SPACE);
        until(() -> slider().getValue() >= 180);
        key(robot, KeyCode.SPACE);
        key(robot, KeyCode.END);
        until(() -> label("#replay-time").startsWith("0:59:50"));
        TextField search = (TextField) WaitForAsyncUtils.waitForAsyncFx(10_000, () -> node("#replay-search"));
        robot.interact(() -> {
            search.setText("echo 17");
            search.fireEvent(new ActionEvent());
        });
        until(() -> label("#replay-places-head").equals("Shown once")
                && label("#replay-time").startsWith("0:17:00"));
        robot.interact(search::clear);
        until(() -> ((ListView<?>) node("#replay-places")).getItems().size() == 61);
        // In a pause, which is skipped: its end is shown.
        robot.interact(() -> slider().setValue(2000));
        until(() -> label("#replay-time").startsWith("0:34:00"));
        robot.interact(() -> ((ReplayView) stage.getScene().getRoot()).close());
    }

    @Test
    void whatIsNoRecordingIsSaid(FxRobot robot) throws Exception {
        Path file = Files.writeString(temp.resolve("none.cast"), "nothing\n");
        play(robot, file);
        until(() -> stage.getScene().getRoot().lookupAll(".empty-title").stream()
                .anyMatch(title -> ((Label) title).getText().equals("none.cast is no recording of a terminal.")));
    }

    private Slider slider() {
        return (Slider) node("#replay-seek");
    }

    private String label(String id) {
        return stage.getScene().lookup(id) instanceof Label label ? label.getText() : "";
    }

    // Not by the keyboard: a key that is held for a moment on a busy machine comes several times.
    private void key(FxRobot robot, KeyCode code) {
        robot.interact(() -> node("#replay-screen")
                .fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
    }
}
