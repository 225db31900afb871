package dev.corral.core.inspect.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ControlChannelTest {
    private static final String STORE = """
            {"as_of":1.0,"status":"running","store":{"HumanAgentState:instructions":"Find **it**.",
            "HumanAgentState:scorings":[{"time":1.5,"scores":[{"value":NaN}]}],"HumanAgentState:answer":null,
            "HumanAgentState:running_state":true,"HumanAgentState:started_running":1795771789.3041,
            "HumanAgentState:accumulated_time":0.25}}""";
    private static final String EVENTS = """
            {"events":[
            {"uuid":"a","timestamp":"2026-11-27T09:29:48.001217+00:00","event":"info","source":"human_agent","data":{"action":"start"}},
            {"uuid":"b","timestamp":"2026-11-27T09:29:50Z","event":"info","source":"human_agent","data":"## Human Agent Note\\nLooked."},
            {"uuid":"c","timestamp":"2026-11-27T09:29:51Z","event":"info","source":"another","data":"no"},
            {"uuid":"d","timestamp":"2026-11-27T09:29:52Z","event":"score","intermediate":true,"scorer":"includes",
             "score":{"value":"I","answer":"flag-0"}},
            {"uuid":"e","timestamp":"yesterday","event":"info","source":"human_agent","data":{"action":"stop"}}
            ],"next":"n1","done":false}""";

    @TempDir
    private Path folder;

    private HumanRun run() {
        return new HumanRun(new ControlChannel(folder.resolve("s"), Duration.ofSeconds(20)));
    }

    @Test
    void readsWhatInspectTellsOfAPersonsSession() throws IOException {
        try (ChannelServer server = new ChannelServer(
                folder.resolve("s"),
                line -> line.contains("/store")
                        ? ChannelServer.json(STORE)
                        : line.contains("since=n1")
                                ? ChannelServer.json("{\"events\":[],\"next\":\"n1\",\"done\":false}")
                                : ChannelServer.json(EVENTS))) {
            HumanRun run = run();
            HumanState state = run.state("ev", "a/b 1", 2).orElseThrow();
            assertThat(state.running()).isTrue();
            assertThat(state.accumulated()).isEqualTo(0.25);
            assertThat(state.answer()).isEmpty();
            assertThat(state.runningSince()).isEqualTo(Instant.ofEpochMilli(1795771789304L));
            assertThat(server.asked().getFirst()).contains("sample_id=a%2Fb%201&epoch=2");
            List<HumanEvent> events = run.news("ev", "a/b 1", 2);
            assertThat(events)
                    .extracting(HumanEvent::kind)
                    .containsExactly(HumanEvent.Kind.START, HumanEvent.Kind.NOTE, HumanEvent.Kind.SCORE);
            assertThat(events.get(1).text()).isEqualTo("Looked.");
            assertThat(events.get(2).value()).isEqualTo("I");
            // What was told once is not asked for again.
            assertThat(run.news("ev", "a/b 1", 2)).isEmpty();
        }
    }

    @Test
    void whatCameBeforeAPageThatFailedIsToldAgain() throws IOException {
        AtomicBoolean fails = new AtomicBoolean(true);
        try (ChannelServer server = new ChannelServer(
                folder.resolve("s"),
                line -> !line.contains("since=n1")
                        ? ChannelServer.json(EVENTS)
                        : fails.get()
                                ? "HTTP/1.1 503 Busy\r\ncontent-length: 2\r\n\r\n{}"
                                : ChannelServer.json("{\"events\":[],\"next\":\"n1\",\"done\":false}"))) {
            HumanRun run = run();
            assertThatThrownBy(() -> run.news("ev", "s", 1)).isInstanceOf(IOException.class);
            fails.set(false);
            assertThat(run.news("ev", "s", 1)).hasSize(3);
            assertThat(server.asked().getLast()).contains("since=n1");
        }
    }

    @Test
    void anOlderInspectThatDoesNotTellIsNoFailure() throws IOException {
        try (ChannelServer server = new ChannelServer(
                folder.resolve("s"),
                line -> "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n6\r\n{\"deta\r\n"
                        + "10\r\nil\":\"Not Found\"}\r\n0\r\n\r\n")) {
            assertThat(run().state("ev", "s", 1)).isEmpty();
            assertThatThrownBy(() -> run().tasks())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("404");
            assertThat(server.asked()).hasSize(2);
        }
    }

    @Test
    void whoeverDoesNotAnswerOrCutsOffIsAFailureAndNoHang() throws IOException {
        try (ChannelServer silent = new ChannelServer(folder.resolve("s"), line -> null)) {
            ControlChannel channel = new ControlChannel(folder.resolve("s"), Duration.ofMillis(200));
            assertThatThrownBy(() -> channel.get("/tasks"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in time");
            assertThat(silent.asked()).hasSize(1);
        }
        Files.deleteIfExists(folder.resolve("s"));
        try (ChannelServer cut =
                new ChannelServer(folder.resolve("s"), line -> "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n[1")) {
            assertThatThrownBy(() -> run().tasks())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cut off");
            assertThat(cut.asked()).hasSize(1);
        }
        // A run that was killed leaves its socket file.
        assertThatThrownBy(() -> run().tasks()).isInstanceOf(IOException.class);
    }

    @Test
    void aRunIsFoundByTheNoteThatItLeaves() throws IOException {
        Environment environment = new Environment(Map.of("XDG_DATA_HOME", folder.toString()));
        Path notes = Files.createDirectories(folder.resolve("inspect_ai/control"));
        ProcessIdentity process = new ProcessIdentity(4711, 1, "");
        assertThat(ControlChannel.of(environment, process, Duration.ofSeconds(1)))
                .isEmpty();
        Files.writeString(notes.resolve("4711.json"), "{\"pid\":4711,\"socket_path\":\"/nowhere/s\"}");
        assertThat(ControlChannel.of(environment, process, Duration.ofSeconds(1)))
                .isPresent();
        Files.writeString(notes.resolve("4711.json"), "{\"pid\":4712,\"socket_path\":\"/nowhere/s\"}");
        assertThat(ControlChannel.of(environment, process, Duration.ofSeconds(1)))
                .isEmpty();
    }
}
