package dev.corral.console.solve.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.fx.Threads;
import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;
import dev.corral.console.page.Actions;
import dev.corral.console.page.Command;
import dev.corral.console.page.Navigation;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageView;
import dev.corral.console.page.PaneHost;
import dev.corral.console.page.Reveal;
import dev.corral.console.shared.FileChoice;
import dev.corral.console.shared.OnStage;
import dev.corral.console.shared.Overlay;
import dev.corral.console.work.NotedDock;
import dev.corral.core.app.Corral;
import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.solve.rubric.Rating;
import dev.corral.core.solve.rubric.Ratings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Logs of a person and of a model are rated in the window, over a real Inspect. */
@Tag("inspect_eval")
@ExtendWith(ApplicationExtension.class)
class RatingPaneTest extends OnStage {
    private static final Path LOGS = Path.of("src/test/resources/inspect-logs");
    private static final List<String> NAMES = List.of(
            "2026-11-27T09-28-40-00-00_by-hand_3WWh5PtVW4gZ56yWseYYfw.eval",
            "2026-11-27T09-28-31+00-00_failing_jgL9yPVCLKzuvo7v8EproH.eval");
    private static final String RUBRIC = """
            {"name": "Report", "instructions": "Read the answer first.", "criteria": [
              {"name": "cause", "text": "Names the cause", "points": 4},
              {"name": "safe", "text": "Broke nothing", "pass_fail": true}]}
            """;

    @TempDir
    private static Path folder;

    private final MessageCenter desk = new MessageCenter();
    private Path logs;
    private Path rubric;
    private Corral corral;
    private PageContext context;
    private RatingPane pane;

    private final FileChoice files = new FileChoice() {
        @Override
        public Optional<Path> save(String title, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> open(String title, String kind, String ending) {
            return Optional.of(rubric);
        }

        @Override
        public Optional<Path> folder(String title) {
            return Optional.of(logs);
        }
    };

    @Start
    void open(Stage given) throws Exception {
        stage = given;
        Path home = Files.createTempDirectory(folder, "home");
        logs = Files.createDirectory(home.resolve("logs"));
        for (String name : NAMES) {
            Files.copy(LOGS.resolve(name), logs.resolve(name));
        }
        Files.writeString(logs.resolve("2026-11-27T09-28-41-00-00_torn_aaaaaaaaaaaaaaaaaaaaaa.eval"), "torn");
        rubric = Files.writeString(home.resolve("report.json"), RUBRIC);
        Map<String, String> variables = new HashMap<>(Environment.system().variables());
        variables.put("XDG_STATE_HOME", home.resolve("state").toString());
        variables.put("INSPECT_SANDBOX_CACHE_DIR", home.resolve("cache").toString());
        corral = LocalCorral.open(new Environment(variables), Owner.Kind.CONSOLE);
        Navigation nowhere = new Navigation() {
            @Override
            public void show(PageView shown) {
                throw new AssertionError("no page is shown");
            }

            @Override
            public void go(Reveal what) {
                throw new AssertionError("nothing is revealed");
            }
        };
        context = new PageContext(
                corral,
                new Actions().forPage(),
                nowhere,
                null,
                null,
                null,
                new NotedDock(),
                new Ticker(),
                desk,
                new Overlay(),
                seen -> {},
                opened -> {},
                home);
        pane = new RatingPane(
                context,
                Threads.WINDOW,
                files,
                new PaneHost() {
                    @Override
                    public void leave() {
                        throw new AssertionError("nobody leaves");
                    }

                    @Override
                    public void judge() {
                        // The page would.
                    }

                    @Override
                    public String person() {
                        return "grace";
                    }

                    @Override
                    public boolean session(String id) {
                        throw new AssertionError("nobody asks for " + id);
                    }
                },
                Optional::empty);
        stage.setScene(new Scene(pane, 1000, 700));
        stage.show();
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> {
            corral.close();
            stage.close();
        });
    }

