package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.page.Action;
import dev.corral.console.terminal.TerminalPane;
import dev.corral.core.ssh.LoopbackSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeItem;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * Terminals in the window: who has the keys, and what is asked before one closes. Beside them files and the network of a VM. All are
 * behind a real OpenSSH server.
 */
@Tag("unit")
@Timeout(120)
class DockTerminalTest extends TreeOfWindow {
    private static final String TAB = "#dock .tab-pane";

    @TempDir
    static Path temp;

    private static LoopbackSshd sshd;

    @BeforeAll
    static void startServer() throws Exception {
        sshd = new LoopbackSshd(temp.resolve("sshd"));
    }

    @AfterAll
    static void stopServer() {
        sshd.close();
    }

    @Start
    void open(Stage given) throws Exception {
        FixtureCorral core = new FixtureCorral("/home/ada", Samples.evals(), Samples.inventory(Instant.now()));
        core.guest(sshd.endpoint());
        open(
                core,
                "{\"x\":0,\"y\":0,\"width\":1200,\"height\":800,\"theme\":\"DARK\"}",
                List.of(Path.of("/home/ada/evals")),
                folder -> {});
    }

    @BeforeEach
    void openTerminal(FxRobot robot) {
        until(() -> machine("attacker") != null);
        openTerminal(robot, "attacker");
    }

