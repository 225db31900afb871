package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.operation.StubWorld;
import dev.corral.core.solve.journal.AtLimit;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limit of a session whose human agent is a stand-in: who is told, who acts, and what becomes of it where that goes wrong. */
@Tag("unit")
class LimitKeeperTest {
    private static final String ID = "a-b-1-00000000";

    @TempDir
    private Path home;

    private TestWorld world;
    private Solving solving;
    private Stored stored;

    @BeforeEach
    void world() {
        world = new TestWorld(home);
        world.control = false;
        solving = new Solving(world, "test", Duration.ofMinutes(5));
    }

    // One whose clock runs for so long already, and that was warned in time.
    private void session(AtLimit then, long ago) throws IOException {
        stored = solving.store()
                .create(new SolveSession(
                        ID,
                        Instant.now(),
                        "me",
                        "/e.py",
                        "ctf",
                        "a/b 1",
                        1,
                        home.toString(),
                        false,
                        SolveOptions.usual().withActiveLimit(600, then)));
        write(EntryKind.RUN, ago, "", SolveStory.facts(TestWorld.RUN, "inspect eval"));
        write(EntryKind.READY, ago, "", Map.of("sandbox", "box-1", "log", "/logs/x.eval"));
        write(EntryKind.START, ago, "", Map.of());
        Moment warned = Moment.now();
        stored.folder()
                .journal()
                .append(SolveEntry.at(
                                new Moment(
                                        warned.at(), warned.upMs() - 130_000, warned.runMs() - 130_000, warned.boot()),
                                EntryKind.LIMIT,
                                "test")
                        .withMore(Map.of("at_seconds", "120")));
    }

    private void write(EntryKind kind, long ago, String text, Map<String, String> facts) throws IOException {
        Moment now = Moment.now();
        stored.folder()
                .journal()
                .append(SolveEntry.at(now.told(now.at().minusSeconds(ago)), kind, "inspect")
                        .withText(text)
                        .withMore(facts));
    }

    private List<SolveEntry> of(EntryKind kind) throws IOException {
        return stored.folder().journal().read().stream()
                .filter(entry -> entry.kind() == kind)
                .toList();
    }

    // Looks until the agent has been asked for that; what else it was asked for is given back.
    private List<String> asked(String last) throws Exception {
        List<String> methods = new CopyOnWriteArrayList<>();
        try (AgentStandIn agent = new AgentStandIn(world.guest.listen(), request -> {
            String method = request.path("method").asText();
            if (!method.equals("status")) {
                methods.add(method + request.path("params").path("answer").asText());
            }
            return method.equals("status")
                    ? "\"result\":\"\\nStatus: Running  Time: 0:11:40\",\"error\":null"
                    : "\"result\":null,\"error\":null";
        })) {
            try (SolveWatch one = new SolveWatch(solving, ID, seen -> {}, trouble -> {});
                    SolveWatch other = new SolveWatch(
                            new Solving(world, "another window", Duration.ofMinutes(5)),
                            ID,
                            seen -> {},
                            trouble -> {})) {
                assertThat(one).isNotSameAs(other);
                StubWorld.until(() -> methods.contains(last));
            }
            assertThat(agent.asked()).isNotEmpty();
        }
        return methods;
    }

    @Test
    void whoeverLooksWarnsAndTwoWhoLookWarnOnce() throws IOException {
        session(AtLimit.ASK, 700);
        Solving other = new Solving(world, "other", Duration.ofMinutes(5));
        solving.status(ID);
        other.status(ID);
        SolveStatus seen = solving.status(ID);
        assertThat(of(EntryKind.LIMIT)).hasSize(2);
        assertThat(of(EntryKind.LIMIT).getLast().text()).isEqualTo("The limit of 0:10:00 of active time is reached.");
        assertThat(LimitKeeper.of(seen).orElseThrow().left()).isNegative();
        assertThat(LimitKeeper.acts(seen)).isFalse();
        assertThat(seen.state()).isEqualTo(SolveState.RUNNING);
    }

    @Test
    void ofTwoWindowsOnePauses() throws Exception {
        session(AtLimit.STOP_CLOCK, 700);
        assertThat(asked("stop")).containsExactly("stop");
        assertThat(of(EntryKind.LIMIT)).hasSize(3);
    }

    @Test
    void theLastAnswerIsHandedIn() throws Exception {
        session(AtLimit.HAND_IN, 700);
        write(EntryKind.VALIDATE, 51, "flag", Map.of("said", ""));
        write(EntryKind.SCORE, 50, "FLAG of the scorer", Map.of("value", "I", "scorer", "includes"));
        assertThat(asked("submitflag")).containsExactly("validateflag", "submitflag");
        StubWorld.until(() -> solving.status(ID).state() == SolveState.ENDING);
        assertThat(solving.status(ID).story().answer()).isEqualTo("flag");
    }

    @Test
    void aSessionIsGivenUpWhereThatWasChosen() throws Exception {
        session(AtLimit.GIVE_UP, 700);
        assertThat(asked("quit")).containsExactly("quit");
    }

    @Test
    void aClockThatStandsInTheMachineIsAPauseThoughNobodyNotedIt() throws Exception {
        session(AtLimit.GIVE_UP, 700);
        solving.status(ID);
        List<String> methods = new CopyOnWriteArrayList<>();
        try (AgentStandIn agent = new AgentStandIn(world.guest.listen(), request -> {
            methods.add(request.path("method").asText());
            return "\"result\":\"\\nStatus: Stopped  Time: 0:11:40\",\"error\":null";
        })) {
            solving.limits().act(solving.status(ID));
            assertThat(agent.asked()).isNotEmpty();
        }
        assertThat(methods).contains("status").doesNotContain("quit");
    }

    @Test
    void withoutAnAnswerTheMachineIsNotLost() throws Exception {
        session(AtLimit.HAND_IN, 700);
        assertThat(asked("stop")).containsExactly("stop");
        assertThat(of(EntryKind.FAULT).getFirst().text()).contains("no answer was checked or scored");
    }

    @Test
    void aMachineThatCanNotBeAskedIsSaidAndTheSessionGoesOn() throws Exception {
        session(AtLimit.GIVE_UP, 700);
        solving.status(ID);
        world.reachable = false;
        solving.limits().act(solving.status(ID));
        assertThat(of(EntryKind.FAULT)).singleElement().satisfies(entry -> assertThat(entry.text())
                .startsWith("The limit is reached, but nothing could be done about it"));
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.RUNNING);
        assertThat(LimitKeeper.acts(solving.status(ID)))
                .as("tried again, but not at once")
                .isFalse();
    }
}
