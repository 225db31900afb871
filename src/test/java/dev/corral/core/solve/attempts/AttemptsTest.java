package dev.corral.core.solve.attempts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.core.inspect.log.LogRow;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.SolveStory;
import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions and logs brought together. */
@Tag("unit")
class AttemptsTest {
    private static final Attempts.Wanted ALL = new Attempts.Wanted(Optional.empty(), Optional.empty(), false);

    private static SolveStatus session(String id, String purpose, String log) {
        SolveSession session = new SolveSession(
                id,
                Instant.parse("2026-01-01T00:00:00Z"),
                "ada",
                "/evals/e.py",
                "ctf",
                "s1",
                1,
                "",
                false,
                SolveOptions.usual(),
                purpose);
        List<SolveEntry> entries = List.of(
                SolveEntry.now(EntryKind.RUN, "test"),
                SolveEntry.now(EntryKind.RESULT, "inspect").withMore(Map.of("score:includes", "I")),
                SolveEntry.now(EntryKind.ENDED, "inspect").withMore(Map.of("log", log, "status", "success")));
        ClockReading clock = new ClockReading(
                true,
                false,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                List.of(),
                List.of());
        return new SolveStatus(session, SolveState.ENDED, clock, SolveStory.of(entries), List.of(), entries);
    }

    private static LogRow.SampleRow sample(String id, String uuid, String score, double working) {
        return new LogRow.SampleRow(
                id,
                1,
                uuid,
                Map.of("includes", score),
                "",
                "",
                Optional.of(working * 2),
                Optional.of(working),
                Optional.of(7),
                "");
    }

    private static LogRow log(String file, String solver, String session, LogRow.SampleRow... samples) {
        return new LogRow(
                file,
                "",
                "ctf",
                "../evals/e.py",
                "mock/model",
                solver,
                "2026-01-01",
                "success",
                "",
                solver.contains("human") ? "bob" : "",
                session,
                false,
                solver.contains("human") ? Map.of("adjusted_seconds", Optional.of(40.0)) : Map.of(),
                false,
                List.of(samples));
    }

    private static List<Attempt> of(List<SolveStatus> sessions, LogRow... logs) {
        return Attempts.of(sessions, List.of(logs), ALL, status -> Optional.of(5));
    }

