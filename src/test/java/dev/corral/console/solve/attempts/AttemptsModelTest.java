package dev.corral.console.solve.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.StateStyle;
import dev.corral.core.inspect.log.LogRow;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.attempts.Attempt;
import dev.corral.core.solve.attempts.AttemptReader;
import dev.corral.core.solve.attempts.AttemptsCsv;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of attempts, and what is written down of them. */
@Tag("unit")
class AttemptsModelTest {
    @TempDir
    private Path home;

    private final SameThread threads = new SameThread();
    private final List<Throwable> failures = new ArrayList<>();
    private AttemptsModel model;
    private FixtureCorral corral;
    private int changes;

    @BeforeEach
    void make() {
        corral = new FixtureCorral(home.toString(), List.of(), Samples.inventory(Instant.now()));
        Solving solving =
                new Solving(corral.environment(), corral.inventory(), corral.operations(), corral::connect, "test");
        model = new AttemptsModel(new AttemptReader(corral.environment(), solving), threads, () -> changes++);
    }

    private AttemptSubject subject(String sample) {
        return new AttemptSubject(Optional.of(home.resolve("e.py")), "ctf", sample);
    }

    private void session(String sample, long seconds) throws Exception {
        SolveStore.Stored stored = new SolveStore(corral.environment())
                .create(new SolveSession(
                        SolveStore.newId(sample),
                        Instant.now(),
                        "ada",
                        home.resolve("e.py").toString(),
                        "ctf",
                        sample,
                        1,
                        "/cache",
                        false,
                        SolveOptions.usual()));
        Moment now = Moment.now();
        for (Map.Entry<EntryKind, Long> each :
                List.of(Map.entry(EntryKind.START, seconds), Map.entry(EntryKind.STOP, 0L))) {
            stored.folder()
                    .journal()
                    .append(SolveEntry.at(now.told(now.at().minusSeconds(each.getValue())), each.getKey(), "inspect"));
        }
    }

    @Test
    void thoseOfASampleAndThoseOfItsTask() throws Exception {
        session("s1", 90);
        session("s1", 30);
        session("s2", 10);
        model.show(subject("s1"));
        assertThat(model.view().rows()).extracting(AttemptRow::time).containsExactlyInAnyOrder("90.0 s", "30.0 s");
        assertThat(model.view().medians()).singleElement().satisfies(line -> assertThat(line.time())
                .isEqualTo("60.0 s"));
        model.whole(true);
        assertThat(model.view().rows()).hasSize(3);
        assertThat(model.view().medians())
                .extracting(AttemptsView.MedianLine::what)
                .containsExactly("s1", "s2", "all of ctf");
        model.show(subject("s3"));
        model.whole(false);
        assertThat(model.view().rows()).isEmpty();
        assertThat(model.trouble()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsToldAndHidesNoSession() throws Exception {
        session("s1", 90);
        model.show(subject("s1"));
        model.from(home.resolve("nowhere"));
        assertThat(model.view().rows()).hasSize(1);
        assertThat(model.trouble()).singleElement().asString().startsWith("No log is read: There is no folder ");
        assertThat(model.loading()).isFalse();
        assertThat(model.problem()).isEmpty();
    }

    @Test
    void whatIsReadLateIsNotShownInsteadOfWhatWasAskedSince() throws Exception {
        session("s1", 90);
        threads.hold();
        model.show(subject("s1"));
        model.show(subject("s2"));
        assertThat(model.loading()).isTrue();
        threads.release();
        assertThat(model.loading()).isFalse();
        assertThat(model.subject()).contains(subject("s2"));
        assertThat(model.view().rows()).isEmpty();
        assertThat(changes).isGreaterThanOrEqualTo(3);
    }

    @Test
    void whatIsShownIsWrittenAsTheCommandLineWritesIt() throws Exception {
        session("s1", 90);
        session("s2", 10);
        model.show(subject("s1"));
        Path file = home.resolve("out.csv");
        List<Path> written = new ArrayList<>();
        model.save(file, written::add, failures::add);
        assertThat(written).containsExactly(file);
        assertThat(file)
                .hasContent(AttemptsCsv.of(
                        model.view().rows().stream().map(AttemptRow::attempt).toList()));
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(model.fileName()).isEqualTo("ctf-s1-attempts.csv");
        model.save(home.resolve("no/such/folder.csv"), written::add, failures::add);
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(Problem.of(failure).sentence()).contains("can't be written"));
    }

    @Test
    void whatLogsSayIsMadePlainAndCountedAsInspectDoes() {
        Attempt right = PlotLayoutTest.attempt(Attempt.Kind.MODEL, "mock\u202Emodel", "s1", 6, "C");
        Attempt wrong = PlotLayoutTest.attempt(Attempt.Kind.MODEL, "other", "s1", 8, "I");
        Attempt none = PlotLayoutTest.attempt(Attempt.Kind.PERSON, "", "s1", 60, "");
        LogRow bad = new LogRow(
                "/logs/bad.eval",
                "it is no log",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                false,
                Map.of(),
                false,
                List.of());
        AttemptsView view = AttemptsView.of(
                new AttemptReader.Found(List.of(none, right, wrong), List.of(bad)), Optional.of("s1"), List.of());
        assertThat(view.rows()).extracting(AttemptRow::who).containsExactly("somebody", "mockmodel", "other");
        assertThat(view.rows())
                .extracting(AttemptRow::look)
                .containsExactly(Optional.empty(), Optional.of(StateStyle.READY), Optional.of(StateStyle.FAILED));
        assertThat(view.rows().get(1).wall()).isEqualTo("18.0 s");
        assertThat(view.medians())
                .extracting(line -> line.by() + " " + line.time() + " " + line.solved() + " " + line.counts())
                .containsExactly(
                        "people 60.0 s 1 attempt, none scored 12 commands",
                        "models 7.0 s 2 attempts, 1 of 2 right 7 messages");
        assertThat(view.trouble()).containsExactly("/logs/bad.eval is passed over: it is no log");
    }
}
