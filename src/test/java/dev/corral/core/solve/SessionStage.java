package dev.corral.core.solve;

import dev.corral.core.inspect.control.ChannelServer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session whose run, machine and log a test decides about, with a control channel that tells what the test wants. */
final class SessionStage implements AutoCloseable {
    static final String ID = "a-b-1-00000000";

    final TestWorld world;
    final Solving solving;
    final Stored stored;
    final ChannelServer inspect;
    private final List<String> events = new ArrayList<>();
    private volatile String store = state(false, "null");

    SessionStage(Path home) throws IOException {
        this(home, false, SolveOptions.usual());
    }

    SessionStage(Path home, boolean joined, SolveOptions options) throws IOException {
        world = new TestWorld(home);
        solving = another("test");
        stored = solving.store()
                .create(new SolveSession(
                        ID,
                        Instant.now(),
                        "me",
                        joined ? "" : "/e.py",
                        "ctf",
                        "a/b 1",
                        1,
                        home.toString(),
                        joined,
                        options));
        write(EntryKind.RUN, 7_200, SolveStory.facts(TestWorld.RUN, "inspect eval"));
        inspect = new ChannelServer(home.resolve("s"), this::answer);
    }

    /** Another process that works on the same sessions. */
    Solving another(String by) {
        return new Solving(world, by, Duration.ofMinutes(5));
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

    void write(EntryKind kind, long secondsAgo, Map<String, String> facts) throws IOException {
        Moment now = Moment.now();
        stored.folder()
                .journal()
                .append(SolveEntry.at(now.told(now.at().minusSeconds(secondsAgo)), kind, "test")
                        .withMore(facts));
    }

    void happened(String uuid, Instant at, String data) {
        synchronized (events) {
            events.add(event(uuid, at, data));
        }
    }

    static String event(String uuid, Instant at, String data) {
        return "{\"uuid\":\"" + uuid + "\",\"timestamp\":\"" + at
                + "\",\"event\":\"info\",\"source\":\"human_agent\",\"data\":" + data + "}";
    }

    void started(String uuid, Instant at) {
        happened(uuid, at, "{\"action\":\"start\"}");
        store = state(true, "null");
    }

    /** @param answer as JSON */
    void given(String answer) {
        store = state(false, answer);
    }

    List<EntryKind> kinds() throws IOException {
        return stored.folder().journal().read().stream().map(SolveEntry::kind).toList();
    }

    List<SolveEntry> of(EntryKind kind) throws IOException {
        return stored.folder().journal().read().stream()
                .filter(entry -> entry.kind() == kind)
                .toList();
    }

    SolveStatus status() {
        return solving.status(ID);
    }

    @Override
    public void close() throws IOException {
        inspect.close();
    }
}
