package dev.corral.console.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.chrome.Theme;
import dev.corral.console.settings.ThemeChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Messages over a page that has nothing but a button and a text field. */
@Tag("unit")
@ExtendWith(ApplicationExtension.class)
class MessageAreaTest {
    private static final String LONG = "The Vagrantfile /home/ada/evals/" + "a-folder-with-a-long-name/".repeat(18)
            + "Vagrantfile is Ruby that runs on this machine with your rights.";

    private final MessageCenter desk = new MessageCenter();
    private final List<String> answers = new ArrayList<>();
    private Button row;
    private TextField field;
    private MessageArea area;
    private boolean covered;

    @Start
    void open(Stage stage) {
        row = new Button("a row");
        field = new TextField();
        VBox page = new VBox(row, field);
        area = new MessageArea(
                desk, new MessageArea.Surroundings(page, List::of, () -> covered, node -> false, row::requestFocus));
        StackPane root = new StackPane(page, area);
        root.getStyleClass().add("corral");
        // The room that a window of 1000x700 has at an interface scale of 1.5.
        Scene scene = new Scene(root, 590, 300);
        new Theme(scene, dark -> {}).choose(ThemeChoice.DARK);
        stage.setScene(scene);
        stage.show();
        stage.toFront();
        stage.requestFocus();
        row.requestFocus();
    }

    // Keys go where the desktop's focus is, which comes later than the window.
    @BeforeEach
    void waitForTheFocus() throws Exception {
        until(() -> area.getScene().getWindow().isFocused());
    }

    private static void until(BooleanSupplier condition) throws Exception {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean)
                .get());
    }

    private static Question question(String title, String text, List<String> answers) {
        return new Question(
                title,
                text,
                List.of(),
                List.of(
                        new Question.Choice(
                                "no", "Cancel", Question.Tone.QUIET, false, () -> answers.add(title + " no")),
                        new Question.Choice(
                                "yes", "Run", Question.Tone.MAIN, false, () -> answers.add(title + " yes"))),
                0);
    }

    private Node focus() {
        return area.getScene().getFocusOwner();
    }

    // What is drawn is shorter than the label's text where that is cut.
    private static void assertWhole(Node card) {
        card.lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .map(Label.class::cast)
                .filter(label -> !label.getText().isEmpty())
                .forEach(label ->
                        assertThat(((Text) label.lookup(".text")).getText()).isEqualTo(label.getText()));
    }

    @Test
    void aLongQuestionScrollsAndItsAnswersStayInSight(FxRobot robot) throws Exception {
        robot.interact(() -> desk.ask(question("Run?", (LONG + "\n\n").repeat(3).strip(), answers)));
        until(() -> focus() != null && "no".equals(focus().getId()));
        robot.interact(() -> {
            Node card = area.lookup("#question");
            assertWhole(card);
            Bounds answer = area.sceneToLocal(
                    area.lookup("#yes").localToScene(area.lookup("#yes").getLayoutBounds()));
            assertThat(area.getLayoutBounds().contains(answer)).isTrue();
            assertThat(card.getLayoutY()).isPositive();
            ScrollPane scroll = (ScrollPane) card.lookup(".question-body");
            assertThat(scroll.getContent().getLayoutBounds().getHeight())
                    .isGreaterThan(scroll.getViewportBounds().getHeight());
        });
    }

    @Test
    void escapeIsTheSafeAnswerWhereverTheFocusIs(FxRobot robot) throws Exception {
        robot.interact(() -> {
            desk.ask(question("first", "", answers));
            desk.ask(question("second", "", answers));
            row.requestFocus();
        });
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        until(() -> answers.contains("first no") && desk.question().get() != null);
        assertThat(desk.question().get().title()).isEqualTo("second");
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        until(() -> desk.question().get() == null && focus() == row);
        assertThat(answers).containsExactly("first no", "second no");
    }

    @Test
    void aDoubleClickOrAHeldKeyAnswersOneQuestion(FxRobot robot) throws Exception {
        robot.interact(() -> {
            desk.ask(question("first", "", answers));
            desk.ask(question("second", "", answers));
        });
        until(() -> area.lookup("#yes") != null
                && area.lookup("#yes").getLayoutBounds().getWidth() > 0);
        robot.doubleClickOn("#yes");
        until(() ->
                desk.question().get() != null && desk.question().get().title().equals("second"));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(answers).containsExactly("first yes");
        robot.interact(() -> desk.ask(question("third", "", answers)));
        until(() -> focus() != null && "no".equals(focus().getId()));
        robot.press(KeyCode.ENTER).press(KeyCode.ENTER).press(KeyCode.ENTER);
        until(() ->
                desk.question().get() != null && desk.question().get().title().equals("third"));
        robot.release(KeyCode.ENTER);
        assertThat(answers).containsExactly("first yes", "second no");
    }

    @Test
    void noticesShowTheirWholeTextAndEscapeClosesTheNewestFirst(FxRobot robot) throws Exception {
        robot.interact(() -> {
            for (int i = 1; i <= 6; i++) {
                desk.tell(Notice.failure(i + " failed. " + LONG, "Next: " + LONG, "details"));
            }
        });
        until(() -> area.lookupAll(".message-card").size() == MessageArea.SHOWN + 1);
        robot.interact(() -> {
            assertWhole(area);
            assertThat(area.lookup(".message-scroll").getBoundsInParent().getMaxY())
                    .isLessThanOrEqualTo(area.getHeight());
            assertThat(((Label) area.lookup(".message-rest .label")).getText()).isEqualTo("3 earlier messages");
        });
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        until(() -> desk.notices().size() == 5);
        assertThat(desk.notices().getLast().sentence()).startsWith("5 failed");
        for (int i = 0; i < 5; i++) {
            robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        }
        until(() -> desk.notices().isEmpty() && !area.lookup(".message-scroll").isVisible());
    }

    @Test
    void escapeBelongsToATextFieldAndToALayerAbove(FxRobot robot) throws Exception {
        robot.interact(() -> {
            desk.tell(Notice.failure("It failed.", "", ""));
            field.requestFocus();
        });
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(desk.notices()).hasSize(1);
        robot.interact(() -> {
            row.requestFocus();
            covered = true;
        });
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(desk.notices()).hasSize(1);
    }

    @Test
    void aNoticeThatIsClosedWithItsButtonGivesTheFocusBack(FxRobot robot) throws Exception {
        robot.interact(() -> desk.tell(Notice.failure("It failed.", "", "")));
        until(() -> area.lookup(".message-card .icon-button") != null);
        robot.interact(() -> ((Button) area.lookup(".message-card .icon-button")).requestFocus());
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        until(() -> desk.notices().isEmpty() && focus() == row);
    }
}
