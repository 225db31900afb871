package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.Styles;
import dev.corral.console.shared.Overlay;
import dev.corral.core.operation.StartRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What is typed into the dialog that starts a sandbox is judged once somebody wants to start, and from then on as they type. */
@Tag("unit")
@Timeout(60)
@ExtendWith(ApplicationExtension.class)
class StartDialogTest {
    private final List<StartRequest> started = new ArrayList<>();
    private Scene scene;

    @Start
    void show(Stage stage) {
        Overlay overlay = new Overlay();
        scene = new Scene(new StackPane(new StackPane(), overlay), 1000, 800);
        stage.setScene(scene);
        stage.show();
        new StartDialog(overlay, Path.of("/home/ada"), (request, title) -> started.add(request))
                .open(List.of(new StartDialog.Startable(
                        "web_flag · 1", "", StartRequest.of(Path.of("/home/ada/evals/Vagrantfile")))));
    }

    private TextArea variables() {
        return (TextArea) scene.lookup(".machine-area");
    }

    private boolean faulty() {
        return scene.getRoot().lookupAll(".look-failed").stream()
                .anyMatch(node -> node instanceof Label label
                        && label.isManaged()
                        && label.getText().contains("is no variable"));
    }

    private void write(FxRobot robot, String text) {
        robot.interact(() -> variables().setText(text));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void start(FxRobot robot) {
        robot.interact(() -> ((Button) scene.lookup("#start-go")).fire());
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void aFaultIsShownAfterTheFirstTryAndGoesAsSoonAsItIsMended(FxRobot robot) {
        write(robot, "A=1\nB");
        assertThat(faulty()).isFalse();
        assertThat(variables().getPseudoClassStates()).doesNotContain(Styles.STATE_DANGER);
        start(robot);
        assertThat(started).isEmpty();
        assertThat(faulty()).isTrue();
        assertThat(variables().getPseudoClassStates()).contains(Styles.STATE_DANGER);
        write(robot, "A=1\nB=x=y\n\n  C= ");
        assertThat(faulty()).isFalse();
        assertThat(variables().getPseudoClassStates()).doesNotContain(Styles.STATE_DANGER);
        write(robot, "=1");
        assertThat(faulty()).isTrue();
        write(robot, "A=1\nB=x=y\n\n  C= ");
        start(robot);
        assertThat(started).singleElement().satisfies(request -> assertThat(request.environment())
                .isEqualTo(Map.of("A", "1", "B", "x=y", "C", "")));
    }
}
