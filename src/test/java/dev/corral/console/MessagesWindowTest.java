package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.SandboxSpec;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Notices, questions and hidden values in the whole window, over a core that only pretends. */
@Tag("unit")
class MessagesWindowTest extends TreeOfWindow {
    private static final String KERNEL = "sample:hello_debian|" + Samples.FILE + "|kernel";
    private static final String FAILED = "sample:hello_debian|" + Samples.FILE + "|1";
    private static final String SECRET = "sample:guarded|" + Samples.FILE + "|web";
    private static final String OPEN = "sample:guarded|" + Samples.FILE + "|other";

    @Start
    void open(Stage given) throws Exception {
        Path untrusted = Files.createTempDirectory("corral-untrusted-" + "a-folder-with-a-long-name-".repeat(6));
        Files.writeString(
                untrusted.resolve("Vagrantfile"), "Vagrant.configure('2') { |config| config.vm.box = ENV['BOX'] }\n");
        List<dev.corral.core.inspect.tasks.EvalTask> evals = new ArrayList<>(Samples.evals());
        evals.add(Samples.eval(
                "guarded",
                guarded("web", untrusted, Map.of("WEB_FLAG", "flag{do-not-look}", "EMPTY", "")),
                guarded("other", untrusted, Map.of())));
        FixtureCorral core = new FixtureCorral("/home/ada", evals, Samples.inventory(Instant.now()));
        open(
                core,
                "{\"x\":0,\"y\":0,\"width\":1000,\"height\":700,\"theme\":\"DARK\"}",
                List.of(Path.of("/home/ada/evals")),
                folder -> {});
    }

    private static EvalSample guarded(String id, Path folder, Map<String, String> variables) {
        return new EvalSample(
                id,
                "Find it.",
                false,
                "flag{do-not-look}",
                List.of(),
                List.of("solution"),
                List.of(),
                false,
                "",
                Optional.of("vagrant"),
                Optional.of(new SandboxSpec(folder.resolve("Vagrantfile"), Optional.empty(), variables)));
    }

    @BeforeEach
    void waitForRows() {
        until(() -> item(SECRET) != null);
    }

    private void escape(FxRobot robot) {
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
    }

    private boolean noticeWith(String text) {
        return node(".message-area") != null
                && node(".message-area").lookupAll(".message-card").stream()
                        .flatMap(card -> card.lookupAll(".label").stream())
                        .anyMatch(label -> ((Label) label).getText().contains(text));
    }

    private void failKernel(FxRobot robot) {
        choose(robot, KERNEL);
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        until(() -> corral.asked.contains("start kernel"));
        until(() -> tabs("Activity 1"));
        corral.last().done().completeExceptionally(ExpectedFailure.failed("The box is not there.", "Add it."));
        until(() -> noticeWith("The box is not there."));
    }

    private boolean tabs(String title) {
        return ((javafx.scene.control.TabPane) node("#dock .tab-pane"))
                .getTabs().stream().anyMatch(tab -> title.equals(tab.getText()));
    }

    /** The inventory in which the start that has failed is told. */
    private Inventory told(String sandbox) {
        Inventory all = Samples.inventory(Instant.now());
        SandboxView failed = all.ended().getFirst();
        List<SandboxView> ended = new ArrayList<>(all.ended());
        ended.add(Samples.sandbox(
                sandbox,
                "hello_debian",
                "kernel",
                failed.state(),
                failed.detail(),
                failed.liveness(),
                Optional.of(Samples.start(
                        sandbox,
                        Instant.now().minusSeconds(9),
                        true,
                        failed.operation().orElseThrow().failure(),
                        "box",
                        2.2)),
                Instant.now().minusSeconds(9)));
        return new Inventory(
                all.takenAt(), all.cache(), all.sandboxes(), ended, all.items(), all.hypervisor(), all.problems());
    }

    @Test
    void escapeClosesANoticeAndTheListKeepsItsPlace(FxRobot robot) {
        failKernel(robot);
        escape(robot);
        until(() -> !noticeWith("The box is not there."));
        assertThat(onFx(() -> stage.getScene().getFocusOwner())).isSameAs(tree());
    }

    @Test
    void aNoticeGoesWhenItsFailureIsOnScreen(FxRobot robot) {
        failKernel(robot);
        String sandbox = corral.last().sandbox();
        choose(robot, FAILED);
        corral.show(told(sandbox));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(onFx(() -> noticeWith("The box is not there."))).isTrue();
        choose(robot, KERNEL);
        until(() -> !noticeWith("The box is not there."));
    }

    @Test
    void aNoticeHidesNeitherTheChosenRowNorWhatFailed(FxRobot robot) {
        failKernel(robot);
        robot.interact(() -> stage.setHeight(560));
        WaitForAsyncUtils.waitForFxEvents();
        List<Integer> indices = onFx(() -> tree().lookupAll(".tree-table-row-cell:filled").stream()
                .filter(Node::isVisible)
                .map(row -> ((IndexedCell<?>) row).getIndex())
                .sorted()
                .toList());
        assertThat(indices).hasSizeGreaterThan(5);
        for (int index : indices) {
            robot.interact(() -> tree().getSelectionModel().select(index));
            if (onFx(() -> node(".message-area .message-card") == null)) {
                continue;
            }
            until(() -> tree().lookupAll(".tree-table-row-cell:selected").stream()
                    .filter(Node::isVisible)
                    .noneMatch(row -> overlaps(row, node(".message-area .message-card"))));
            assertThat(onFx(() -> node("#failure").isVisible()
                            && overlaps(node("#failure"), node(".message-area .message-card"))))
                    .isFalse();
        }
    }