    @Test
    void aSessionAndItsLogsAreOneAttemptWithTheLogsScore() {
        List<Attempt> attempts = of(
                List.of(session("s-1", "", "/logs/b.eval")),
                log("/logs/a.eval", "human_cli", "s-1", sample("s1", "u1", "I", 1)),
                log("/logs/b.eval", "human_cli", "s-1", sample("s1", "u2", "C", 2)));
        assertThat(attempts).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Attempt.Kind.PERSON);
            assertThat(one.who()).isEqualTo("ada");
            assertThat(one.scores()).isEqualTo(Map.of("includes", "C"));
            assertThat(one.times().wall()).contains(30.0);
            assertThat(one.compared()).contains(10.0);
            assertThat(one.times().working()).contains(2.0);
            assertThat(one.commands()).contains(5);
            assertThat(one.log()).isEqualTo("/logs/b.eval");
        });
    }

    @Test
    void aReplayIsNobodysAttemptAndARetryIsNoSecondOne() {
        LogRow golden = log("/logs/g.eval", "human_cli", "g-1", sample("s1", "u9", "C", 1));
        List<Attempt> attempts = of(
                List.of(session("g-1", SolveSession.GOLDEN, "/logs/g.eval")),
                golden,
                log("/logs/a.eval", "generate", "", sample("s1", "u1", "I", 1), sample("s2", "u2", "C", 1)),
                log("/logs/b.eval", "generate", "", sample("s1", "u3", "C", 4), sample("s2", "u2", "C", 1)));
        assertThat(attempts).extracting(Attempt::sample).containsExactly("s1", "s1", "s2");
        assertThat(attempts).extracting(Attempt::kind).containsOnly(Attempt.Kind.MODEL);
        assertThat(attempts.get(2).log()).isEqualTo("/logs/b.eval");
    }

    @Test
    void aPersonWithoutASessionIsOneByTheLog() {
        Attempt one = of(List.of(), log("/logs/a.eval", "human_cli", "elsewhere", sample("s1", "u", "C", 9)))
                .getFirst();
        assertThat(one.kind()).isEqualTo(Attempt.Kind.PERSON);
        assertThat(one.who()).isEqualTo("bob");
        assertThat(one.compared()).contains(40.0);
        assertThat(one.messages()).isEmpty();
    }

    @Test
    void onlyTheTaskThatIsWanted() {
        LogRow log = log("/logs/a.eval", "generate", "", sample("s1", "u", "C", 9));
        List<SolveStatus> sessions = List.of(session("s-1", "", ""));
        assertThat(Attempts.of(sessions, List.of(log), wanted("/evals/e.py", "ctf"), status -> Optional.empty()))
                .hasSize(2);
        assertThat(Attempts.of(sessions, List.of(log), wanted("/evals/f.py", "ctf"), status -> Optional.empty()))
                .isEmpty();
        assertThat(Attempts.of(sessions, List.of(log), wanted("/evals/e.py", "other"), status -> Optional.empty()))
                .isEmpty();
    }

    @Test
    void ofNamedLogsOnlyTheirSessionsAndNoneInWhichNobodyBegan() {
        SolveStatus there = session("s-1", "", "/logs/a.eval");
        SolveStatus idle = session("s-3", "", "/logs/b.eval");
        SolveStatus waiting = new SolveStatus(
                idle.session(), SolveState.ENDED, ClockReading.none(), idle.story(), List.of(), idle.entries());
        List<SolveStatus> sessions = List.of(there, session("s-2", "", "/else/a.eval"), waiting);
        List<LogRow> logs = List.of(
                log("/logs/a.eval", "human_cli", "s-1", sample("s1", "u1", "C", 1)),
                log("/logs/b.eval", "human_cli", "s-3", sample("s1", "u3", "I", 1)));
        assertThat(Attempts.of(
                        sessions,
                        logs,
                        new Attempts.Wanted(Optional.empty(), Optional.empty(), true),
                        status -> Optional.empty()))
                .extracting(Attempt::session)
                .containsExactly("s-1");
        assertThat(Attempts.of(sessions, logs, ALL, status -> Optional.empty()))
                .extracting(Attempt::session)
                .containsExactly("s-1", "s-2");
    }

    private static Attempts.Wanted wanted(String file, String task) {
        return new Attempts.Wanted(Optional.of(Path.of(file)), Optional.of(task), false);
    }

    @Test
    void mediansAreThoseOfASampleAndOfATask() {
        List<Medians> medians = Medians.of(of(
                List.of(session("s-1", "", "")),
                log(
                        "/logs/a.eval",
                        "generate",
                        "",
                        sample("s1", "u1", "C", 1),
                        sample("s1", "u2", "I", 3),
                        sample("s1", "u3", "P", 100),
                        sample("s2", "u4", "0.5", 8))));
        assertThat(medians)
                .extracting(Medians::sample, Medians::kind, Medians::attempts, row -> row.seconds()
                        .orElse(-1.0))
                .containsExactly(
                        tuple("s1", Attempt.Kind.PERSON, 1, 10.0),
                        tuple("s1", Attempt.Kind.MODEL, 3, 3.0),
                        tuple("s2", Attempt.Kind.MODEL, 1, 8.0),
                        tuple("", Attempt.Kind.PERSON, 1, 10.0),
                        tuple("", Attempt.Kind.MODEL, 4, 5.5));
        assertThat(medians.get(1).right()).contains(0.5);
        assertThat(medians.get(1).messages()).contains(7.0);
        assertThat(medians.get(0).right()).contains(0.0);
    }
}
