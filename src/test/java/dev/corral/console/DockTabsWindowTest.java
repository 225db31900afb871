package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.vagrant.LogLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Logs and Vagrantfiles in the dock: their titles, the way between them, and what the next window brings back. */
@Tag("unit")
@Timeout(120)
class DockTabsWindowTest extends TreeOfWindow {
    private static final String SQLI_02 = "sample:web_flag|" + Samples.FILE + "|sqli-02";

    @TempDir
    static Path temp;

    @Start
    void open(Stage given) throws Exception {
        Path file = Files.writeString(temp.resolve("Vagrantfile"), "Vagrant.configure('2') {}\n");
        Path log = Files.writeString(temp.resolve("001-up.log"), "up\n");
        Path gone = temp.resolve("gone");
        FixtureCorral core = new FixtureCorral("/home/ada", Samples.evals(), Samples.inventory(Instant.now()));
        core.log(List.of(new LogLine(Optional.empty(), "", LogLine.Level.STEP, "a line of the log")));
        open(
                core,
                "{\"x\":0,\"y\":0,\"width\":1200,\"height\":800,\"theme\":\"LIGHT\"}",
                List.of(),
                folder -> {},
                "{\"tabs\":[%s,%s,%s,%s],\"chosen\":2}"
                        .formatted(
                                tab("vagrantfile", "Vagrantfile · mine", file),
                                tab("vagrantfile", "Vagrantfile · gone", gone),
                                tab("log", "Halt · web-1", log),
                                tab("hologram", "Of a newer window", log)));
    }

    @BeforeEach
    void waitForRows() {
        until(() -> item(SQLI_02) != null);
    }

    private static String tab(String kind, String title, Path file) {
        return "{\"kind\":\"%s\",\"key\":\"%s\",\"title\":\"%s\",\"about\":\"web-1\",\"files\":[\"%s\"]}"
                .formatted(kind, file, title, file);
    }

    @Test
    void whatIsStillThereComesBackWithoutUnfoldingTheDock(FxRobot robot) {
        until(() -> titles().equals(List.of("Vagrantfile · mine", "Halt · web-1", "Activity")));
        assertThat(onFx(() -> chosen().getText())).isEqualTo("Halt · web-1");
        assertThat(onFx(() -> ((javafx.scene.layout.Region) node("#dock")).getHeight()))
                .isLessThan(60);
        assertThat(onFx(() -> stage.getScene().getFocusOwner())).isSameAs(tree());
    }

    @Test
    void theKeysLeadRoundTheTabsFromEveryPlace(FxRobot robot) {
        until(() -> titles().size() == 3);
        ctrl(robot, KeyCode.PAGE_DOWN);
        until(() -> chosen().getText().equals("Activity"));
        ctrl(robot, KeyCode.PAGE_DOWN);
        until(() -> chosen().getText().equals("Vagrantfile · mine"));
        ctrl(robot, KeyCode.PAGE_DOWN);
        until(() -> chosen().getText().equals("Halt · web-1"));
        ctrl(robot, KeyCode.PAGE_UP);
        until(() -> chosen().getText().equals("Vagrantfile · mine"));
        robot.clickOn("#filter");
        ctrl(robot, KeyCode.PAGE_UP);
        until(() -> chosen().getText().equals("Activity"));
        robot.interact(() -> tree().requestFocus());
        ctrl(robot, KeyCode.PAGE_UP);
        until(() -> chosen().getText().equals("Halt · web-1"));
        robot.interact(() -> tabs().requestFocus());
        ctrl(robot, KeyCode.PAGE_UP);
        until(() -> chosen().getText().equals("Vagrantfile · mine"));
    }

    @Test
    void aLogIsCalledByItsOperationAndRememberedUntilItIsClosed(FxRobot robot) {
        until(() -> titles().size() == 3);
        choose(robot, SQLI_02);
        robot.type(KeyCode.L);
        until(() -> titles().size() == 4);
        assertThat(onFx(() -> chosen().getText())).isEqualTo("Start · sqli-02-11aa07de");
        until(() -> remembered().contains("Start · sqli-02-11aa07de"));
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.W).release(KeyCode.SHIFT, KeyCode.CONTROL);
        until(() -> titles().size() == 3 && !remembered().contains("sqli-02-11aa07de"));
        assertThat(remembered()).contains("Halt · web-1").doesNotContain("hologram", "gone");
    }

    @Test
    void aChipKeepsTheOtherWordsAndWhatIsNotUnderstoodIsSaid(FxRobot robot) {
        TextInputControl field = (TextInputControl) node("#filter");
        robot.interact(() -> field.setText("eval:web"));
        robot.clickOn("#chip-running");
        assertThat(field.getText()).isEqualTo("state:running eval:web");
        robot.clickOn("#chip-failed");
        assertThat(field.getText()).isEqualTo("state:failed eval:web");
        assertThat(onFx(() -> ((ToggleButton) node("#chip-running")).isSelected()))
                .isFalse();
        robot.clickOn("#chip-failed");
        assertThat(field.getText()).isEqualTo("eval:web");
        robot.interact(() -> field.setText("age:old"));
        until(() -> anyText("old is no age") && item(SQLI_02) != null);
        robot.interact(field::clear);
        until(() -> !node(".filter-problem").isVisible());
    }

    private String remembered() {
        try {
            return Files.readString(state.resolve("dock.json"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void ctrl(FxRobot robot, KeyCode code) {
        robot.press(KeyCode.CONTROL).type(code).release(KeyCode.CONTROL);
    }

    private TabPane tabs() {
        Node pane = node("#dock .tab-pane");
        return (TabPane) pane;
    }

    private List<String> titles() {
        return tabs().getTabs().stream().map(Tab::getText).toList();
    }

    private Tab chosen() {
        return tabs().getSelectionModel().getSelectedItem();
    }
}
