package dev.corral.console;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;

/**
 * How long the window's thread is busy with the page of strays: 2,000 items whose sizes change once a second, and what the
 * page takes while nothing happens. Not a test: run it by hand on a quiet machine.
 */
public final class StraysPace {
    private StraysPace() {}

    /** Prints milliseconds of processor time of the window's thread for each update, and the share of a core while idle. */
    public static void main(String[] args) {
        Application.launch(Window.class);
    }

    /** The application that is measured. */
    public static final class Window extends Application {
        private static final int WARM_UP = 10;
        private static final int ROUNDS = 30;

        @Override
        public void start(Stage stage) throws Exception {
            Path state = Files.createTempDirectory("corral-pace");
            Files.writeString(
                    state.resolve("window.json"),
                    "{\"x\":0,\"y\":0,\"width\":1440,\"height\":900,\"theme\":\"DARK\",\"dock_open\":false}");
            FixtureCorral corral = new FixtureCorral("/home/ada", Samples.evals(), StrayItems.many(Instant.now(), 0));
            MainWindow window =
                    new MainWindow(corral, stage, new WindowOptions(List.of(), Optional.of(state), () -> {}));
            window.show();
            ((ToggleButton) stage.getScene().lookup("#page-strays")).fire();
            long thread = Thread.currentThread().threadId();
            Thread.ofPlatform().daemon().start(() -> measure(corral, thread));
        }

        private static void measure(FixtureCorral corral, long thread) {
            try {
                Thread.sleep(6_000);
                List<Double> busy = new ArrayList<>();
                Instant now = Instant.now();
                for (int round = 1; round <= WARM_UP + ROUNDS; round++) {
                    var next = StrayItems.many(now, round);
                    long before = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
                    corral.show(next);
                    Thread.sleep(1_000);
                    if (round > WARM_UP) {
                        busy.add((ManagementFactory.getThreadMXBean().getThreadCpuTime(thread) - before) / 1e6);
                    }
                }
                Collections.sort(busy);
                System.out.printf(
                        Locale.ROOT,
                        "update of 2,000 items: window's thread busy %.1f ms (median), %.1f ms (worst)%n",
                        busy.get(ROUNDS / 2),
                        busy.getLast());
                Thread.sleep(3_000);
                long before = cpu();
                Thread.sleep(20_000);
                System.out.printf(Locale.ROOT, "idle: %.2f %% of a core%n", (cpu() - before) / 20e9 * 100);
                Platform.exit();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static long cpu() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }
    }
}
