package dev.corral.console.vm;

import static dev.corral.console.vm.RealWindow.SOON;
import static dev.corral.console.vm.RealWindow.START;
import static dev.corral.console.vm.RealWindow.onFx;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Pictures;
import dev.corral.console.sandboxes.Row;
import dev.corral.console.terminal.TerminalPane;
import dev.corral.core.app.LocalCorral;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Makes the pictures of the manual: the window at work on real VMs, in two sizes and both themes. Run it with
 * {@code jpackage/screenshots}. The property {@code corral.screenshots} names the folder for them.
 */
@Tag("screenshots")
@Timeout(600)
class ScreenshotMaker {
    private static final Path FOLDER = Path.of(System.getProperty("corral.screenshots", "assets/screenshots"));

    // Short, because the pictures show it; a home of its own keeps the paths in them the same wherever they are made.
    @TempDir
    static Path temp;

    private static RealWindow window;
    private static String webserver;
    private static String broken;

    @BeforeAll
    static void startEverything() throws Exception {
        Path home = Files.createDirectories(temp.resolve("home"));
        Path samples = home.resolve("corral/sample-vagrantfiles");
        copy(Path.of("sample-vagrantfiles"), samples);
        String boxes = System.getenv().getOrDefault("VAGRANT_HOME", System.getProperty("user.home") + "/.vagrant.d");
        LocalCorral corral = RealWindow.core(Map.of(
                "HOME",
                home.toString(),
                "VAGRANT_HOME",
                boxes,
                "INSPECT_SANDBOX_CACHE_DIR",
                "",
                "XDG_CACHE_HOME",
                "",
                "XDG_CONFIG_HOME",
                "",
                "XDG_DATA_HOME",
                ""));
        Path evals = samples.resolve("evals.py");
        Path brokenEvals = samples.resolve("broken_evals.py");
        webserver = RealWindow.sample(evals, "webserver", "read-the-flag");
        broken = RealWindow.sample(brokenEvals, "broken_provisioner", "never-starts");
        leaveThingsBehind(home.resolve(".cache/inspect-vagrant-sandbox"));
        window = RealWindow.open(
                corral, temp.resolve("settings"), 1440, 900, evals, Path.of(brokenEvals + "@broken_provisioner"));
        window.until(
                "the samples are listed",
                START,
                () -> window.row(webserver).isPresent() && window.row(broken).isPresent());
        Files.createDirectories(FOLDER);
        window.click(broken);
        window.press(KeyCode.ENTER);
        window.until("the broken sandbox has failed", START, () -> state(broken).equals("provision failed"));
        window.click(webserver);
        window.press(KeyCode.ENTER);
        window.until(
                "both VMs run",
                START.multipliedBy(2),
                () -> state(webserver).equals("ready")
                        && window.below(webserver).stream()
                                        .filter(row -> row.state().equals("running"))
                                        .count()
                                == 2);
        window.awaitTerminal(SOON);
        debugTheBrokenOne();
        window.closeMessages();
    }

    private static void debugTheBrokenOne() {
        window.click(broken);
        window.press(KeyCode.E);
        window.until(
                "its Vagrantfile is open beside its machines",
                SOON,
                () -> window.stage().getScene().lookup("#tool-up") instanceof ButtonBase up && !up.isDisabled());
        onFx(() -> {
            ((ButtonBase) window.stage().getScene().lookup("#tool-up")).fire();
            return null;
        });
        window.until(
                "the step that failed says why",
                START,
                () -> window.stage().getScene().lookup("#step-why") instanceof Label why
                        && why.getText().contains("failed"));
        window.press(KeyCode.CONTROL, KeyCode.DIGIT1);
    }

    // What runs that were killed leave: a sandbox of the original plugin whose VM is gone, a manifest cut in half,
    // rubbish of a removal.
    private static void leaveThingsBehind(Path cache) throws IOException {
        Path old = Files.createDirectories(cache.resolve("sqli-07-2be0c4d1/.vagrant/machines/attacker/libvirt"));
        Files.writeString(old.resolve("id"), "0d5c6f0e-1111-4222-8333-444455556666");
        Files.writeString(
                cache.resolve("sqli-07-2be0c4d1/Vagrantfile"),
                "Vagrant.configure('2') { |config| config.vm.box = 'corral/debian' }\n");
        Files.writeString(
                Files.createDirectories(cache.resolve("xss-03-77b0c1e2")).resolve("corral.json"),
                "{\"schema_version\": 1, \"id\":");
        Files.write(
                Files.createDirectories(cache.resolve(".corral/trash/web-02-91fe33c0-5a"))
                        .resolve("linked-box.img"),
                new byte[24 << 20]);
        Files.createDirectories(cache.resolve("notes"));
    }

    @AfterAll
    static void nothingIsLeft() {
        assertThat(window.closeAndClean()).isEmpty();
    }

