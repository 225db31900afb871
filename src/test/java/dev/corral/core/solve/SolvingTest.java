package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inspect.control.ChannelServer;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.solve.clock.Interval;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions whose run, machine and log the test decides about: what becomes of state, clock and journal when one of them goes. */
@Tag("unit")
class SolvingTest {
    private static final String ID = "a-b-1-00000000";

    @TempDir
    private Path home;

    private TestWorld world;
    private Solving solving;
    private Stored stored;
    private ChannelServer inspect;
    private volatile String store = state(false, "null");
    private final List<String> events = new ArrayList<>();

    @BeforeEach
    void session() throws IOException {
        world = new TestWorld(home);
        solving = new Solving(world, "test", Duration.ofMinutes(5));
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
                        SolveOptions.usual()));
        stored.folder()
                .journal()
                .append(SolveEntry.at(Moment.now().told(Instant.now().minusSeconds(7_200)), EntryKind.RUN, "test")
                        .withMore(SolveStory.facts(TestWorld.RUN, "inspect eval")));
        inspect = new ChannelServer(home.resolve("s"), this::answer);
    }

    @AfterEach
    void close() throws IOException {
        inspect.close();
    }

    private String answer(String line) {
        if (line.contains("/tasks")) {
            return ChannelServer.json(
                    "[{\"eval_id\":\"ev\",\"task_id\":\"t\",\"task\":\"ctf\",\"solver\":\"human_cli\","
                            + "\"log_location\":\"/logs/x.eval\",\"completed_at\":null}]");
        }
        if (line.contains("/store")) {
            return ChannelServer.json(store);
        }
        synchronized (events) {
            return ChannelServer.json("{\"events\":[" + String.join(",", events) + "],\"next\":\"\",\"done\":false}");
        }
    }

    private static String state(boolean running, String answer) {
        return "{\"store\":{\"HumanAgentState:instructions\":\"Find it.\",\"HumanAgentState:running_state\":" + running
                + ",\"HumanAgentState:answer\":" + answer + "}}";
    }

    private void happened(String uuid, Instant at, String data) {
        synchronized (events) {
            events.add("{\"uuid\":\"" + uuid + "\",\"timestamp\":\"" + at
                    + "\",\"event\":\"info\",\"source\":\"human_agent\",\"data\":" + data + "}");
        }
    }

    private void started(String uuid, Instant at) {
        happened(uuid, at, "{\"action\":\"start\"}");
        store = state(true, "null");
    }

    private List<EntryKind> kinds() throws IOException {
        return stored.folder().journal().read().stream().map(SolveEntry::kind).toList();
    }

    @Test
    void aRunBecomesReadyItsSandboxIsPinnedAndTheGuestsOwnCommandsAreSeen() throws IOException {
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.STOPPED);
        assertThat(world.pinned).containsExactly("box-1");
        assertThat(stored.folder().sandboxes()).containsExactly("box-1");
        Instant start = Instant.now().minusSeconds(100);
        started("u1", start);
        happened("u2", start.plusSeconds(10), "\"## Human Agent Note\\nport 22\"");
        SolveStatus running = solving.status(ID);
        assertThat(running.state()).isEqualTo(SolveState.RUNNING);
        assertThat(running.clock().active()).isBetween(Duration.ofSeconds(99), Duration.ofSeconds(130));
        assertThat(running.story().story()).extracting(SolveEntry::text).contains("port 22");
        assertThat(solving.human(ID).orElseThrow().instructions()).isEqualTo("Find it.");
    }

    @Test
    void twoWindowsWriteEachEventOnce() throws IOException {
        Solving other = new Solving(world, "other", Duration.ofMinutes(5));
        solving.status(ID);
        started("u1", Instant.now());
        solving.status(ID);
        other.status(ID);
        solving.status(ID);
        assertThat(kinds()).containsOnlyOnce(EntryKind.READY, EntryKind.START);
        assertThat(other.status(ID).clock().running()).isTrue();
    }

    @Test
    void killedInspectKeepsTheTimeAndStopsTheClock() throws IOException {
        solving.status(ID);
        started("u1", Instant.now().minusSeconds(60));
        solving.status(ID);
        world.life = Life.ENDED;
        world.log = Optional.of("{\"status\":\"started\",\"events\":[]}");
        SolveStatus gone = solving.status(ID);
        assertThat(gone.state()).isEqualTo(SolveState.INTERRUPTED);
        assertThat(gone.clock().running()).isFalse();
        assertThat(gone.clock().active()).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(120));
        assertThat(gone.clockNow().active()).isEqualTo(gone.clock().active());
        assertThatThrownBy(() -> solving.note(ID, "too late"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("is over: Inspect ended");
        assertThat(kinds()).containsOnlyOnce(EntryKind.GONE);
        assertThatThrownBy(() -> {
                    world.sandboxThere = false;
                    solving.runs().resume(solving.status(ID));
                })
                .hasMessageContaining("is gone");
    }

    private void resumed() throws IOException {
        killedInspectKeepsTheTimeAndStopsTheClock();
        world.sandboxThere = true;
        stored.folder()
                .journal()
                .append(SolveEntry.now(EntryKind.RUN, "test").withMore(SolveStory.facts(TestWorld.RUN, "again")));
    }

    @Test
    void whatAnotherWindowHasResumedMeanwhileIsNotResumedAgain() throws IOException {
        killedInspectKeepsTheTimeAndStopsTheClock();
        SolveStatus seen = solving.status(ID);
        world.sandboxThere = true;
        stored.folder()
                .journal()
                .append(SolveEntry.now(EntryKind.RUN, "other").withMore(SolveStory.facts(TestWorld.RUN, "again")));
        world.life = Life.ALIVE;
        assertThatThrownBy(() -> solving.runs().resume(seen)).hasMessageContaining("need not be resumed");
        SolveRuns.Joinable same = new SolveRuns.Joinable(TestWorld.RUN, "inspect", "ctf", "a/b 1", 1);
        assertThatThrownBy(() -> solving.runs().join(same, "me")).hasMessageContaining("followed by a session");
    }

    @Test
    void aResumedRunThatFailsBeforeItIsReadyCanBeResumedAgain() throws IOException {
        resumed();
        Files.writeString(stored.folder().output(), "SyntaxError: invalid syntax\n");
        SolveStatus cut = new Solving(world, "another window", Duration.ofMinutes(5)).status(ID);
        assertThat(cut.state()).isEqualTo(SolveState.INTERRUPTED);
        assertThat(cut.story().fault()).isEqualTo("SyntaxError: invalid syntax");
        assertThat(cut.sandbox()).isEqualTo("box-1");
        assertThat(cut.story().over()).isPresent();
    }

    @Test
    void aRunThatTookItsMachineOverSaysThatItStays() throws IOException {
        resumed();
        world.life = Life.ALIVE;
        solving = new Solving(world, "another window", Duration.ofMinutes(5));
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.STOPPED);
        world.life = Life.ENDED;
        world.log =
                Optional.of("{\"status\":\"error\",\"error\":\"the scorer broke\",\"answer\":\"flag\",\"events\":[]}");
        SolveStatus ended = solving.status(ID);
        assertThat(ended.story().fault()).isEqualTo("the scorer broke");
        assertThat(ended.story().story())
                .anySatisfy(entry -> assertThat(entry.text()).endsWith("corral destroy box-1"));
        // Who is killed while this is written must not leave an end without its result.
        assertThat(kinds().getLast()).isEqualTo(EntryKind.ENDED);
    }

    @Test
    void anEndThatNobodySawIsReadFromTheLogWithItsTime() throws IOException {
        solving.status(ID);
        Instant start = Instant.now().minusSeconds(3_600);
        // Corral was not running: it was started, submitted in the guest after 90 s, scored and cleaned up.
        world.life = Life.ENDED;
        world.log = Optional.of("{\"status\":\"success\",\"completed\":\"" + start.plusSeconds(100)
                + "\",\"answer\":\"flag\",\"accumulated\":90.0,"
                + "\"scores\":{\"includes\":\"C\"},\"events\":[{\"uuid\":\"u1\",\"timestamp\":\"" + start
                + "\",\"event\":\"info\",\"source\":\"human_agent\",\"data\":{\"action\":\"start\"}}]}");
        SolveStatus ended = solving.status(ID);
        assertThat(ended.state()).isEqualTo(SolveState.ENDED);
        assertThat(ended.story().answer()).isEqualTo("flag");
        assertThat(ended.story().result()).containsEntry("score:includes", "C");
        assertThat(ended.clock().active()).isBetween(Duration.ofSeconds(89), Duration.ofSeconds(91));
        assertThat(ended.clock().wall()).isEqualTo(ended.clock().active());
        assertThat(ended.story().story())
                .filteredOn(entry -> entry.kind() == EntryKind.ENDED)
                .extracting(SolveEntry::at)
                .containsExactly(start.plusSeconds(100));
    }

    @Test
    void quittingInTheGuestIsSeen() throws IOException {
        solving.status(ID);
        started("u1", Instant.now().minusSeconds(5));
        solving.status(ID);
        store = state(false, "\"\"");
        SolveStatus quit = solving.status(ID);
        assertThat(quit.state()).isEqualTo(SolveState.ENDING);
        assertThat(quit.clock().running()).isFalse();
        assertThat(kinds()).containsOnlyOnce(EntryKind.QUIT);
    }

    @Test
    void aRunThatEndedBeforeItsSampleBeganSaysWhy() throws IOException {
        world.sandboxThere = false;
        Files.writeString(stored.folder().output(), "Error: no such task\n");
        world.life = Life.ENDED;
        SolveStatus failed = solving.status(ID);
        assertThat(failed.state()).isEqualTo(SolveState.FAILED);
        assertThat(failed.story().fault()).isEqualTo("Error: no such task");
    }

    @Test
    void givingUpAJoinedRunThatDoesNotListenYetEndsItsSampleAlone() throws Exception {
        Stored joined = solving.store()
                .create(new SolveSession(
                        "joined-1-00000000",
                        Instant.now(),
                        "me",
                        "",
                        "ctf",
                        "a/b 1",
                        2,
                        home.toString(),
                        true,
                        SolveOptions.usual()));
        joined.folder()
                .journal()
                .append(SolveEntry.now(EntryKind.RUN, "test").withMore(SolveStory.facts(TestWorld.RUN, "inspect")));
        solving.quit(joined.session().id());
        assertThat(inspect.asked().stream().filter(line -> line.startsWith("POST")))
                .singleElement()
                .asString()
                .contains("/evals/ev/sample/cancel?sample_id=a%2Fb%201&epoch=2&action=cancel");
        assertThat(joined.folder().journal().read())
                .extracting(SolveEntry::kind)
                .contains(EntryKind.QUIT);
        // The machine that is there is the first epoch's.
        assertThat(joined.folder().sandboxes()).isEmpty();
    }

    @Test
    void aJournalThatCanNotBeReadCostsNoOtherSession() throws IOException {
        Stored bad = solving.store()
                .create(new SolveSession(
                        "bad-1", Instant.now(), "", "", "ctf", "x", 1, "", true, SolveOptions.usual()));
        Files.createDirectory(bad.folder().journal().file());
        assertThat(solving.list()).extracting(status -> status.session().id()).containsExactly(ID);
    }

    @Test
    void aFullJournalStillSeesTheEnd() throws IOException {
        solving.status(ID);
        Files.writeString(
                stored.folder().journal().file(), "\n".repeat((8 << 20) - (200 << 10)), StandardOpenOption.APPEND);
        started("u1", Instant.now());
        happened("u2", Instant.now(), "\"## Human Agent Note\\nlong\"");
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.STOPPED);
        store = state(false, "\"\"");
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.ENDING);
    }

    @Test
    void theAgentIsAskedAndWhatItSaysIsTold() throws Exception {
        solving.status(ID);
        started("u1", Instant.now());
        try (AgentStandIn agent = new AgentStandIn(world.guest.listen(), request -> switch (request.path("method")
                .asText()) {
            case "validate" ->
                "\"result\":"
                        + (request.path("params").path("answer").asText().isEmpty()
                                ? "\"\\u001b[1mFAILED:\\u001b[0m An explicit answer is required.\""
                                : "null")
                        + ",\"error\":null";
            case "score" -> "\"result\":\"\\u001b[1mAnswer:\\u001b[0m x, \\u001b[1mScore:\\u001b[0m I\",\"error\":null";
            default -> "\"result\":null,\"error\":null";
        })) {
            assertThat(solving.score(ID, "x")).isEqualTo("Answer: x, Score: I");
            assertThatThrownBy(() -> solving.submit(ID, "")).hasMessageContaining("An explicit answer is required");
            assertThat(solving.validate(ID, "x")).isEmpty();
            solving.note(ID, "two\nlines");
            solving.submit(ID, "x");
            assertThat(agent.asked())
                    .extracting(request -> request.path("method").asText())
                    .containsExactly("validate", "score", "validate", "validate", "note", "validate", "submit");
            assertThat(agent.asked().get(4).path("params").path("content").asText())
                    .isEqualTo("## Human Agent Note\ntwo\nlines");
            assertThat(agent.asked().getLast().path("params")).hasSize(1);
        }
        assertThat(solving.status(ID).state()).isEqualTo(SolveState.ENDING);
    }

    @Test
    void aMachineThatIsDownAndANetworkThatIsLostAreStretchesOfTheirOwn() throws IOException {
        solving.status(ID);
        started("u1", Instant.now().minusSeconds(10));
        solving.probe(solving.status(ID));
        world.reachable = false;
        solving.probe(solving.status(ID));
        world.machine = MachineState.STOPPED;
        solving.probe(solving.status(ID));
        solving.probe(solving.status(ID));
        world.reachable = true;
        world.machine = MachineState.RUNNING;
        solving.probe(solving.status(ID));
        assertThat(kinds()).containsSubsequence(EntryKind.LOST, EntryKind.FOUND, EntryKind.DOWN, EntryKind.UP);
        assertThat(kinds()).containsOnlyOnce(EntryKind.DOWN, EntryKind.LOST);
    }

    @Test
    void nobodyAtTheKeysIsNoticedAndAskedAbout() throws Exception {
        Solving impatient = new Solving(world, "test", Duration.ZERO);
        impatient.status(ID);
        started("u1", Instant.now().minusSeconds(30));
        impatient.probe(impatient.status(ID));
        StubWorld.until(() -> !Solving.decidable(impatient.status(ID)).isEmpty());
        Interval quiet = Solving.decidable(impatient.status(ID)).getFirst();
        assertThat(quiet).matches(each -> each.kind() == Interval.Kind.IDLE && each.counted());
        assertThatThrownBy(() -> impatient.decide(ID, quiet.id(), false, " ")).hasMessageContaining("no reason");
        assertThatThrownBy(() -> impatient.decide(ID, "idle-99", false, "x")).hasMessageContaining("no interval");
        SolveStatus struck = impatient.decide(ID, quiet.id(), false, "lunch");
        assertThat(Solving.decidable(struck).getFirst().by()).isEqualTo("me");
        assertThat(struck.clock().active()).isGreaterThan(struck.clock().adjusted());
    }

    @Test
    void theLogGetsTheClockWithEveryStretchAndAgainWhenAPersonDecides() throws IOException {
        anEndThatNobodySawIsReadFromTheLogWithItsTime();
        SolveStatus ended = solving.status(ID);
        assertThat(Solving.logged(ended)).isFalse();
        assertThat(Solving.logged(solving.intoLog(ID))).isTrue();
        assertThat(world.edits).singleElement().satisfies(fields -> assertThat(fields.get(LogFields.CLOCK))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("solved_by", "me")
                .containsEntry("session", ID)
                .containsKeys("wall_seconds", "active_seconds", "adjusted_seconds", "intervals"));
        for (Interval each : Solving.decidable(ended)) {
            solving.decide(ID, each.id(), false, "not watched, not mine");
        }
        assertThat(world.edits).hasSize(1 + Solving.decidable(ended).size());
    }

    @Test
    void anInspectThatHidesItsStateStillIsFollowedByItsService() throws Exception {
        store = "{\"detail\":\"Not Found\"}";
        try (AgentStandIn agent = new AgentStandIn(
                world.guest.listen(), request -> "\"result\":\"Status: Running  Time: 0:00:05\",\"error\":null")) {
            assertThat(solving.status(ID).state().listening()).isTrue();
            while (!solving.status(ID).clock().running()) {
                Thread.sleep(200);
            }
            assertThat(agent.asked())
                    .allSatisfy(request ->
                            assertThat(request.path("method").asText()).isEqualTo("status"));
        }
    }
}
