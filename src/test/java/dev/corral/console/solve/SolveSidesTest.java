package dev.corral.console.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.fx.Threads;
import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.page.Actions;
import dev.corral.console.page.Command;
import dev.corral.console.page.Navigation;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageView;
import dev.corral.console.page.PageWork;
import dev.corral.console.page.Reveal;
import dev.corral.console.shared.FileChoice;
import dev.corral.console.shared.OnStage;
import dev.corral.console.shared.Overlay;
import dev.corral.console.solve.attempts.AttemptAction;
import dev.corral.console.solve.batch.BatchAction;
import dev.corral.console.solve.golden.GoldenAction;
import dev.corral.console.solve.rating.RatingAction;
import dev.corral.console.work.NotedDock;
import dev.corral.core.solve.golden.Golden;
import dev.corral.core.solve.golden.GoldenFile;
import dev.corral.core.solve.golden.GoldenStep;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What the page shows beside a session: attempts, golden runs, batches; over a session that was solved. */
@Tag("unit")
@ExtendWith(ApplicationExtension.class)
class SolveSidesTest extends OnStage {
    @TempDir
    private static Path folder;

    private final Moment now = Moment.now();
    private final MessageCenter desk = new MessageCenter();
    private Path home;
    private PageContext context;
    private SolvePage page;
    private Stored stored;
    private Optional<Path> answer = Optional.empty();

    private final FileChoice files = new FileChoice() {
        @Override
        public Optional<Path> save(String title, String name) {
            return answer.map(chosen -> chosen.resolve(name));
        }

        @Override
        public Optional<Path> open(String title, String kind, String ending) {
            return answer;
        }

        @Override
        public Optional<Path> folder(String title) {
            return answer;
        }
    };

    @Start
    void open(Stage given) throws Exception {
        stage = given;
        home = Files.createTempDirectory(folder, "home");
        FixtureCorral corral = new FixtureCorral(home.toString(), Samples.evals(), Samples.inventory(Instant.now()));
        stored = new SolveStore(corral.environment())
                .create(new SolveSession(
                        SolveStore.newId("sqli-01"),
                        Instant.now(),
                        "ada",
                        Samples.FILE.toString(),
                        "web_flag",
                        "sqli-01",
                        1,
                        "/cache",
                        false,
                        SolveOptions.usual()));
        journal(EntryKind.START, 800, Map.of());
        journal(EntryKind.SUBMIT, 200, Map.of());
        journal(EntryKind.RESULT, 100, Map.of("score:includes", "C"));
        journal(EntryKind.ENDED, 100, Map.of("status", "success"));
        context = context(corral);
        page = new SolvePage(context, Threads.WINDOW, Optional.of(files));
        stage.setScene(new Scene(page, 1200, 800));
        stage.show();
    }

    private void journal(EntryKind kind, long ago, Map<String, String> more) throws Exception {
        stored.folder()
                .journal()
                .append(SolveEntry.at(now.told(now.at().minusSeconds(ago)), kind, "inspect")
                        .withMore(more));
    }