    private static String state(String key) {
        return window.row(key).map(Row::state).orElse("");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(path -> !path.toString().contains("__pycache__"))
                    .toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1440, 900, dark", "1440, 900, light", "1000, 700, dark", "1000, 700, light"})
    void pictures(int width, int height, String theme) throws IOException {
        String ending = "-" + width + "x" + height + "-" + theme;
        window.resize(width, height);
        choose("theme: " + theme);
        window.until(
                "the theme is there",
                SOON,
                () -> window.stage().getScene().getRoot().getStyleClass().contains("corral-" + theme)
                        && window.stage().getWidth() == width
                        && window.stage().getHeight() == height);
        window.click(webserver);
        window.press(KeyCode.T);
        TerminalPane terminal = window.awaitTerminal(SOON);
        answer(terminal, "clear", "");
        answer(terminal, "getent hosts victim", " victim");
        answer(terminal, "curl http://victim/", "</html>");
        answer(terminal, "curl http://victim/internal/flag.txt", "flag{curl-is-enough}");
        shoot("sandboxes" + ending);

        foldDock();
        window.until("the dock is folded", SOON, () -> terminal.getHeight() < 20);
        window.click(broken);
        window.until("the cause is shown", SOON, () -> !window.text("#failure .machine-area")
                .isEmpty());
        shoot("failure" + ending);
        foldDock();

        window.click(webserver);
        window.press(KeyCode.L);
        window.until(
                "the log is there",
                SOON,
                () -> window.stage().getScene().lookup(".log-area")
                                instanceof org.fxmisc.richtext.StyleClassedTextArea area
                        && area.getLength() > 500);
        shoot("log" + ending);
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.W);

        window.click(webserver);
        window.press(KeyCode.CONTROL, KeyCode.K);
        window.until(
                "the palette is open",
                SOON,
                () -> window.stage().getScene().lookup("#palette-field") instanceof TextInputControl);
        window.robot().write("web");
        shoot("palette" + ending);
        window.press(KeyCode.ESCAPE);

        window.press(KeyCode.CONTROL, KeyCode.DIGIT4);
        window.until(
                "everything is listed",
                SOON,
                () -> window.stage().getScene().lookup("#strays-table") instanceof TableView<?> table
                        && table.getItems().size() > 4);
        foldDock();
        shoot("strays" + ending);
        window.press(KeyCode.CONTROL, KeyCode.DIGIT2);
        window.until(
                "the steps are in sight",
                SOON,
                () -> window.stage().getScene().lookup("#step-why") instanceof Label why && why.isVisible());
        shoot("vagrantfile" + ending);
        window.press(KeyCode.CONTROL, KeyCode.DIGIT1);
        foldDock();
        partsOfTheGuest(ending);
    }

    private static void partsOfTheGuest(String ending) throws IOException {
        window.click(webserver);
        window.press(KeyCode.F);
        window.until(
                "the guest's files are listed",
                START,
                () -> window.stage().getScene().lookup("#guest-files") instanceof TableView<?> table
                        && !table.getItems().isEmpty());
        shoot("files" + ending);
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.W);
        window.click(webserver);
        window.press(KeyCode.W);
        window.until(
                "the network is drawn", START, () -> window.stage().getScene().lookup("#network-picture") != null);
        WaitForAsyncUtils.sleep(2, TimeUnit.SECONDS);
        shoot("network" + ending);
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.W);
        window.click(webserver);
        window.press(KeyCode.H);
        window.until(
                "a sample may be solved",
                START,
                () -> window.stage().getScene().lookup("#solve-task") instanceof javafx.scene.Node task
                        && task.isVisible());
        shoot("solve" + ending);
        window.press(KeyCode.CONTROL, KeyCode.DIGIT1);
    }

    private static void choose(String command) {
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.K);
        window.until(
                "the palette is open",
                SOON,
                () -> window.stage().getScene().getFocusOwner() instanceof TextInputControl field
                        && "palette-field".equals(field.getId()));
        window.robot().write(command);
        window.press(KeyCode.ENTER);
        window.until(
                "the palette is closed", SOON, () -> window.stage().getScene().lookup("#palette-field") == null);
    }

    private static void foldDock() {
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.J);
    }

    private static void answer(TerminalPane terminal, String line, String expected) {
        onFx(() -> {
            terminal.type(line + "\n");
            return null;
        });
        window.until("the guest answers " + line, SOON, () -> {
            String screen = terminal.screenText().strip();
            boolean typed = line.equals("clear") ? screen.lines().count() == 1 : screen.contains(line);
            return typed && screen.contains(expected) && screen.endsWith("$");
        });
    }

    private static void shoot(String name) throws IOException {
        // Out of the way, so that no row and no button is lit up by chance; tooltips go with the pointer.
        window.robot().moveTo(1590, 990);
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.sleep(200, TimeUnit.MILLISECONDS);
        WritableImage image = onFx(() -> window.stage().getScene().snapshot(null));
        Path file = FOLDER.resolve(name.toLowerCase(Locale.ROOT) + ".png");
        Pictures.write(image, file.toFile());
        assertThat(file).isNotEmptyFile();
    }
}
