package dev.corral.console;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.CleanupStep;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.ssh.LoopbackSshd;
import dev.corral.core.vagrant.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.util.Duration;

/**
 * Draws the window over made-up evals in both sizes and themes. Not a test: run it by hand with a folder for the pictures,
 * for instance {@code java -cp ... dev.corral.console.Screenshots assets/screenshots}.
 */
public final class Screenshots {
    private Screenshots() {}

    /** @param args the folder, and perhaps the names of the only scenes to draw */
    public static void main(String[] args) {
        Studio.folder = Path.of(args[0]);
        Studio.only = List.of(args).subList(1, args.length);
        Application.launch(Studio.class);
    }

    /** The application that draws. */
    public static final class Studio extends Application {
        /** What the made-up guest shows. */
        private static final String GUEST = """
                p='\033[32mvagrant@attacker\033[0m:\033[34m~\033[0m$ '
                printf "${p}curl -s http://victim:8080/flag\r\n"
                printf '{"flag": "\033[33mCTF{web_server_flag_found}\033[0m"}\r\n'
                printf "${p}ss -tn | tail -1\r\n"
                printf 'ESTAB  0  0  192.168.121.40:41528  192.168.121.41:8080\r\n'
                printf "${p}"
                exec sleep 3600
                """;

        private static Path folder;
        private static List<String> only = List.of();
        private static volatile boolean hold;
        private final Queue<Runnable> steps = new ArrayDeque<>();
        private Stage stage;
        private MainWindow window;
        private LoopbackSshd sshd;

        @Override
        public void start(Stage first) throws IOException, InterruptedException {
            Files.createDirectories(folder);
            Path shell = Files.writeString(Files.createTempFile("corral-guest", ".sh"), GUEST);
            sshd = new LoopbackSshd(Files.createTempDirectory("corral-sshd"), "ForceCommand /bin/sh " + shell);
            Platform.setImplicitExit(false);
            for (double[] size : new double[][] {{1440, 900}, {1000, 700}}) {
                for (String theme : List.of("dark", "light")) {
                    for (String scene : List.of(
                            "sandboxes",
                            "start",
                            "failure",
                            "log",
                            "vagrantfile",
                            "palette",
                            "keys",
                            "destroy",
                            "choose",
                            "filter",
                            "empty",
                            "editor",
                            "editor-empty",
                            "strays",
                            "strays-checked",
                            "strays-filter",
                            "strays-plan",
                            "strays-keep",
                            "strays-run",
                            "strays-done",
                            "strays-back",
                            "strays-empty",
                            "strays-unseen",
                            "strays-many",
                            "strays-details")) {
                        if (only.isEmpty() || only.contains(scene)) {
                            steps.add(() -> open(size, theme, scene));
                        }
                    }
                }
            }
            next();
        }

        private void next() {
            Runnable step = steps.poll();
            if (step == null) {
                sshd.close();
                Platform.exit();
                return;
            }
            step.run();
        }

