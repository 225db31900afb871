package dev.corral.console.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.page.Actions;
import dev.corral.console.page.Navigation;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.PageView;
import dev.corral.console.page.Reveal;
import dev.corral.console.shared.Overlay;
import dev.corral.console.work.NotedDock;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.EvalTask;
import dev.corral.core.process.ProcessIdentity;
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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The page over a session whose Inspect was killed: nothing of it is lost, and its clock can be put right. */
@Tag("unit")
@ExtendWith(ApplicationExtension.class)
class SolvePageTest {
    @TempDir
    private static Path folder;

    private Stage stage;
    private Stored stored;
    private SolvePage page;
    private final MessageCenter desk = new MessageCenter();
    private final NotedDock dock = new NotedDock();

    @Start
    void open(Stage given) throws Exception {
        stage = given;
        Path home = Files.createTempDirectory(folder, "home");
        FixtureCorral corral = new FixtureCorral(home.toString(), List.of(task()), Samples.inventory(Instant.now()));
        stored = new SolveStore(corral.environment())
                .create(new SolveSession(
                        SolveStore.newId("sqli-01"),
                        Instant.now(),
                        "ada",
                        "",
                        "web_flag",
                        "sqli-01",
                        1,
                        "/cache",
                        false,
                        SolveOptions.usual()));
        journal(
                EntryKind.RUN,
                900,
                "",
                Map.of(
                        "pid",
                        "1",
                        "start",
                        "1",
                        "kernel",
                        "another boot",
                        "namespace",
                        "0",
                        "host",
                        ProcessIdentity.self().host(),
                        "command",
                        "inspect eval"));
        journal(EntryKind.READY, 890, "", Map.of("sandbox", "gone-1", "log", "/logs/x.eval"));
        journal(EntryKind.START, 800, "", Map.of());
        journal(EntryKind.NOTE, 700, "port 22 and \u202E8080", Map.of());
        journal(EntryKind.SCORE, 650, "CTF{nope}", Map.of("value", "I", "scorer", "includes"));
        journal(EntryKind.IDLE, 300, "", Map.of("seconds", "300"));
        journal(EntryKind.ACTIVE, 200, "", Map.of("seconds", "0"));
        journal(EntryKind.GONE, 100, "", Map.of("log", "/logs/x.eval"));
        page = new SolvePage(context(corral, home));
        stage.setScene(new Scene(page, 1200, 800));
        stage.show();
    }

    private static EvalTask task() {
        EvalSample plain = Samples.sample("sqli-01", "Find the **flag** of the shop.");
        EvalSample secret = new EvalSample(
                plain.id(),
                plain.input(),
                false,
                "CTF{the-secret}",
                List.of(),
                List.of(),
                List.of(),
                false,
                "",
                plain.sandboxType(),
                plain.sandbox());
        return new EvalTask("web_flag", Samples.FILE, 1, "", List.of(secret), List.of(), Optional.empty());
    }

    private void journal(EntryKind kind, long ago, String text, Map<String, String> more) throws Exception {
        Moment now = Moment.now();
        stored.folder()
                .journal()
                .append(SolveEntry.at(now.told(now.at().minusSeconds(ago)), kind, "inspect")
                        .withText(text)
                        .withMore(more));
    }

    private PageContext context(FixtureCorral corral, Path home) {
        Navigation navigation = new Navigation() {
            @Override
            public void show(PageView shown) {
                throw new AssertionError("no other page");
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
                dock,
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

    private static void until(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean)
                    .get());
        } catch (TimeoutException e) {
            throw new AssertionError("waited in vain", e);
        }
    }

    private Node node(String id) {
        return stage.getScene().lookup(id);
    }

    private String text(String id) {
        return node(id) instanceof Labeled labeled ? labeled.getText() : "";
    }

    private boolean anyText(String part) {
        return page.lookupAll("*").stream()
                .anyMatch(node -> node instanceof Labeled labeled
                                && String.valueOf(labeled.getText()).contains(part)
                        || node instanceof Text words && words.getText().contains(part));
    }

    @Test
    void whatIsLeftOfItIsPlayedAndSaved(FxRobot robot) throws Exception {
        Path recordings = Files.createDirectories(stored.folder().recordings());
        Files.writeString(
                recordings.resolve("a.cast"), "{\"version\":2,\"width\":80,\"height\":24}\n[0.1,\"o\",\"hi\"]\n");
        until(() -> robot.lookup("#solve-recover-log")
                .tryQuery()
                .filter(Node::isVisible)
                .isPresent());
        assertThat(robot.lookup("#solve-view-log").query().isVisible())
                .as("a log that was cut off is made whole first")
                .isFalse();
        until(() -> robot.lookup("Play").tryQuery().isPresent());
        robot.interact(() -> robot.lookup("Play").queryButton().fire());
        assertThat(dock.shown).contains("recording a.cast");
    }

