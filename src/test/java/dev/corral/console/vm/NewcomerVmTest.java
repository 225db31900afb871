package dev.corral.console.vm;

import static dev.corral.console.vm.RealWindow.onFx;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sees the page of Vagrantfiles for the first time opens a file, finds what is broken, mends it, and proves that. One real VM. */
@Tag("vm_required")
@Timeout(1800)
class NewcomerVmTest {
    private static final Path SAMPLES = Path.of("sample-vagrantfiles").toAbsolutePath();
    // What they wait for comes or not, however busy the machine is.
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path temp;

    private static RealWindow window;
    private static Path vagrantfile;
    private static String sample;

    @BeforeAll
    static void open() throws Exception {
        Path evals = temp.toRealPath().resolve("evals");
        vagrantfile =
                Files.createDirectories(evals.resolve("broken-provisioner")).resolve("Vagrantfile");
        Files.copy(SAMPLES.resolve("broken-provisioner/Vagrantfile"), vagrantfile);
        Path file = Files.copy(SAMPLES.resolve("broken_evals.py"), evals.resolve("broken_evals.py"));
        sample = RealWindow.sample(file, "broken_provisioner", "never-starts");
        window = RealWindow.open(
                RealWindow.core(Map.of(
                        "INSPECT_SANDBOX_CACHE_DIR", temp.resolve("cache").toString())),
                temp.resolve("settings"),
                1400,
                900,
                Path.of(file + "@broken_provisioner"));
        window.until("the sample is listed", START, () -> window.row(sample).isPresent());
    }

    @AfterAll
    static void nothingIsLeft() {
        assertThat(window.closeAndClean()).isEmpty();
    }

    @Test
    void theFileIsOpenedMendedGoneOnWithAndProven() throws Exception {
        opensTheVagrantfileOfASample();
        findsWhatIsBrokenBeforeAnythingRuns();
        startsAndSeesWhichStepFailed();
        mendsTheScriptAndGoesOnFromThere();
        provesIt();
    }

    private static CodeArea area() {
        Node shown = (Node) ((TabPane) find("#file-tabs"))
                .getSelectionModel()
                .getSelectedItem()
                .getUserData();
        return (CodeArea) shown.lookup("#code");
    }

    // For the FX thread.
    private static Node find(String query) {
        return window.stage().getScene().lookup(query);
    }

    private static void typeOver(String word, String with) {
        window.robot().interact(() -> {
            CodeArea area = area();
            int at = area.getText().indexOf(word);
            area.requestFocus();
            area.selectRange(at, at + word.length());
        });
        window.robot().write(with);
        window.until("it is typed: " + with, SOON, () -> area().getText().contains(with));
    }

    private static void save(String expected) {
        window.press(KeyCode.CONTROL, KeyCode.S);
        window.until("it is saved", SOON, () -> read().contains(expected));
    }

    private static String read() {
        try {
            return Files.readString(vagrantfile);
        } catch (IOException e) {
            return "";
        }
    }

    private static String problems() {
        return ((ListView<?>) find("#problems")).getItems().toString();
    }

    private static List<String> cards() {
        return find("#debug-cards").lookupAll(".machine-card").stream()
                .filter(Node::isVisible)
                .map(Node::getAccessibleText)
                .filter(Objects::nonNull)
                .toList();
    }

    private static void press(String what, Duration limit, String query, String text) {
        window.until(what, limit, () -> button(query, text)
                .filter(one -> !one.isDisabled())
                .isPresent());
        window.robot().interact(() -> button(query, text).orElseThrow().fire());
    }

    private static Optional<ButtonBase> button(String query, String text) {
        return window.stage().getScene().getRoot().lookupAll(query).stream()
                .filter(ButtonBase.class::isInstance)
                .map(ButtonBase.class::cast)
                .filter(one -> one.getText().equals(text) && shown(one))
                .findFirst();
    }

    private static boolean shown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static void opensTheVagrantfileOfASample() {
        window.click(sample);
        window.press(KeyCode.E);
        window.until(
                "the file is in the editor",
                SOON,
                () -> find("#file-tabs") != null
                        && shown(find("#file-tabs"))
                        && area() != null
                        && area().getText().contains("/etc/app.conf"));
    }

    private static void findsWhatIsBrokenBeforeAnythingRuns() {
        typeOver("config.vm.box =", "config.vm.bxo =");
        window.until("the wrong word is found", SOON, () -> problems().contains("There is no setting bxo"));
        assertThat(onFx(NewcomerVmTest::problems)).contains("Did you mean box?");
        window.press(KeyCode.F8);
        window.until("its line is shown", SOON, () -> area().getCurrentParagraph() == 3);
        typeOver("config.vm.bxo =", "config.vm.box =");
        window.until("nothing is wrong any more", SOON, () -> problems().equals("[]"));
        save("config.vm.box =");
        assertThat(window.domains()).isEmpty();
    }

    private static void startsAndSeesWhichStepFailed() {
        press("it can be started", SOON, "#tool-up", "Up");
        window.until(
                "the step that failed says so",
                START,
                () -> cards().stream().anyMatch(card -> card.contains("app failed"))
                        && ((ListView<?>) find("#step-lines"))
                                .getItems()
                                .toString()
                                .contains("no such file"));
        window.until(
                "a link leads to its line",
                SOON,
                () -> find("#step-fault") instanceof Hyperlink link
                        && link.isVisible()
                        && link.getText().equals("Vagrantfile:8"));
        assertThat(window.domains()).as("the VM is kept").hasSize(1);
    }

    private static void mendsTheScriptAndGoesOnFromThere() {
        typeOver("exit 3", "touch /etc/app.conf");
        save("touch /etc/app.conf");
        press("the step can be run again", SOON, ".step-button", "From here on");
        window.until("all its steps are done", START, () -> cards().equals(List.of("default, running")));
    }

    private static void provesIt() {
        press("it can be proven", SOON, "#tool-prove", "Prove it");
        window.until("it is proven", START, () -> cards().stream().anyMatch(card -> card.contains("proven")));
        window.until(
                "the clean start is destroyed again",
                START,
                () -> window.domains().size() == 1);
        assertThat(window.domains()).hasSize(1);
    }
}