    @Test
    void theTerminalKeepsTheFocusWhenPagesChange(FxRobot robot) {
        robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT4).release(KeyCode.CONTROL);
        until(() -> node("#page-strays").getPseudoClassStates().toString().contains("selected"));
        assertThat(onFx(this::terminalFocused)).isTrue();
        robot.clickOn("#page-sandboxes");
        until(this::terminalFocused);
        robot.write("d");
        until(() -> terminal().screenText().contains("d"));
        assertThat(corral.asked).noneMatch(asked -> asked.startsWith("destroy"));
        robot.press(KeyCode.F6).release(KeyCode.F6);
        until(() -> stage.getScene().getFocusOwner() == tree());
        robot.clickOn("#page-strays");
        until(() -> stage.getScene().getFocusOwner() != null && !terminalFocused());
    }

    @Test
    void aFoldedDockGivesTheFocusAwayAndBack(FxRobot robot) {
        toggle(robot);
        until(() -> stage.getScene().getFocusOwner() == tree());
        toggle(robot);
        until(this::terminalFocused);
        String button = "#dock .dock-buttons #" + Action.TOGGLE_DOCK.id();
        robot.clickOn(button);
        until(() -> stage.getScene().getFocusOwner() == tree());
        robot.clickOn(button);
        until(this::terminalFocused);
        robot.clickOn("#dock .dock-buttons #" + Action.MAXIMISE_DOCK.id());
        until(this::terminalFocused);
    }

    @Test
    void tabsGiveTheFocusToTheirTerminal(FxRobot robot) {
        openTerminal(robot, "victim");
        robot.clickOn(head(0));
        until(() -> terminalFocused() && tabs().getSelectionModel().getSelectedIndex() == 0);
        robot.clickOn(head(1));
        until(() -> terminalFocused() && tabs().getSelectionModel().getSelectedIndex() == 1);
        closeTab(robot);
        until(() -> tabs().getTabs().size() == 2
                && terminalFocused()
                && tabs().getSelectionModel().getSelectedIndex() == 0);
    }

    @Test
    void oneMachineHasAsManyTerminalsAsOneWants(FxRobot robot) {
        robot.interact(() -> tree().requestFocus());
        robot.press(KeyCode.SHIFT).type(KeyCode.T).release(KeyCode.SHIFT);
        until(() -> terminalFocused() && tabs().getTabs().size() == 3);
        assertThat(onFx(() -> tabs().getSelectionModel().getSelectedIndex())).isEqualTo(1);
        key(robot, "attacker", KeyCode.T);
        until(() -> tabs().getSelectionModel().getSelectedIndex() == 0);
        assertThat(onFx(() -> tabs().getTabs().size())).isEqualTo(3);
    }

    @Test
    void theKeysLeadFromTerminalToTerminal(FxRobot robot) {
        openTerminal(robot, "victim");
        robot.press(KeyCode.CONTROL).type(KeyCode.PAGE_UP).release(KeyCode.CONTROL);
        until(() -> terminalFocused() && tabs().getSelectionModel().getSelectedIndex() == 0);
        robot.press(KeyCode.CONTROL).type(KeyCode.PAGE_DOWN).release(KeyCode.CONTROL);
        until(() -> terminalFocused() && tabs().getSelectionModel().getSelectedIndex() == 1);
        assertThat(onFx(() -> terminal().screenText())).doesNotContain("~");
    }

    @Test
    void closingATabEndsItsShellAndAsksWhenSomethingRuns(FxRobot robot) {
        String mark = "51." + System.nanoTime();
        robot.interact(() -> terminal().type("sleep " + mark + "\n"));
        until(() -> running(mark));
        closeTab(robot);
        until(() -> focused("terminal-keep-open"));
        assertThat(onFx(() -> ((Labeled) node(".terminal-close-question .label")).getText()))
                .startsWith("sleep runs in this terminal.");
        robot.type(KeyCode.ENTER);
        until(this::terminalFocused);
        assertThat(running(mark)).isTrue();
        assertThat(onFx(() -> tabs().getTabs().size())).isEqualTo(2);

        closeTab(robot);
        until(() -> node("#terminal-close") != null);
        robot.clickOn("#terminal-close");
        until(() -> tabs().getTabs().size() == 1);
        until(() -> !running(mark));
    }

    @Test
    void quittingAsksAboutWhatRunsInTerminals(FxRobot robot) {
        String mark = "52." + System.nanoTime();
        robot.interact(() -> terminal().type("sleep " + mark + "\n"));
        until(() -> running(mark));
        askToQuit(robot);
        until(() -> focused("quit-cancel"));
        assertThat(onFx(() -> ((Labeled) node("#quit-dialog .victim")).getText()))
                .startsWith("sleep in ");
        robot.type(KeyCode.ENTER);
        until(this::terminalFocused);
        assertThat(onFx(stage::isShowing)).isTrue();
        robot.interact(() -> terminal().type("\u0003"));
        until(() -> !running(mark));
        askToQuit(robot);
        until(() -> !stage.isShowing());
    }

    @Test
    @SuppressWarnings("unchecked")
    void filesOfAVmAreWalkedAndEdited(FxRobot robot) throws Exception {
        Path folder = Files.createDirectories(temp.resolve("files"));
        Files.writeString(folder.resolve("conf"), "one\n");
        Files.writeString(folder.resolve("a\nb"), "");
        key(robot, "attacker", KeyCode.F);
        until(() -> node("#guest-files") instanceof TableView<?> table
                && !table.getItems().isEmpty());
        robot.interact(() -> {
            ((TextField) node("#guest-path")).setText(folder.toString());
            ((TextField) node("#guest-path")).fireEvent(new ActionEvent());
        });
        TableView<Object> table = onFx(() -> (TableView<Object>) node("#guest-files"));
        until(() -> table.getItems().size() == 2 && table.isFocused());
        until(() -> anyText("a\\nb"));
        robot.interact(() -> table.getSelectionModel().select(1));
        robot.type(KeyCode.ENTER);
        until(() -> node("#guest-text #code") instanceof CodeArea area && area.isEditable());
        robot.interact(() -> ((CodeArea) node("#guest-text #code")).appendText("two\n"));
        until(() -> !node("#guest-text-save").isDisabled());
        closeTab(robot);
        until(() -> focused("keep-files-open"));
        robot.type(KeyCode.ENTER);
        robot.interact(() -> node("#guest-text #code").requestFocus());
        robot.press(KeyCode.CONTROL).type(KeyCode.S).release(KeyCode.CONTROL);
        until(() -> ((Labeled) node("#guest-text-note")).getText().equals("saved"));
        assertThat(folder.resolve("conf")).hasContent("one\ntwo\n");
        robot.interact(table::requestFocus);
        closeTab(robot);
        until(() -> tabs().getTabs().size() == 2);
    }

    @Test
    void theNetworkShowsItsVmsAndATunnelIsToldWhenItWouldClose(FxRobot robot) {
        key(robot, "attacker", KeyCode.W);
        until(() -> node("#network-picture") != null
                && node("#network-picture").lookupAll(".network-box").size() == 2
                && !node("#network-tunnel").isDisabled());
        robot.interact(() -> {
            ((TextField) node("#network-port"))
                    .setText(Integer.toString(sshd.endpoint().port()));
            ((Button) node("#network-tunnel")).fire();
        });
        until(() -> ((TableView<?>) node("#network-ports")).getItems().size() == 1);
        assertThat(onFx(() -> ((TableView<?>) node("#network-ports")).getItems().toString()))
                .contains("127.0.0.1:", "tunnel, open");
        askToQuit(robot);
        until(() -> focused("quit-cancel"));
        assertThat(onFx(() -> ((Labeled) node("#quit-dialog .victim")).getText()))
                .startsWith("tunnel 127.0.0.1:");
        robot.type(KeyCode.ENTER);
        robot.interact(() -> {
            ((TableView<?>) node("#network-ports")).getSelectionModel().select(0);
            ((Button) node("#network-close-tunnel")).fire();
        });
        until(() -> ((TableView<?>) node("#network-ports")).getItems().isEmpty());
    }

    private void key(FxRobot robot, String machine, KeyCode key) {
        robot.interact(() -> {
            tree().requestFocus();
            tree().getSelectionModel().select(machine(machine));
        });
        robot.type(key);
    }

    private void openTerminal(FxRobot robot, String machine) {
        int before = onFx(() -> tabs().getTabs().size());
        key(robot, machine, KeyCode.T);
        until(() -> tabs().getTabs().size() == before + 1
                && terminalFocused()
                && terminal().getState().status() == TerminalPane.Status.CONNECTED);
        robot.interact(() -> terminal().type("PS1='> '; clear; echo PRO\"\"MPT\n"));
        until(() -> terminal().screenText().contains("PROMPT"));
    }

    /** The head of a terminal's tab, counted from the left. */
    private Node head(int index) {
        return onFx(() -> stage.getScene().getRoot().lookupAll("#tab-terminal").stream()
                .sorted(Comparator.comparingDouble(
                        head -> head.localToScene(0, 0).getX()))
                .skip(index)
                .findFirst()
                .orElseThrow());
    }

    private void askToQuit(FxRobot robot) {
        robot.interact(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
    }

    private static void toggle(FxRobot robot) {
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.J).release(KeyCode.SHIFT, KeyCode.CONTROL);
    }

    private static void closeTab(FxRobot robot) {
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.W).release(KeyCode.SHIFT, KeyCode.CONTROL);
    }

    private boolean focused(String id) {
        Node owner = stage.getScene().getFocusOwner();
        return owner != null && id.equals(owner.getId());
    }

    private boolean terminalFocused() {
        Node owner = stage.getScene().getFocusOwner();
        while (owner != null && owner != terminal()) {
            owner = owner.getParent();
        }
        return owner != null;
    }

    private TabPane tabs() {
        return (TabPane) stage.getScene().lookup(TAB);
    }

    private TerminalPane terminal() {
        return tabs().getSelectionModel().getSelectedItem().getContent() instanceof TerminalPane pane ? pane : null;
    }

    private TreeItem<Object> machine(String name) {
        return item("vm:sqli-01-9f3c2a1b/" + name + "-sqli-01-9f3c2a1b");
    }

    private static boolean running(String mark) {
        return ProcessHandle.allProcesses().anyMatch(process -> process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).contains(mark))
                .orElse(false));
    }
}