    @Test
    void aSessionThatWasCutOffIsThereAgainAndItsClockCanBePutRight(FxRobot robot) {
        until(() -> text("#solve-title").equals("sqli-01"));
        assertThat(text("#solve-state")).contains("Inspect ended");
        assertThat(text("#clock-active")).isEqualTo("00:11:40");
        assertThat(text("#clock-adjusted")).isEqualTo("00:11:40");
        assertThat(node("#action-solve-submit").isVisible()).isFalse();
        assertThat(node("#action-solve-go-on").isDisabled()).isFalse();
        assertThat(text("#solve-last")).isEqualTo("last check: I for CTF{nope}");
        assertThat(anyText("port 22 and 8080")).isTrue();
        String idle = "#decide-idle-6";
        robot.interact(() -> ((Hyperlink) node(idle)).fire());
        robot.interact(() -> {
            assertThat(node("#decide").isDisabled()).as("without a reason").isTrue();
            ((TextInputControl) node("#reason")).setText("fire drill");
            ((ButtonBase) node("#decide")).fire();
        });
        until(() -> text("#clock-adjusted").equals("00:05:00"));
        assertThat(text("#clock-active")).isEqualTo("00:11:40");
        until(() -> text(idle).equals("struck out"));
        assertThat(anyText("fire drill · ada")).isTrue();
    }

    @Test
    void whatIsBeingAskedTakesNoRoomFromTheSamplesName(FxRobot robot) {
        until(() -> text("#solve-state").contains("Inspect ended"));
        robot.interact(() -> {
            stage.setWidth(700);
            ((Labeled) node("#solve-busy")).setText("The clock is being started, and that takes its time…");
        });
        until(() -> page.getWidth() < 720
                && node("#solve-title").lookup(".text") instanceof Text shown
                && shown.getText().equals("sqli-01"));
    }

    @Test
    void whatIsOfferedOfASessionGoesOnceItIsOnScreen(FxRobot robot) {
        until(() -> text("#solve-state").contains("Inspect ended"));
        robot.interact(() -> {
            desk.tell(Notice.offer("The session goes on.", "")
                    .about("session:" + stored.session().id()));
            desk.tell(Notice.offer("Another goes on.", "").about("session:other"));
        });
        until(() -> desk.notices().stream().map(Notice::sentence).toList().equals(List.of("Another goes on.")));
    }

    @Test
    void goingOnWithoutAMachineSaysWhatIsLeft(FxRobot robot) {
        until(() -> text("#solve-title").equals("sqli-01"));
        robot.interact(() -> ((ButtonBase) node("#action-solve-go-on")).fire());
        until(() -> desk.notices().stream().anyMatch(notice -> notice.sentence().contains("begun elsewhere")));
        assertThat(text("#solve-state")).contains("Inspect ended");
    }

    @Test
    void aSampleThatIsToBeSolvedShowsItsTextAndNotItsTarget(FxRobot robot) {
        robot.interact(() -> page.reveal(new Reveal.Sample(Samples.FILE, "web_flag", "sqli-01")));
        until(() -> node("#solve-begin-button") != null && anyText(" of the shop."));
        assertThat(anyText("the-secret")).isFalse();
        robot.interact(() -> ((TextInputControl) node("#begin-limit")).setText("soon"));
        assertThat(node("#solve-begin-button").isDisabled()).isTrue();
    }

    @Test
    void theWordsBeforeTheFieldsAreReadWhole(FxRobot robot) {
        robot.interact(() -> page.reveal(new Reveal.Sample(Samples.FILE, "web_flag", "sqli-01")));
        until(() -> node("#solve-begin-button") != null);
        Set<Labeled> words = robot.from(node("#solve-begin")).lookup(".label").queryAllAs(Labeled.class);
        assertThat(words).extracting(Labeled::getText).contains("Working time", "Inspect's limit");
        until(() -> words.stream()
                .allMatch(word -> word.isWrapText()
                        || word.getText().isEmpty()
                        || word.lookup(".text") instanceof Text shown
                                && shown.getText().equals(word.getText())));
    }
}
