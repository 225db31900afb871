package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.page.PageView;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.boot.BootFiles;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.failure.Layer;
import dev.corral.core.vagrant.failure.Remedy;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.diff.Difference;
import dev.corral.core.vagrantfile.diff.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The machines beside the editor in the window: a start that failed is seen, run again from there, and proven. */
@Tag("unit")
class MachinesWindowTest extends WindowOverFixture {
    private static final OperationView FAILED = Story.start("one")
            .provisioner("packages", "shell", 1, 9.8)
            .failing("app", "shell", 2, 0.9)
            .failed("The provisioner app failed with exit code 2.", "cannot open /etc/app.conf");

    private MachinesPage page;

    @Start
    void open(Stage given) throws Exception {
        FixtureCorral core = new FixtureCorral("/home/ada", List.of(), inventory());
        core.log(List.of(
                line(LogLine.Level.STEP, "Running provisioner: packages (shell)..."),
                line(LogLine.Level.DETAIL, "Reading package lists"),
                line(LogLine.Level.STEP, "Running provisioner: app (shell)..."),
                line(LogLine.Level.DETAIL, "vagrant-shell: 4: .: cannot open /etc/app.conf")));
        core.differ(List.of(new Difference(
                "web", "libvirt.memory", "512", "1024", Needs.RELOAD, 0, new Place(Story.FILE.toString(), 4))));
        open(
                core,
                "{\"x\":0,\"y\":0,\"width\":1200,\"height\":800,\"theme\":\"DARK\"}",
                List.of(Path.of("/home/ada/evals")),
                folder -> {});
    }

    @Override
    List<PageView.Maker> pages() {
        return List.of(context -> {
            page = new MachinesPage(context, Story.FILE);
            return page;
        });
    }

    @Override
    Node rows() {
        return steps();
    }

    private static LogLine line(LogLine.Level level, String text) {
        return new LogLine(Optional.of(Instant.now()), Story.WEB, level, text);
    }

    private static Inventory inventory(SandboxView... views) {
        return new Inventory(Instant.now(), Path.of("/cache"), List.of(views), List.of(), "libvirt", List.of());
    }

    private ListView<?> steps() {
        return (ListView<?>) Objects.requireNonNull(node("#timeline-steps"));
    }

    private ButtonBase tool(String name) {
        return (ButtonBase) Objects.requireNonNull(node("#tool-" + name));
    }

    private boolean shown(String text) {
        return stage.getScene().getRoot().lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .anyMatch(label -> label.isVisible()
                        && ((Label) label).getText() != null
                        && ((Label) label).getText().contains(text));
    }

    @Test
    void upStartsASandboxThatIsKept(FxRobot robot) {
        until(() -> !tool("up").isDisabled() && tool("provision").isDisabled());
        robot.interact(() -> {
            ((TextField) node("#variable-name")).setText("VAGRANT_BOX");
            ((TextField) node("#variable-value")).setText("mine");
            ((ButtonBase) node("#variable-set")).fire();
            tool("up").fire();
        });
        until(() -> !corral.requests.isEmpty());
        assertThat(corral.requests.getFirst().keepFailed()).isTrue();
        assertThat(corral.requests.getFirst().environment()).containsEntry("VAGRANT_BOX", "mine");
        until(() -> tool("up").isDisabled());
    }

    @Test
    void aStepThatFailedIsSeenRunsAgainAndTheWholeIsProven(FxRobot robot) {
        corral.show(inventory(Story.sandbox(SandboxState.FAILED, MachineState.FAILED, FAILED)));
        until(() -> shown("2 app failed") && lines().contains("cannot open"));
        assertThat(onFx(this::lines)).doesNotContain("Reading package lists");
        runsAgain(robot);
        goesOnFromThere(robot);
        jumpsToWhatIsNotActive(robot);
        isProven(robot);
    }

