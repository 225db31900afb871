package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.recording.CastEvent;
import dev.corral.core.recording.CastHeader;
import dev.corral.core.recording.CastLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
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
        robot.press(KeyCode.N).release(KeyCode.N).press(KeyCode.N).release(KeyCode.N);
        until(() -> label("#replay-time").startsWith("0:02:00"));
        robot.press(KeyCode.RIGHT).release(KeyCode.RIGHT);
        until(() -> label("#replay-time").startsWith("0:02:05"));
        robot.press(KeyCode.I).release(KeyCode.I);
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        until(() -> label("#replay-time").startsWith("0:0") && slider().getValue() >= 180);
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        robot.press(KeyCode.END).release(KeyCode.END);
        until(() -> label("#replay-time").startsWith("0:59:50"));
        robot.clickOn("#replay-search").write("echo 17").type(KeyCode.ENTER);
        until(() -> label("#replay-places-head").equals("Shown once")
                && label("#replay-time").startsWith("0:17:00"));
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        until(() -> ((ListView<?>) node("#replay-places")).getItems().size() == 61);
        robot.interact(() -> slider().setValue(1000));
        until(() -> label("#replay-time").startsWith("0:16:40"));
        ctrlShift(robot, KeyCode.W);
        until(() -> stage.getScene().lookup("#replay-time") == null);
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

    private static void ctrlShift(FxRobot robot, KeyCode key) {
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT, key).release(key, KeyCode.SHIFT, KeyCode.CONTROL);
    }
}
