package dev.corral.console;

import dev.corral.console.page.PageView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** A window over a core that only pretends, and how to look at it. */
@ExtendWith(ApplicationExtension.class)
abstract class WindowOverFixture {
    FixtureCorral corral;
    MainWindow window;
    Stage stage;
    Path state;

    /**
     * Opens the window with the sample evals in it. On the FX thread.
     *
     * @param remembered what it remembers of its last time, in JSON
     * @param folders    where it finds evals
     * @param reveal     what takes the place of the file manager
     */
    final void open(FixtureCorral core, String remembered, List<Path> folders, Consumer<Path> reveal) throws Exception {
        open(core, remembered, folders, reveal, "{}");
    }

    /** The same with tabs of the dock that it remembers, in JSON. */
    final void open(FixtureCorral core, String remembered, List<Path> folders, Consumer<Path> reveal, String tabs)
            throws Exception {
        state = Files.createTempDirectory("corral-window-test");
        Files.writeString(state.resolve("dock.json"), tabs);
        Files.writeString(state.resolve("window.json"), remembered);
        corral = core;
        stage = new Stage();
        window = new MainWindow(
                corral, stage, new WindowOptions(folders, Optional.of(state), () -> {}), reveal, pages());
        window.open(Samples.FILE);
        window.show();
    }

    /** The pages of the window. */
    List<PageView.Maker> pages() {
        return WindowPages.ALL;
    }

    /** What may have the focus while the window closes: a text field that keeps it would blink on into the next test. */
    abstract Node rows();

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> {
            rows().requestFocus();
            window.close();
            stage.setOnCloseRequest(null);
            stage.close();
        });
    }

    /** Waits until this holds; it is asked on the FX thread. */
    static void until(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean)
                    .get());
        } catch (TimeoutException e) {
            throw new AssertionError("waited in vain", e);
        }
    }

    /** Asks on the FX thread. */
    static <T> T onFx(Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, question);
    }

    /** A node by its style class or id; null when there is none. On the FX thread. */
    final Node node(String query) {
        return stage.getScene().lookup(query);
    }
}