    private void run(FxRobot robot, Command command) {
        robot.interact(() -> {
            assertThat(pane.obstacles()).doesNotContainKey(command);
            context.actions().run(command);
        });
    }

    private void answer(FxRobot robot, String id) {
        robot.interact(() -> {
            Question asked = desk.question().get();
            desk.answer(
                    asked,
                    asked.choices().stream()
                            .filter(one -> one.id().equals(id))
                            .findFirst()
                            .orElseThrow());
        });
    }

    private void begin(FxRobot robot) {
        robot.interact(() -> {
            pane.open();
            pane.choose();
        });
        robot.interact(() -> assertThat(node("#rating-begin").isDisabled()).isTrue());
        press(robot, "#rating-rubric");
        until(() -> text("#rating-rubric-name").equals("Report"));
        press(robot, "#rating-folder");
        until(() -> text("#rating-source").startsWith("3 logs"));
        robot.interact(() -> {
            // Who solved it is not told here either, and a log that can't be read is not offered.
            assertThat(anyText("mockllm")).isFalse();
            assertThat(pane.lookupAll(".check-box").stream()
                            .filter(box -> box instanceof CheckBox check && check.isSelected()))
                    .hasSize(2);
        });
        press(robot, "#rating-begin");
        until(() -> node("#rating-table") instanceof TableView<?> table
                && table.getItems().size() == 3
                && node("#rating-points-cause") != null);
    }

    @Test
    void samplesAreRatedWithoutKnowingWhoAndThePointsGoIntoTheLogs(FxRobot robot) {
        begin(robot);
        robot.interact(() -> {
            assertThat(text("#rating-title")).isEqualTo("Report");
            assertThat(text("#rating-progress")).isEqualTo("0 of 3 samples rated");
            assertThat(anyText("Read the answer first.")).isTrue();
            assertThat(anyText("mockllm")).isFalse();
        });
        press(robot, "#rating-give-cause");
        until(() -> text("#rating-wrong-cause").equals("0 to 4 can be given."));
        type(robot, "#rating-points-cause", "3");
        press(robot, "#rating-give-cause");
        until(() -> text("#rating-wrong-cause").equals("Say in a sentence why."));
        type(robot, "#rating-reason-cause", "Names the file.");
        press(robot, "#rating-give-cause");
        until(() -> text("#rating-given-cause").equals("3 of 4 by grace: Names the file."));
        robot.interact(() -> ((ToggleButton) node("#rating-pass-safe")).setSelected(true));
        type(robot, "#rating-reason-safe", "It stopped nothing.");
        press(robot, "#rating-give-safe");
        until(() -> text("#rating-progress").equals("1 of 3 samples rated, 1 not in the logs yet"));
        // Another thought: what was given before stays in the history.
        type(robot, "#rating-points-cause", "2,5");
        type(robot, "#rating-reason-cause", "Not the line.");
        press(robot, "#rating-give-cause");
        until(() -> text("#rating-given-cause").equals("2.5 of 4 by grace: Not the line.") && anyText("3 → 2.5"));
        run(robot, RatingAction.WRITE);
        answer(robot, "confirm-write");
        until(() -> text("#rating-progress").equals("1 of 3 samples rated")
                && desk.notices().stream()
                        .anyMatch(notice -> notice.sentence().startsWith("Written into the logs: A.")));
        press(robot, "#rating-next");
        until(() -> node("#rating-points-cause") instanceof TextInputControl field
                && field.getText().isEmpty()
                && text("#rating-given-cause").isEmpty());
        robot.interact(() -> assertThat(text("#rating-who")).isEmpty());
        run(robot, RatingAction.REVEAL);
        answer(robot, "confirm-reveal");
        until(() -> pane.obstacles().containsKey(RatingAction.REVEAL)
                && !text("#rating-who").isEmpty());
        Rating rating = new Ratings(corral.environment()).list().getFirst();
        assertThat(text("#rating-who")).contains(rating.item("B").who());
        assertThat(new Ratings(corral.environment()).history(rating)).hasSize(5);
    }
}