    @Test
    void whatHelpsAgainstAFailureIsAButtonThatAsks(FxRobot robot) throws Exception {
        Path logs = Files.createTempDirectory("corral-boot");
        Files.writeString(new BootFiles(logs, "one", Story.WEB).console(), "Kernel panic - not syncing");
        FailureView why = new FailureView(
                Phase.of(PhaseKind.BOOT, Story.WEB),
                "libvirt's network default is not there or not started.",
                "Start it.",
                List.of(),
                0,
                false,
                Optional.of(Layer.NETWORK),
                Optional.of(new Remedy(Remedy.Kind.START_NETWORK, "default")));
        OperationView failed = Story.bootFailed("one");
        corral.show(inventory(Story.sandbox(
                SandboxState.FAILED,
                MachineState.FAILED,
                new OperationView(
                        failed.workflow(),
                        failed.kind(),
                        failed.target(),
                        failed.startedAt(),
                        failed.endedAt(),
                        true,
                        failed.phases(),
                        failed.usual(),
                        Optional.of(why),
                        List.of(logs.resolve("001-up.log"))))));
        until(() -> node("#remedy-network-start") != null
                && node("#remedy-network-start").isVisible());
        until(() -> node("#boot-console") instanceof TextInputControl console
                && console.getText().equals("Kernel panic - not syncing"));
        robot.interact(() -> ((ButtonBase) node("#remedy-network-start")).fire());
        until(() -> shown("virsh -q -c qemu:///system net-start default"));
        robot.interact(() -> ((ButtonBase) node("#remedy-leave")).fire());
        assertThat(onFx(() -> ((TabPane) node("#debug-tabs")).getTabs().get(1).getText()))
                .isEqualTo("Last good");
        assertThat(corral.operations().running()).isEmpty();
    }

    @Test
    void aHeldMachineTakesAVerbForLaterAndWatchSaysWhatItDoes(FxRobot robot) {
        SandboxView held = Story.sandbox(
                SandboxState.READY,
                MachineState.RUNNING,
                Story.start("one").done(),
                Story.later("two", OperationKind.RELOAD, 60)
                        .provisioner("packages", "shell", 1, 9)
                        .open(true));
        corral.show(inventory(held));
        until(() -> after().isVisible());
        robot.interact(() -> {
            ((ToggleButton) node("#tool-watch")).fire();
            after().getItems().getFirst().fire();
        });
        until(() -> shown("Watch: waits for a save"));
        assertThat(onFx(() -> shown("reload since") && shown("by another process")))
                .isTrue();
        assertThat(corral.asked).isEmpty();
        corral.show(inventory(Story.sandbox(
                SandboxState.READY, MachineState.RUNNING, Story.start("one").done())));
        until(() -> corral.asked.contains("update code " + Story.ID));
    }

    @Test
    void aCardHasTheVerbsOfItsMachineInAMenu(FxRobot robot) {
        corral.show(inventory(Story.sandbox(
                SandboxState.READY, MachineState.RUNNING, Story.start("one").done())));
        until(() -> more() != null && more().isVisible());
        assertThat(onFx(() -> more().getAccessibleText())).contains("web").contains("halt");
        assertThat(onFx(() -> item("up").getText())).isEqualTo("Up  (It runs already)");
        assertThat(onFx(() -> item("up").isDisable() && !item("halt").isDisable()))
                .isTrue();
        robot.interact(() -> more().requestFocus());
        robot.push(KeyCode.SPACE);
        until(() -> more().isShowing());
        robot.interact(() -> {
            more().hide();
            item("suspend").fire();
        });
        anotherProcessUsesIt(robot);
        until(() -> corral.asked.contains("suspend " + Story.ID + "/" + Story.WEB));
        until(() -> item("halt").isDisable());
        corral.last().done().complete(null);
        until(() -> !item("halt").isDisable());
        robot.interact(() -> item("reload").fire());
        anotherProcessUsesIt(robot);
        until(() -> corral.asked.contains("update code " + Story.ID));
        corral.last().done().complete(null);
        until(() -> corral.asked.contains("reload " + Story.ID + "/" + Story.WEB));
        corral.last().done().complete(null);
        until(() -> !item("destroy").isDisable());
        robot.interact(() -> item("destroy").fire());
        until(() -> node("#confirm-keep") != null);
        robot.interact(() -> ((ButtonBase) node("#confirm-keep")).fire());
        assertThat(corral.asked).noneMatch(what -> what.startsWith("destroy"));
    }