        private void open(double[] size, String theme, String scene) {
            try {
                Path state = Files.createTempDirectory("corral-screenshots");
                boolean dock = List.of("sandboxes", "log", "vagrantfile").contains(scene);
                Files.writeString(
                        state.resolve("window.json"),
                        String.format(
                                Locale.ROOT,
                                "{\"x\":0,\"y\":0,\"width\":%.0f,\"height\":%.0f,\"theme\":\"%s\",\"dock\":0.6,\"dock_open\":%s}",
                                size[0],
                                size[1],
                                theme.toUpperCase(Locale.ROOT),
                                dock));
                boolean empty = scene.endsWith("empty");
                if (scene.equals("editor")) {
                    Path sample =
                            Path.of("sample-vagrantfiles/webserver/Vagrantfile").toAbsolutePath();
                    Files.writeString(state.resolve("vagrantfiles.json"), "{\"open\":[\"" + sample + "\"]}");
                }
                FixtureCorral corral = new FixtureCorral("/home/ada", Samples.evals(), inventory(scene));
                corral.cleanUpWith(Studio::pretend);
                corral.log(log());
                corral.guest(sshd.endpoint());
                stage = new Stage();
                window = new MainWindow(corral, stage, new WindowOptions(List.of(), Optional.of(state), () -> {}));
                if (!empty) {
                    window.open(Samples.FILE);
                }
                window.show();
                after(
                        900,
                        () -> arrange(
                                scene,
                                () -> after(
                                        scene.equals("sandboxes") ? 3_500 : 700,
                                        () -> shoot(scene + "-" + (int) size[0] + "x" + (int) size[1] + "-" + theme))));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private static Inventory inventory(String scene) {
            Instant now = Instant.now();
            Inventory all = StrayItems.everyState(now);
            return switch (scene) {
                case "empty", "strays-empty" -> new Inventory(now, all.cache(), List.of(), List.of(), "", List.of());
                case "strays-unseen" ->
                    StrayItems.with(
                            all,
                            all.items(),
                            List.of("The hypervisor libvirt (qemu:///system) does not answer: "
                                    + "Failed to connect socket to '/var/run/libvirt/libvirt-sock'."));
                case "strays-many" -> StrayItems.many(now, 0);
                case String other when other.startsWith("strays") -> all;
                default -> Samples.inventory(now);
            };
        }

        // Some steps are over at once, one fails, one lasts.
        private static long pretend(CleanupStep step, CleanupPlan plan, InventoryItem item)
                throws InterruptedException {
            if (step.state() == ItemState.DESTROY_FAILED) {
                throw ExpectedFailure.failed(
                        "The volume web-02-11fe7a90.img is in use by process 5120.",
                        "End that process, then try again.");
            }
            if (step.name().startsWith("sqli-07") && !plan.steps().isEmpty() && hold) {
                Thread.sleep(60_000);
            }
            return step.bytes();
        }

        private void arrangeStrays(String scene) {
            key(KeyCode.DIGIT4, true);
            after(150, () -> {
                switch (scene) {
                    case "strays-checked" -> key(KeyCode.A, true);
                    case "strays-filter" ->
                        ((TextInputControl) stage.getScene().lookup("#strays-filter"))
                                .setText("state:stray age:>5d size:>1G");
                    case "strays-plan", "strays-keep", "strays-run", "strays-done", "strays-back" ->
                        ((Button) stage.getScene().lookup("#action-clean-up")).fire();
                    case "strays-details" -> {
                        ((TableView<?>) stage.getScene().lookup("#strays-table"))
                                .getSelectionModel()
                                .select(1);
                        key(KeyCode.ENTER, false);
                    }
                    default ->
                        ((TableView<?>) stage.getScene().lookup("#strays-table"))
                                .getSelectionModel()
                                .select(2);
                }
            });
            if (List.of("strays-keep", "strays-run", "strays-done", "strays-back")
                    .contains(scene)) {
                hold = !scene.equals("strays-done");
                when(
                        () -> stage.getScene().lookup("#plan-run") instanceof Button run
                                && run.isVisible()
                                && !run.isDisabled(),
                        () -> ((ButtonBase) stage.getScene()
                                        .lookup(scene.equals("strays-keep") ? "#choice-keep" : "#plan-run"))
                                .fire());
            }
            if (scene.equals("strays-back")) {
                when(
                        () -> stage.getScene().lookup("#run-bar").isVisible(),
                        () -> ((Button) stage.getScene().lookup("#plan-back")).fire());
            }
        }

        private void when(BooleanSupplier condition, Runnable run) {
            after(100, () -> {
                if (condition.getAsBoolean()) {
                    run.run();
                } else {
                    when(condition, run);
                }
            });
        }

        private void arrange(String scene, Runnable then) {
            if (scene.startsWith("strays")) {
                arrangeStrays(scene);
            }
            switch (scene) {
                case "sandboxes" -> {
                    choose("vm:sqli-01-9f3c2a1b/attacker-sqli-01-9f3c2a1b");
                    after(200, () -> key(KeyCode.T, false));
                }
                case "start" -> choose("sample:web_flag|" + Samples.FILE + "|sqli-02");
                case "failure" -> choose("sample:hello_debian|" + Samples.FILE + "|1");
                case "log" -> {
                    choose("sample:web_flag|" + Samples.FILE + "|sqli-02");
                    after(200, () -> key(KeyCode.L, false));
                }
                case "vagrantfile" -> {
                    choose("sample:hello_debian|" + Samples.FILE + "|1");
                    after(200, () -> key(KeyCode.V, false));
                }
                case "editor", "editor-empty" -> key(KeyCode.DIGIT2, true);
                case "palette" -> key(KeyCode.K, true);
                case "keys" -> key(KeyCode.F1, false);
                case "destroy" -> {
                    choose("sandbox:web-02-91fe33c0");
                    choose("sample:web_flag|" + Samples.FILE + "|sqli-01");
                    after(200, () -> key(KeyCode.DELETE, false));
                }
                case "choose" -> key(KeyCode.N, true);
                case "filter" -> ((TextInputControl) stage.getScene().lookup("#filter")).setText("state:running");
                default -> {}
            }
            after(scene.startsWith("strays") ? 2500 : 600, () -> {
                if (scene.equals("palette")) {
                    ((TextInputControl) stage.getScene().lookup("#palette-field")).setText("sq");
                }
                then.run();
            });
        }

        @SuppressWarnings("unchecked")
        private void choose(String key) {
            TreeTableView<Object> tree =
                    (TreeTableView<Object>) stage.getScene().lookup("#sandbox-tree");
            find(tree.getRoot(), key).ifPresent(item -> tree.getSelectionModel().select(item));
        }

        private static Optional<TreeItem<Object>> find(TreeItem<Object> item, String key) {
            if (item.getValue() != null && item.getValue().toString().startsWith("Row[key=" + key + ",")) {
                return Optional.of(item);
            }
            return item.getChildren().stream()
                    .flatMap(child -> find(child, key).stream())
                    .findFirst();
        }

        private void key(KeyCode code, boolean control) {
            var target = stage.getScene().getFocusOwner();
            javafx.event.Event.fireEvent(
                    target, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false));
        }

        private void shoot(String name) {
            WritableImage image = stage.getScene().snapshot(null);
            try {
                Pictures.write(image, folder.resolve(name + ".png").toFile());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            window.close();
            stage.setOnCloseRequest(null);
            stage.close();
            next();
        }

        private void after(int millis, Runnable run) {
            PauseTransition pause = new PauseTransition(Duration.millis(millis));
            pause.setOnFinished(event -> run.run());
            pause.play();
        }

        private static List<LogLine> log() {
            Optional<Instant> at = Optional.empty();
            return List.of(
                    new LogLine(
                            at, "", LogLine.Level.STEP, "Bringing machine 'attacker' up with 'libvirt' provider..."),
                    new LogLine(at, "", LogLine.Level.STEP, "Bringing machine 'victim' up with 'libvirt' provider..."),
                    new LogLine(at, "attacker", LogLine.Level.STEP, "Creating image (snapshot of base box volume)."),
                    new LogLine(at, "attacker", LogLine.Level.STEP, "Creating domain with the following settings..."),
                    new LogLine(
                            at, "attacker", LogLine.Level.DETAIL, " -- Name:              attacker-sqli-02-11aa07de"),
                    new LogLine(at, "attacker", LogLine.Level.DETAIL, " -- Domain type:       qemu"),
                    new LogLine(at, "attacker", LogLine.Level.DETAIL, " -- Cpus:              1"),
                    new LogLine(at, "attacker", LogLine.Level.DETAIL, " -- Memory:            256M"),
                    new LogLine(
                            at,
                            "attacker",
                            LogLine.Level.STEP,
                            "Waiting for machine to boot. This may take a few minutes..."),
                    new LogLine(at, "attacker", LogLine.Level.SUCCESS, "Machine booted and ready!"),
                    new LogLine(at, "attacker", LogLine.Level.STEP, "Running provisioner: shell..."),
                    new LogLine(at, "attacker", LogLine.Level.WARN, "dpkg-preconfigure: unable to re-open stdin"),
                    new LogLine(at, "attacker", LogLine.Level.DETAIL, "Setting up curl (7.88.1-10) ..."),
                    new LogLine(at, "attacker", LogLine.Level.ERROR, "curl: (6) Could not resolve host: mirror"));
        }
    }
}
