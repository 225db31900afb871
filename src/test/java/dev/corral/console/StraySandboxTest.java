package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What can be done with a sandbox on the page of strays, with the keys that it has on the page of sandboxes. */
@Tag("unit")
class StraySandboxTest extends TableOfWindow {
    private static final String ID = "web-02-91fe33c0";
    private static final String LEFT_BEHIND = "sandbox:" + ID;

    @Start
    void open(Stage given) throws Exception {
        open(
                new FixtureCorral("/home/ada", Samples.evals(), StrayItems.everyState(Instant.now())),
                "{\"x\":0,\"y\":0,\"width\":1200,\"height\":900,\"theme\":\"LIGHT\",\"dock_open\":false}",
                List.of(),
                folder -> {});
    }

    @BeforeEach
    void waitForRows() {
        until(() -> line(LEFT_BEHIND) != null);
    }

    private List<String> tabs() {
        return ((TabPane) node("#dock .tab-pane"))
                .getTabs().stream().map(tab -> tab.getText()).toList();
    }

    @Test
    void aStrayIsPlannedForByDeleteAndDestroyedByShiftDeleteAfterTheSameQuestion(FxRobot robot) {
        page(robot);
        choose(robot, LEFT_BEHIND);
        robot.push(KeyCode.DELETE);
        until(() -> visible("#plan-run") && text("#plan-run").startsWith("Clean up 1") && focused("#plan-back"));
        robot.push(KeyCode.ESCAPE);
        until(() -> !visible("#plan") && focused("#strays-table"));
        robot.push(KeyCode.SHIFT, KeyCode.DELETE);
        until(() -> visible("#question") && said("Destroy sandbox " + ID + "?") && said(ID + ": default · old_eval"));
        assertThat(corral.asked).isEmpty();
        robot.interact(() -> node("#confirm-keep").requestFocus());
        robot.push(KeyCode.ENTER);
        until(() -> node("#question") == null);
        assertThat(corral.asked).isEmpty();
        robot.interact(() -> table().requestFocus());
        robot.push(KeyCode.SHIFT, KeyCode.DELETE);
        until(() -> focused("#confirm-destroy"));
        robot.push(KeyCode.ENTER);
        until(() -> corral.asked.equals(List.of("destroy " + ID)));
    }

    @Test
    void whatCleaningUpNeverTouchesIsDestroyedByDeleteAsOnTheOtherPage(FxRobot robot) {
        page(robot);
        choose(robot, LIVE);
        robot.push(KeyCode.DELETE);
        until(() -> visible("#question") && said("Another process that is alive uses it."));
        until(() -> focused("#confirm-keep"));
        assertThat(visible("#plan")).isFalse();
        robot.push(KeyCode.ENTER);
        until(() -> node("#question") == null);
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void whatIsNoSandboxIsNotDestroyed(FxRobot robot) {
        page(robot);
        // The first has no sandbox in sight; the others are an orphan, a disk and a folder.
        for (String key : List.of(
                STRAY, "machine:hello-5c1d_default", "volume:xss-01-77c0_victim.img", "folder:unknown-77aa0c1d")) {
            until(() -> line(key) != null);
            choose(robot, key);
            robot.push(KeyCode.SHIFT, KeyCode.DELETE);
            robot.push(KeyCode.V);
            robot.push(KeyCode.C);
        }
        assertThat(onFx(() -> node("#question") == null && !visible("#plan"))).isTrue();
        assertThat(onFx(this::tabs)).noneMatch(tab -> tab.startsWith("Vagrantfile"));
        assertThat(corral.asked).isEmpty();
    }

    @Test
    void itsVagrantfileOpensAndWhatIsUnderWayIsCancelledFromHere(FxRobot robot) {
        page(robot);
        choose(robot, LEFT_BEHIND);
        robot.push(KeyCode.V);
        until(() -> tabs().contains("Vagrantfile · " + ID));
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
        choose(robot, LEFT_BEHIND);
        robot.push(KeyCode.C);
        assertThat(corral.asked).as("nothing is under way").isEmpty();
        robot.push(KeyCode.G);
        until(() -> focused("#sandbox-tree"));
        robot.push(KeyCode.SHIFT, KeyCode.H);
        until(() -> corral.asked.contains("halt " + ID + "/"));
        robot.push(KeyCode.G);
        until(() -> focused("#strays-table"));
        robot.push(KeyCode.SHIFT, KeyCode.DELETE);
        robot.push(KeyCode.C);
        until(() -> corral.last().done().isCancelled());
        assertThat(onFx(() -> node("#question"))).as("it was halting then").isNull();
    }
}
