package dev.corral.console.chrome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.StrayItems;
import dev.corral.console.fx.Ticker;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The foot of the window: what could not be read is told whole, and nothing stands there when all could. */
@Tag("unit")
@Timeout(60)
@ExtendWith(ApplicationExtension.class)
class StatusBarTest {
    private Ticker ticker;
    private StatusBar bar;

    @Start
    void show(Stage stage) {
        ticker = new Ticker();
        bar = new StatusBar(ticker, Path.of("/home/ada"));
        StackPane root = new StackPane(bar);
        root.getStyleClass().add("corral");
        stage.setScene(new Scene(root, 900, 400));
        new Theme(stage.getScene(), dark -> {}).choose(dev.corral.console.settings.ThemeChoice.DARK);
        stage.show();
    }

    @AfterEach
    void stop(FxRobot robot) {
        robot.interact(ticker::close);
    }

    private void update(FxRobot robot, String... problems) {
        robot.interact(() -> bar.update(StrayItems.with(Samples.inventory(Samples.NOW), List.of(), List.of(problems))));
    }

    private Button problems() {
        return (Button) bar.lookup("#status-problems");
    }

    private static List<String> told() {
        return Window.getWindows().stream()
                .flatMap(window -> window.getScene().getRoot().lookupAll(".problem-list > .label").stream())
                .map(node -> ((Label) node).getText())
                .toList();
    }

    @Test
    void everyProblemIsToldByKeyToo(FxRobot robot) throws Exception {
        update(robot);
        assertThat(problems().isVisible()).isFalse();
        update(robot, "libvirt does not answer.", "The index can't be read.\u001b[31m");
        assertThat(problems().getText()).isEqualTo("2 problems: libvirt does not answer.");
        robot.interact(() -> problems().fire());
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> told().size() == 2);
        assertThat(told().getFirst()).isEqualTo("libvirt does not answer.");
        assertThat(told().getLast()).startsWith("The index can't be read.").doesNotContain("\u001b");
        update(robot);
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> told().isEmpty());
        assertThat(problems().isVisible()).isFalse();
    }
}
