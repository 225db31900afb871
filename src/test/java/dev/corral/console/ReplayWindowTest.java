package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.recording.CastEvent;
import dev.corral.core.recording.CastHeader;
import dev.corral.core.recording.CastLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javafx.event.ActionEvent;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** A recording in the dock: its places, its keys, and the search in it. */
@Tag("unit")
@Timeout(120)
class ReplayWindowTest extends TreeOfWindow {
    @TempDir
    static Path temp;

    @Start
    void open(Stage given) throws Exception {
        open(
                new FixtureCorral("/home/ada", Samples.evals(), Samples.inventory(Instant.now())),
                "{\"x\":0,\"y\":0,\"width\":1200,\"height\":800,\"theme\":\"DARK\"}",
                List.of(),
                folder -> {});
    }

    @BeforeEach
    void waitForRows() {
        until(() -> item("sample:web_flag|" + Samples.FILE + "|sqli-02") != null);
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
        robot.interact(() -> window.openRecording(file));
        until(() -> label("#replay-places-head").equals("61 commands and notes"));
        assertThat(onFx(() -> label("#replay-time"))).isEqualTo("0:00:00 / 0:59:50");
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
        TextField search = (TextField) onFx(() -> node("#replay-search"));
        robot.interact(() -> {
            search.setText("echo 17");
            search.fireEvent(new ActionEvent());
        });
        until(() -> label("#replay-places-head").equals("Shown once")
                && label("#replay-time").startsWith("0:17:00"));
        robot.interact(search::clear);
        until(() -> ((ListView<?>) node("#replay-places")).getItems().size() == 61);
        robot.interact(() -> slider().setValue(1000));
        until(() -> label("#replay-time").startsWith("0:16:40"));
    }

    @Test
    void whatIsNoRecordingIsSaid(FxRobot robot) throws Exception {
        Path file = Files.writeString(temp.resolve("none.cast"), "nothing\n");
        robot.interact(() -> window.openRecording(file));
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
