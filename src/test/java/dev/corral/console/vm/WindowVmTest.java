package dev.corral.console.vm;

import static dev.corral.console.vm.RealWindow.SOON;
import static dev.corral.console.vm.RealWindow.START;
import static dev.corral.console.vm.RealWindow.onFx;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.sandboxes.Row;
import dev.corral.console.sandboxes.Subject;
import dev.corral.console.terminal.TerminalPane;
import dev.corral.core.app.LocalCorral;
import dev.corral.core.inventory.PhaseSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javafx.scene.control.Button;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person's work in the window with real VMs. The tests share one window, the first three also one VM, and run in order; each
 * makes itself what it needs when it is tried again alone. */
@Tag("vm_required")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WindowVmTest {
    private static final Path SAMPLES = Path.of("sample-vagrantfiles").toAbsolutePath();
    private static final Path EVALS = SAMPLES.resolve("evals.py");
    private static final Path BROKEN_EVALS = SAMPLES.resolve("broken_evals.py");
    private static final String DEBIAN = RealWindow.sample(EVALS, "basic", "which-debian");
    private static final String COUNT = RealWindow.sample(EVALS, "basic", "count-the-failures");
    private static final String BROKEN = RealWindow.sample(BROKEN_EVALS, "broken_provisioner", "never-starts");
    private static final Pattern SIZE = Pattern.compile("Size-(\\d+)x(\\d+)-(\\d+)");
    private static final Duration DESTROY = Duration.ofSeconds(60);

    @TempDir
    static Path temp;

    private static RealWindow window;
    private static int sizesAsked;

    /** Rows and columns of a terminal. */
    private record Size(int rows, int columns) {}

    @BeforeAll
    static void open() throws Exception {
        LocalCorral corral = RealWindow.core(
                Map.of("INSPECT_SANDBOX_CACHE_DIR", temp.resolve("cache").toString()));
        window = RealWindow.open(
                corral,
                temp.resolve("settings"),
                1100,
                760,
                Path.of(EVALS + "@basic"),
                Path.of(BROKEN_EVALS + "@broken_provisioner"));
        window.until(
                "the samples are listed",
                Duration.ofSeconds(60),
                () -> window.row(DEBIAN).isPresent() && window.row(BROKEN).isPresent());
    }

    @AfterAll
    static void nothingIsLeft() {
        assertThat(window.closeAndClean()).isEmpty();
    }

    private static String state(String key) {
        return window.row(key).map(Row::state).orElse("");
    }

    private static boolean vmIs(String state, String key) {
        return window.below(key).stream().map(Row::state).toList().equals(List.of(state));
    }

    private static void type(String line) {
        window.robot().write(line);
        window.press(KeyCode.ENTER);
    }

    // Asks until the guest gives the answer that is waited for: the news of a resize take their time on the way there.
    private static Size guestsSize(TerminalPane terminal, Predicate<Size> expected) {
        Size[] told = new Size[1];
        boolean[] asked = new boolean[1];
        window.until("the guest tells the expected size of the terminal", SOON, () -> {
            Optional<Size> newest = SIZE.matcher(terminal.screenText())
                    .results()
                    .filter(found -> Integer.parseInt(found.group(3)) == sizesAsked)
                    .findFirst()
                    .map(found -> new Size(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))));
            if (newest.isPresent() && expected.test(newest.get())) {
                told[0] = newest.get();
                return true;
            }
            if (newest.isPresent() || !asked[0]) {
                asked[0] = true;
                sizesAsked++;
                terminal.type("echo Size-$(stty size | tr ' ' x)-" + sizesAsked + "\n");
            }
            return false;
        });
        return told[0];
    }

    @Test
    @Order(1)
    void aSampleStartsByOneClickAndItsGuestAnswersInTheTerminal() {
        window.click(DEBIAN);
        window.clickButton(DEBIAN);
        window.until("the row says that it starts", SOON, () -> state(DEBIAN).startsWith("starting"));
        window.until("the VM runs", START, () -> state(DEBIAN).equals("ready") && vmIs("running", DEBIAN));
        assertThat(window.domains()).hasSize(1);
        TerminalPane terminal = window.awaitTerminal(SOON);
        type("echo Answer-$((6*7))");
        window.until("the guest answers", SOON, () -> terminal.screenText().contains("\nAnswer-42"));
        Size before = guestsSize(terminal, size -> size.rows() > 5);
        window.resize(1400, 960);
        Size wider = guestsSize(terminal, size -> size.columns() > before.columns());
        assertThat(wider.columns()).isBetween(before.columns() + 30, before.columns() + 60);
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.M);
        guestsSize(terminal, size -> size.rows() > wider.rows() + 5 && size.columns() == wider.columns());
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.M);
        guestsSize(terminal, size -> Math.abs(size.rows() - wider.rows()) <= 1);
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.J);
        window.until("the dock is folded", SOON, () -> terminal.getHeight() < 20);
        window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.J);
        window.until(
                "the unfolded terminal shows its text again",
                SOON,
                () -> terminal.getHeight() > 100 && drawn(terminal));
    }

    // More than the background and the cursor.
    private static boolean drawn(TerminalPane terminal) {
        WritableImage image = terminal.snapshot(null, null);
        int ink = 0;
        for (int x = 0; x < 300; x++) {
            for (int y = 0; y < 80; y++) {
                ink += image.getPixelReader().getArgb(x, y)
                                == image.getPixelReader().getArgb(2, 2)
                        ? 0
                        : 1;
            }
        }
        return ink > 1000;
    }

    @Test
    @Order(2)
    void aVmThatGoesAwayUnderItsTerminalIsShownStoppedAndCanBeReconnected() {
        runs(DEBIAN);
        TerminalPane terminal = window.terminal().orElseThrow();
        window.robot().clickOn(terminal);
        type("echo Kept-$((1+1))");
        window.until("the guest answers", SOON, () -> terminal.screenText().contains("\nKept-2"));
        String domain = window.domains().iterator().next();
        Virsh.run("destroy", domain);
        window.until(
                "the VM is shown as stopped", SOON, () -> state(DEBIAN).equals("stopped") && vmIs("stopped", DEBIAN));
        window.until(
                "the terminal offers to reconnect",
                Duration.ofSeconds(45),
                () -> terminal.getState().status() == TerminalPane.Status.DISCONNECTED
                        && reconnect().isVisible()
                        && !reconnect().isDisabled());
        assertThat(terminal.screenText()).contains("\nKept-2");
        Virsh.run("start", domain);
        window.until(
                "the VM is shown as running again",
                SOON,
                () -> state(DEBIAN).equals("ready") && vmIs("running", DEBIAN));
        // Booting takes a while; until then the terminal says why it could not be connected, and offers it again.
        window.until("the terminal is connected again", START, () -> {
            if (terminal.getState().status() == TerminalPane.Status.DISCONNECTED) {
                reconnect().fire();
            }
            return terminal.getState().status() == TerminalPane.Status.CONNECTED;
        });
        window.robot().clickOn(terminal);
        window.awaitTerminal(SOON);
        type("echo Again-$((5*5))");
        window.until(
                "the guest answers again", SOON, () -> terminal.screenText().contains("\nAgain-25"));
    }

    // A test that is tried once more finds a window in which nothing was done before.
    private static void runs(String sample) {
        if (window.below(sample).isEmpty()) {
            window.click(sample);
            window.press(KeyCode.ENTER);
            window.until("the VM runs", START, () -> state(sample).equals("ready") && vmIs("running", sample));
            window.awaitTerminal(SOON);
        }
    }

    private static Button reconnect() {
        return (Button) window.stage().getScene().lookup(".terminal-connection .button");
    }

    @Test
    @Order(3)
    void deleteAndEnterDestroyIt() {
        runs(DEBIAN);
        window.click(DEBIAN);
        destroyByKeys(DEBIAN);
    }

    private static void destroyByKeys(String sample) {
        window.press(KeyCode.DELETE);
        window.until("it is asked whether to destroy", SOON, () -> {
            var focus = window.stage().getScene().getFocusOwner();
            return focus != null && "confirm-destroy".equals(focus.getId());
        });
        window.press(KeyCode.ENTER);
        window.until(
                "the VM's row is gone",
                DESTROY,
                () -> window.below(sample).isEmpty() && state(sample).equals("not started"));
        assertThat(window.domains()).isEmpty();
    }

    @Test
    @Order(4)
    void aFailedStartSaysPhaseAndCauseAndLeavesNothing() {
        window.click(BROKEN);
        window.press(KeyCode.ENTER);
        window.until(
                "the row says which phase failed", START, () -> state(BROKEN).equals("provision failed"));
        Row row = onFx(() -> window.row(BROKEN).orElseThrow());
        assertThat(row.note()).contains("provisioner");
        assertThat(((Subject.Sample) row.subject())
                        .lastFailed()
                        .orElseThrow()
                        .operation()
                        .orElseThrow()
                        .phases())
                .as("the phases of the start, not those of the cleaning up")
                .extracting(PhaseSpan::name)
                .contains("boot", "provision · app (shell)");
        assertThat(window.text("#failure .section-title")).startsWith("Failed in: provision · app");
        assertThat(window.text("#failure .failure-sentence")).isEqualTo(row.note());
        assertThat(window.text("#failure .machine-area")).contains("app: /etc/app.conf: no such file");
        assertThat(onFx(() -> window.below(BROKEN))).isEmpty();
        assertThat(window.domains()).isEmpty();
        window.closeMessages();
    }

    @Test
    @Order(5)
    void theVmOfAFailedStartCanBeKeptAndLookedInto() {
        window.click(BROKEN);
        if (!state(BROKEN).equals("provision failed")) {
            window.press(KeyCode.ENTER);
            window.until("it has failed", START, () -> state(BROKEN).equals("provision failed"));
        }
        window.robot().clickOn("#failure-keep");
        window.until("it starts again", SOON, () -> state(BROKEN).startsWith("starting"));
        window.until(
                "the VM is kept", START, () -> state(BROKEN).equals("provision failed") && vmIs("running", BROKEN));
        window.closeMessages();
        window.click(BROKEN);
        window.press(KeyCode.ENTER);
        TerminalPane terminal = window.awaitTerminal(SOON);
        type("ls /etc/app.conf || echo Missing-$((1+2))");
        window.until("the guest answers", SOON, () -> terminal.screenText().contains("\nMissing-3"));
        window.click(BROKEN);
        window.press(KeyCode.DELETE);
        window.until(
                "it is asked whether to destroy",
                SOON,
                () -> window.stage().getScene().lookup("#confirm-destroy") != null);
        window.robot().clickOn("#confirm-destroy");
        window.until("the VM's row is gone", DESTROY, () -> window.below(BROKEN).isEmpty());
        assertThat(window.domains()).isEmpty();
    }

    @Test
    @Order(6)
    void aStartCancelledInTheMiddleOfBootLeavesNothing() {
        window.click(COUNT);
        window.press(KeyCode.ENTER);
        window.until("it boots", START, () -> Set.of("starting · boot", "starting · wait for SSH")
                .contains(state(COUNT)));
        assertThat(window.domains()).hasSize(1);
        window.press(KeyCode.C);
        window.until("the row says that it was cancelled", DESTROY, () -> state(COUNT)
                .equals("cancelled"));
        assertThat(onFx(() -> window.below(COUNT))).isEmpty();
        assertThat(window.domains()).isEmpty();
    }
}