    private static boolean overlaps(Node one, Node other) {
        Bounds first = one.localToScene(one.getLayoutBounds());
        Bounds second = other.localToScene(other.getLayoutBounds());
        return first.getMinX() < second.getMaxX()
                && second.getMinX() < first.getMaxX()
                && first.getMinY() < second.getMaxY()
                && second.getMinY() < first.getMaxY();
    }

    @Test
    void theTrustQuestionIsWholeAndItsSafeAnswerHasTheFocus(FxRobot robot) {
        choose(robot, SECRET);
        robot.press(KeyCode.S).release(KeyCode.S);
        until(() -> node("#trust-cancel") != null && node("#trust-cancel").isFocused());
        robot.interact(() -> node("#question").lookupAll(".label").stream()
                .map(Label.class::cast)
                .filter(label -> !label.getText().isEmpty())
                .forEach(label ->
                        assertThat(((Text) label.lookup(".text")).getText()).isEqualTo(label.getText())));
        assertThat(onFx(() -> node("#question").lookupAll(".label").stream()
                        .anyMatch(label -> ((Label) label).getText().contains("a-folder-with-a-long-name-".repeat(6))
                                && ((Label) label).getText().contains("/Vagrantfile"))))
                .isTrue();
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        until(() -> node("#question") == null);
        assertThat(corral.asked).noneMatch(asked -> asked.startsWith("start"));
    }

    @Test
    void twoStartsAskOneAfterTheOther(FxRobot robot) {
        choose(robot, SECRET);
        robot.press(KeyCode.S).release(KeyCode.S);
        until(() -> node("#question") != null);
        choose(robot, OPEN);
        robot.press(KeyCode.S).release(KeyCode.S);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(onFx(() -> ((Label) node("#question .card-title")).getText()))
                .contains("guarded · web");
        escape(robot);
        until(() -> node("#question .card-title") instanceof Label title
                && title.getText().contains("guarded · other"));
        escape(robot);
        until(() -> node("#question") == null);
        assertThat(corral.asked).noneMatch(asked -> asked.startsWith("start"));
    }

    @Test
    void aQuestionGoesWithItsSandbox(FxRobot robot) {
        choose(robot, "vm:unknown-5c1d0b77/default");
        robot.press(KeyCode.DELETE).release(KeyCode.DELETE);
        until(() -> node("#confirm-destroy") != null);
        Inventory all = Samples.inventory(Instant.now());
        corral.show(new Inventory(
                all.takenAt(), all.cache(), all.sandboxes().subList(0, 2), List.of(), all.hypervisor(), List.of()));
        until(() -> node("#question") == null);
    }

    @Test
    void aVariablesValueIsNowhereUntilItIsAskedForAndHiddenAgainAfterwards(FxRobot robot) {
        choose(robot, SECRET);
        until(() -> anyText("WEB_FLAG=••••••••"));
        assertThat(onFx(() -> anyText("do-not-look"))).isFalse();
        robot.interact(() -> ((Button) node("#reveal-WEB_FLAG")).fire());
        until(() -> anyText("WEB_FLAG=flag{do-not-look}"));
        robot.interact(() -> node("#details").lookupAll(".copy-button").stream()
                .map(Button.class::cast)
                .filter(button -> "Copy WEB_FLAG=••••••••".equals(button.getAccessibleText()))
                .forEach(Button::fire));
        assertThat(onFx(() -> Clipboard.getSystemClipboard().getString())).isEqualTo("WEB_FLAG=flag{do-not-look}");
        choose(robot, OPEN);
        choose(robot, SECRET);
        until(() -> anyText("WEB_FLAG=••••••••"));
        assertThat(onFx(() -> anyText("do-not-look"))).isFalse();
    }

    @Test
    void theStartDialogShowsNamesAndStartsWithTheValues(FxRobot robot) {
        robot.press(KeyCode.CONTROL, KeyCode.N).release(KeyCode.N, KeyCode.CONTROL);
        until(() -> node("#start-search") != null);
        robot.write("guarded · web");
        until(() -> anyText("From the sample, values hidden: EMPTY, WEB_FLAG"));
        assertThat(onFx(() -> anyText("do-not-look"))).isFalse();
        robot.interact(() -> ((Button) node("#start-show-values")).fire());
        until(() -> anyText("WEB_FLAG=flag{do-not-look}"));
        escape(robot);
        until(() -> node("#start-dialog") == null);
        robot.press(KeyCode.CONTROL, KeyCode.N).release(KeyCode.N, KeyCode.CONTROL);
        until(() -> node("#start-search") != null);
        robot.write("guarded · web");
        until(() -> anyText("From the sample, values hidden: EMPTY, WEB_FLAG"));
        assertThat(onFx(() -> anyText("do-not-look"))).isFalse();
        robot.interact(() -> ((Button) node("#start-go")).fire());
        until(() -> node("#trust-run") != null);
        robot.interact(() -> ((Button) node("#trust-run")).fire());
        until(() -> corral.requests.stream().anyMatch(request -> request.environment()
                .equals(Map.of("WEB_FLAG", "flag{do-not-look}", "EMPTY", ""))));
    }
}