    private PageContext context(FixtureCorral corral) {
        Navigation navigation = new Navigation() {
            @Override
            public void show(PageView shown) {
                assertThat(shown).isSameAs(page);
            }

            @Override
            public void go(Reveal what) {
                page.reveal(what);
            }
        };
        return new PageContext(
                corral,
                new Actions().forPage(),
                navigation,
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
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(() -> {
            page.close();
            stage.close();
        });
    }

    private int rows(String id) {
        return node(id) instanceof TableView<?> table ? table.getItems().size() : 0;
    }

    private void run(FxRobot robot, Command command) {
        robot.interact(() -> {
            assertThat(context.actions().obstacle(command).get()).isEmpty();
            context.actions().run(command);
        });
    }

    @Test
    void attemptsAreShownWrittenAndLeft(FxRobot robot) throws Exception {
        until(() -> text("#solve-title").equals("sqli-01"));
        robot.interact(() ->
                assertThat(context.actions().obstacle(AttemptAction.SAVE).get()).isEqualTo("Show the attempts first"));
        run(robot, AttemptAction.SHOW);
        until(() -> rows("#attempts-table") == 1);
        assertThat(text("#attempts-title")).isEqualTo("Attempts at sqli-01");
        assertThat(node("#attempts-plot").getAccessibleText())
                .isEqualTo("Times of attempts; people: 1, median 10m 00s");
        assertThat(node(".plot-person.plot-right").getAccessibleText())
                .isEqualTo("ada, a person, sqli-01, 10m 00s, score C");
        answer = Optional.of(home);
        run(robot, AttemptAction.SAVE);
        Path csv = home.resolve("web_flag-sqli-01-attempts.csv");
        until(() -> desk.notices().stream().anyMatch(notice -> notice.sentence().contains(csv.toString())));
        assertThat(Files.readString(csv))
                .startsWith("\"kind\",\"who\"")
                .contains("\"ada\"")
                .contains(",600");
        answer = Optional.of(home.resolve("nowhere"));
        run(robot, AttemptAction.FOLDER);
        until(() -> text("#attempts-trouble").contains("There is no folder"));
        assertThat(rows("#attempts-table")).isEqualTo(1);
        press(robot, "#attempts-task");
        until(() -> text("#attempts-title").equals("Attempts at the whole task"));
        press(robot, "#attempts-close");
        until(() -> node("#attempts-table") == null && text("#solve-title").equals("sqli-01"));
    }

    @Test
    void aSampleThatNobodyTriedSaysWhatToDoNext(FxRobot robot) {
        until(() -> text("#solve-title").equals("sqli-01"));
        robot.interact(() -> page.reveal(new Reveal.Sample(Samples.FILE, "web_flag", "sqli-02")));
        run(robot, AttemptAction.SHOW);
        until(() -> node("#attempts-empty") != null);
        press(robot, "#attempts-close");
        until(() -> node("#solve-begin-button") != null);
    }

    @Test
    void aGoldenRunThatCanNotBeTriedIsNoFailedOne(FxRobot robot) {
        until(() -> text("#solve-title").equals("sqli-01"));
        answer = Optional.of(home);
        run(robot, GoldenAction.SAVE);
        until(() -> anyText("shows a command"));
        Path file = home.resolve("hand.json");
        GoldenFile.write(
                new Golden(
                        1,
                        Samples.FILE.toString(),
                        "web_flag",
                        "sqli-01",
                        Optional.empty(),
                        Optional.of("CTF{x}"),
                        Optional.of(Map.of("includes", "C")),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(GoldenStep.command(1, "curl victim", List.of("CTF{x}"), Optional.empty()))),
                file,
                false);
        answer = Optional.of(file);
        run(robot, GoldenAction.CHECK);
        until(() -> anyText("includes: C") && !node("#golden-check").isDisabled());
        press(robot, "#golden-check");
        until(() -> text("#golden-verdict").contains("could not be tried"));
        assertThat(text("#golden-check")).isEqualTo("Check again");
        assertThat(page.underWay()).isEmpty();
        press(robot, "#golden-close");
        until(() -> node("#golden-verdict") == null && text("#solve-title").equals("sqli-01"));
    }

    @Test
    void aBatchIsChosenAndItsSamplesAreThereWhateverBecomesOfIt(FxRobot robot) {
        until(() -> text("#solve-title").equals("sqli-01"));
        robot.interact(() ->
                assertThat(context.actions().obstacle(BatchAction.STOP).get()).isEqualTo("Show the batches first"));
        run(robot, BatchAction.SHOW);
        until(() -> node("#batch-empty") != null);
        run(robot, BatchAction.NEW);
        until(() -> text("#batch-count").equals("5 of 5 samples, in this order"));
        press(robot, "#batch-none");
        robot.interact(() -> assertThat(node("#batch-begin").isDisabled()).isTrue());
        robot.interact(
                () -> ((ListView<?>) node("#batch-samples")).getSelectionModel().select(1));
        press(robot, "#batch-all");
        press(robot, "#batch-begin");
        until(() -> rows("#batch-table") == 5 && page.underWay().isEmpty());
        until(() -> desk.notices().stream().anyMatch(notice -> notice.failure()));
        assertThat(text("#batch-title")).isEqualTo("5 samples of web_flag, 0 done");
        robot.interact(
                () -> ((TableView<?>) node("#batch-table")).getSelectionModel().select(4));
        run(robot, BatchAction.SKIP);
        until(() -> text("#batch-title").equals("5 samples of web_flag, 1 done"));
        assertThat(page.underWay()).extracting(PageWork::title).isEmpty();
        press(robot, "#batch-close");
        until(() -> node("#batch-table") == null);
    }

    @Test
    void ratingsSayWhatTheyAreForAndAreLeft(FxRobot robot) {
        until(() -> text("#solve-title").equals("sqli-01"));
        robot.interact(() ->
                assertThat(context.actions().obstacle(RatingAction.WRITE).get()).isEqualTo("Show the ratings first"));
        run(robot, RatingAction.SHOW);
        until(() -> node("#rating-empty") != null);
        run(robot, RatingAction.NEW);
        until(() -> node("#rating-form") != null);
        robot.interact(() -> assertThat(node("#rating-begin").isDisabled()).isTrue());
        press(robot, "#rating-cancel");
        until(() -> node("#rating-empty") != null);
        press(robot, "#rating-leave");
        until(() -> node("#rating-empty") == null && text("#solve-title").equals("sqli-01"));
    }

    @Test
    void theSamplesOfAnEvalAreOfferedOneAfterAnother(FxRobot robot) {
        until(() -> text("#solve-title").equals("sqli-01"));
        robot.interact(() -> page.reveal(new Reveal.Samples(Samples.FILE, "web_flag")));
        until(() -> text("#batch-count").equals("5 of 5 samples, in this order"));
        press(robot, "#batch-cancel");
        until(() -> node("#batch-count") == null);
    }
}