    @Test
    void aRightClickOnACardShowsTheSameMenu(FxRobot robot) {
        corral.show(inventory(Story.sandbox(
                SandboxState.READY, MachineState.RUNNING, Story.start("one").done())));
        until(() -> more() != null && more().isVisible());
        robot.rightClickOn(Objects.requireNonNull(node(".machine-card")));
        until(() -> robot.lookup("#card-halt").tryQuery().isPresent());
        robot.push(KeyCode.ESCAPE);
    }

    private void anotherProcessUsesIt(FxRobot robot) {
        until(() -> node("#confirm-machine") != null);
        robot.interact(() -> ((ButtonBase) node("#confirm-machine")).fire());
    }

    private MenuButton more() {
        return (MenuButton) node(".machine-card .card-more");
    }

    private MenuItem item(String word) {
        return Objects.requireNonNull(more()).getItems().stream()
                .filter(one -> ("card-" + word).equals(one.getId()))
                .findFirst()
                .orElseThrow();
    }

    private MenuButton after() {
        return (MenuButton) Objects.requireNonNull(node(".machine-card .card-after"));
    }

    private void runsAgain(FxRobot robot) {
        press(robot, "Rerun");
        until(() -> corral.asked.contains("update code " + Story.ID) && shown("updating its code"));
        corral.last().done().complete(null);
        until(() -> corral.asked.contains("provision " + Story.ID + "/" + Story.WEB));
        assertThat(corral.selections.getLast().only()).containsExactly("2");
        corral.last().done().complete(null);
    }

    private void goesOnFromThere(FxRobot robot) {
        press(robot, "From here on");
        until(() -> corral.last().kind().word().equals("update-code"));
        corral.last().done().complete(null);
        until(() -> corral.selections.size() == 2);
        assertThat(corral.selections.getLast().from()).contains("2");
        corral.last().done().complete(null);
    }

    private void jumpsToWhatIsNotActive(FxRobot robot) {
        TabPane tabs = (TabPane) node("#debug-tabs");
        until(() -> tabs.getTabs().getLast().getText().equals("Changes 1"));
        robot.interact(() -> tabs.getSelectionModel().selectLast());
        TableView<?> table = (TableView<?>) Objects.requireNonNull(node("#changes-table"));
        until(() -> button("Reload") != null);
        robot.interact(() -> {
            table.requestFocus();
            table.getSelectionModel().select(0);
        });
        robot.push(KeyCode.ENTER);
        until(() -> page.jumps.equals(List.of(new Place(Story.FILE.toString(), 4))));
    }

    private void isProven(FxRobot robot) {
        until(() -> !tool("prove").isDisabled());
        robot.interact(() -> tool("prove").fire());
        until(() -> shown("clean start") && tool("prove").isDisabled());
        assertThat(onFx(() -> stage.getScene().getRoot().lookupAll(".hyperlink").stream()
                        .filter(Node::isVisible)
                        .map(one -> ((Hyperlink) one).getText())
                        .toList()))
                .contains("terminal", "log")
                .anyMatch(text -> text.startsWith("show new-"));
    }

    private void press(FxRobot robot, String text) {
        until(() -> button(text) != null && !button(text).isDisabled());
        robot.interact(() -> Objects.requireNonNull(button(text)).fire());
    }

    private String lines() {
        return String.valueOf(((ListView<?>) node("#step-lines")).getItems());
    }

    private ButtonBase button(String text) {
        return stage.getScene().getRoot().lookupAll(".step-button").stream()
                .map(ButtonBase.class::cast)
                .filter(one -> one.getText().equals(text)
                        && one.isVisible()
                        && one.getParent().getParent().isVisible())
                .findFirst()
                .orElse(null);
    }
}
