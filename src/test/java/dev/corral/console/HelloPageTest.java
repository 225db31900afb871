package dev.corral.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.page.Action;
import dev.corral.console.page.PageView;
import dev.corral.console.settings.StateFile;
import dev.corral.console.settings.WindowState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** A page that the window has never heard of has its place in rail, palette, keys and window state like the others. */
@Tag("unit")
class HelloPageTest extends WindowOverFixture {
    private static final String SQLI_01 = "sqli-01-9f3c2a1b";

    @Start
    void open(Stage given) throws Exception {
        open(
                new FixtureCorral("/home/ada", Samples.evals(), Samples.inventory(Instant.now())),
                "{\"x\":0,\"y\":0,\"width\":1200,\"height\":800,\"theme\":\"DARK\","
                        + "\"pages\":{\"hello\":{\"chosen\":[\"" + SQLI_01
                        + "\"]},\"later\":{\"chosen\":[\"of a later version\"]}}}",
                List.of(),
                folder -> {});
    }

    @Override
    List<PageView.Maker> pages() {
        return Stream.concat(WindowPages.ALL.stream(), Stream.<PageView.Maker>of(HelloPage::new))
                .toList();
    }

    @Override
    Node rows() {
        return list();
    }

    @SuppressWarnings("unchecked")
    private ListView<String> list() {
        return (ListView<String>) node("#hello-list");
    }

    private void show(FxRobot robot) {
        until(() -> list().getItems().size() > 1);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT5);
        until(() -> list().isVisible() && stage.getScene().getFocusOwner() == list());
    }

    private List<String> palette(FxRobot robot, String letters) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        until(() -> node("#palette-field") != null);
        robot.write(letters);
        return onFx(() -> ((ListView<?>) node("#palette-list"))
                .getItems().stream().map(Object::toString).toList());
    }

    private List<String> keys(FxRobot robot) {
        robot.push(KeyCode.F1);
        until(() -> node("#key-map") != null);
        List<String> texts = onFx(() -> node("#key-map").lookupAll(".label").stream()
                .map(label -> ((Label) label).getText())
                .toList());
        robot.push(KeyCode.ESCAPE);
        until(() -> node("#key-map") == null);
        return texts;
    }

    @Test
    void itTakesSixtyLinesAndNothingElseKnowsOfIt() throws Exception {
        assertThat(Files.readAllLines(Path.of("src/test/java/dev/corral/console/HelloPage.java")))
                .hasSizeLessThanOrEqualTo(60);
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/corral/console"))) {
            assertThat(sources.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContainIgnoringCase("hello"));
        }
    }

    @Test
    void itIsInTheRailAndHasTheNextKey(FxRobot robot) {
        robot.clickOn("#page-hello");
        until(() -> list().isVisible() && ((ToggleButton) node("#page-hello")).isSelected());
        assertThat(onFx(() -> node("#sandbox-tree").getParent().isVisible()
                        && ((ToggleButton) node("#page-sandboxes")).isSelected()))
                .isFalse();
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        until(() -> !list().isVisible());
        show(robot);
    }

    @Test
    void thePaletteFindsItAndWhatIsOnIt(FxRobot robot) {
        until(() -> list().getItems().size() > 1);
        assertThat(palette(robot, "page: hello")).first().asString().contains("Greet every sandbox");
        robot.push(KeyCode.ESCAPE);
        assertThat(palette(robot, "hello unknown")).first().asString().contains("greeting");
        robot.push(KeyCode.ENTER);
        // It is shown, though another page was when the palette opened, and on it what was asked for.
        until(() -> list().isVisible()
                && list().getSelectionModel().getSelectedItem().startsWith("unknown"));
    }

    @Test
    void whatIsChosenOnItHasTheKeysThatSuchThingsHaveElsewhere(FxRobot robot) {
        show(robot);
        robot.interact(() -> list().getSelectionModel().clearSelection());
        robot.push(KeyCode.P);
        robot.interact(() -> list().getSelectionModel().select(SQLI_01));
        assertThat(corral.asked).isEmpty();
        robot.push(KeyCode.P);
        until(() -> corral.asked.contains("pin " + SQLI_01));
    }

    @Test
    void theKeyboardMapShowsWhatCanBeDoneOnEachPage(FxRobot robot) {
        show(robot);
        assertThat(keys(robot))
                .contains("Page: Hello", "Page: Strays", "Ctrl 5", Action.PIN.text(), Action.REFRESH.text())
                .doesNotContain(Action.LOG.text(), Action.CHECK.text(), Action.FAULTS.text());
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
        assertThat(keys(robot))
                .contains(Action.PIN.text(), Action.COPY.text(), Action.CHECK.text())
                .doesNotContain(Action.START.text(), Action.FAULTS.text());
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        assertThat(keys(robot))
                .contains(Action.PIN.text(), Action.COPY.text(), Action.START.text(), Action.FAULTS.text())
                .doesNotContain(Action.CHECK.text(), Action.DETAILS.text());
    }

    @Test
    void noKeyAndNoNameMeansTwoThingsOnAPage(FxRobot robot) {
        show(robot);
        for (KeyCode page : List.of(KeyCode.DIGIT1, KeyCode.DIGIT2, KeyCode.DIGIT3, KeyCode.DIGIT4, KeyCode.DIGIT5)) {
            robot.push(KeyCode.CONTROL, page);
            List<String> words = new ArrayList<>();
            List<String> caps = new ArrayList<>();
            robot.push(KeyCode.F1);
            until(() -> node("#key-map") != null);
            robot.interact(
                    () -> node("#key-map").lookupAll(".key-cap").forEach(cap -> caps.add(((Label) cap).getText())));
            robot.push(KeyCode.ESCAPE);
            until(() -> node("#key-map") == null);
            palette(robot, "").forEach(words::add);
            robot.push(KeyCode.ESCAPE);
            until(() -> node("#palette-field") == null);
            assertThat(caps).isNotEmpty().doesNotHaveDuplicates();
            assertThat(words).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    @Test
    void whatWasChosenComesBackAndIsKept(FxRobot robot) throws Exception {
        until(() -> list().getItems().size() > 1
                && SQLI_01.equals(list().getSelectionModel().getSelectedItem()));
        robot.interact(() -> list().getSelectionModel().select("unknown-5c1d0b77"));
        robot.interact(() -> window.close());
        StateFile<WindowState> store = new StateFile<>(state.resolve("window.json"), WindowState.class);
        assertThat(store.load().orElseThrow().page("hello").chosen()).containsExactly(SQLI_01);
        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.write("theme: light").push(KeyCode.ENTER);
        until(() -> store.load().orElseThrow().page("hello").chosen().equals(List.of("unknown-5c1d0b77")));
        assertThat(store.load().orElseThrow().page("later").chosen()).containsExactly("of a later version");
        assertThat(store.load().orElseThrow().pages()).containsKeys("sandboxes", "strays");
    }
}
