package dev.corral.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.app.Corral;
import dev.corral.core.base.Json;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bridge over pipes: guests are an OpenSSH server on this machine, machines those of the stub provider. */
@Tag("unit")
@Timeout(120)
class BridgeTest {
    @TempDir
    Path temp;

    private StubWorld world;
    private LoopbackSshd sshd;
    private GuestConnection guest;
    private FrameWriter writer;
    private OutputStream requests;
    private final BlockingQueue<Frame> answers = new LinkedBlockingQueue<>();
    private Thread bridge;
    private long lastId;

    @BeforeEach
    void start() throws Exception {
        world = new StubWorld(temp.resolve("stub"), Map.of("INSPECT_MAX_VAGRANT_STARTUPS", "1"));
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        guest = new GuestConnection(sshd.endpoint());
        Pipe there = Pipe.open();
        Pipe back = Pipe.open();
        requests = Channels.newOutputStream(there.sink());
        InputStream in = Channels.newInputStream(there.source());
        InputStream fromBridge = Channels.newInputStream(back.source());
        OutputStream out = Channels.newOutputStream(back.sink());
        writer = new FrameWriter(requests);
        bridge = Thread.ofPlatform().start(() -> {
            try (out) {
                new Bridge(overLoopback(), "test", view -> Map.of("sandbox", view.id()), in, out).serve();
            } catch (InterruptedException | IOException e) {
                throw new IllegalStateException(e);
            }
        });
        Thread.ofPlatform().daemon().start(() -> {
            FrameReader reader = new FrameReader(fromBridge);
            try {
                for (var frame = reader.read(); frame.isPresent(); frame = reader.read()) {
                    answers.add(frame.get());
                }
            } catch (IOException e) {
                answers.add(new Frame(Json.mapper().createObjectNode().put("broken", e.toString()), Frame.NOTHING));
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        requests.close();
        bridge.join();
        guest.close();
        sshd.close();
        world.close();
    }

    // All of the real core, only that every machine is the server on this machine.
    private Corral overLoopback() {
        return (Corral) Proxy.newProxyInstance(
                Corral.class.getClassLoader(), new Class<?>[] {Corral.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("connect")) {
                        return guest;
                    }
                    try {
                        return method.invoke(world.corral(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private long send(String method, ObjectNode params, byte[] payload) throws IOException {
        ObjectNode header = Json.mapper()
                .createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", ++lastId)
                .put("method", method);
        header.set("params", params);
        writer.write(new Frame(header, payload));
        return lastId;
    }

    private void tell(String method, ObjectNode params, byte[] payload) throws IOException {
        ObjectNode header =
                Json.mapper().createObjectNode().put("jsonrpc", "2.0").put("method", method);
        header.set("params", params);
        writer.write(new Frame(header, payload));
    }

    private Frame next() throws InterruptedException {
        Frame frame = answers.poll(30, TimeUnit.SECONDS);
        assertThat(frame).as("something from the bridge").isNotNull();
        return frame;
    }

    /** The answer to this request; what comes before it is added to {@code news}. */
    private Frame answer(long id, List<Frame> news) throws InterruptedException {
        Frame frame = next();
        while (frame.header().path("id").asLong(-1) != id) {
            news.add(frame);
            frame = next();
        }
        return frame;
    }

    private JsonNode ask(String method, ObjectNode params) throws Exception {
        return answer(send(method, params, Frame.NOTHING), new ArrayList<>()).header();
    }

    private void hello() throws Exception {
        JsonNode answer = ask(
                "hello",
                object().put("protocol", 1)
                        .put("client", "test")
                        .put("pid", ProcessHandle.current().pid()));
        assertThat(answer.path("result").path("cache").asText())
                .isEqualTo(world.cache().toString());
        assertThat(answer.path("result").path("window").asInt()).isEqualTo(StreamedInput.WINDOW);
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    private static ObjectNode exec(String... argv) {
        ObjectNode params = object().put("sandbox", "s").put("machine", "default");
        for (String word : argv) {
            params.withArray("argv").add(word);
        }
        return params;
    }

    @Test
    void nothingBeforeHelloAndNothingUnknown() throws Exception {
        assertThat(ask("exec", exec("true")).path("error").path("message").asText())
                .contains("first request is hello");
        hello();
        assertThat(ask("fly", object()).path("error").path("code").asInt()).isEqualTo(-32601);
        assertThat(ask("exec", object().put("argv", "no list"))
                        .path("error")
                        .path("code")
                        .asInt())
                .isEqualTo(-32602);
        assertThat(ask("exec", object()).path("error").path("data").path("kind").asText())
                .isEqualTo("usage");
    }

    @Test
    void anotherProtocolIsRefusedAndEndsIt() throws Exception {
        JsonNode answer = ask(
                "hello",
                object().put("protocol", 99)
                        .put("client", "a plugin of tomorrow")
                        .put("pid", 1));
        assertThat(answer.path("error").path("message").asText())
                .contains("version 1", "a plugin of tomorrow", "version 99");
        assertThat(bridge.join(java.time.Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void aCommandsInputAndBothOutputs() throws Exception {
        hello();
        Frame answer = answer(
                send("exec", exec("sh", "-c", "cat; echo err >&2; exit 7").put("input", "inline"), new byte[] {
                    1, 2, (byte) 0xff
                }),
                new ArrayList<>());
        JsonNode result = answer.header().path("result");
        assertThat(result.path("exit_code").asInt()).isEqualTo(7);
        assertThat(result.path("stdout").asInt()).isEqualTo(3);
        assertThat(answer.payload()).containsExactly(1, 2, 0xff, 'e', 'r', 'r', '\n');
    }

    @Test
    void aLongInputComesInPiecesAsFarAsTheWindowGoesAndComesBackInPieces() throws Exception {
        hello();
        byte[] whole = new byte[3_000_000];
        new Random(3).nextBytes(whole);
        long id = send("exec", exec("cat").put("input", "stream"), Frame.NOTHING);
        long allowed = StreamedInput.WINDOW;
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        int sent = 0;
        while (sent < whole.length) {
            int piece = (int) Math.min(Math.min(100_000, whole.length - sent), allowed - sent);
            if (piece == 0) {
                Frame news = next();
                allowed += news.header().path("params").path("bytes").asLong(0);
                collect(news, back);
                continue;
            }
            byte[] bytes = java.util.Arrays.copyOfRange(whole, sent, sent + piece);
            sent += piece;
            tell("input", object().put("request", id).put("end", sent == whole.length), bytes);
        }
        List<Frame> news = new ArrayList<>();
        Frame answer = answer(id, news);
        news.forEach(frame -> collect(frame, back));
        back.writeBytes(answer.payload());
        assertThat(back.toByteArray()).isEqualTo(whole);
    }

    private static void collect(Frame frame, ByteArrayOutputStream back) {
        if (frame.header().path("method").asText().equals("output")) {
            back.writeBytes(frame.payload());
        }
    }

    @Test
    void manyRequestsAtOnceAreAnsweredAsTheyEnd() throws Exception {
        hello();
        long slow = send("exec", exec("sleep", "1"), Frame.NOTHING);
        long quick = send("exec", exec("echo", "quick"), Frame.NOTHING);
        assertThat(next().header().path("id").asLong()).isEqualTo(quick);
        assertThat(next().header().path("id").asLong()).isEqualTo(slow);
    }

    @Test
    void aCancelledCommandIsEndedInTheGuest() throws Exception {
        hello();
        Path mark = temp.resolve("mark");
        long id = send("exec", exec("sh", "-c", "echo $$ >" + mark + "; exec sleep 60"), Frame.NOTHING);
        while (!Files.exists(mark) || Files.size(mark) == 0) {
            Thread.sleep(20);
        }
        tell("cancel", object().put("request", id), Frame.NOTHING);
        assertThat(answer(id, new ArrayList<>())
                        .header()
                        .path("error")
                        .path("data")
                        .path("kind")
                        .asText())
                .isEqualTo("cancelled");
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(mark).strip()))
                        .map(ProcessHandle::isAlive)
                        .orElse(false))
                .isFalse();
    }

    @Test
    void filesAndTheirFailures() throws Exception {
        hello();
        String path = temp.resolve("new/file").toString();
        ObjectNode file = object().put("sandbox", "s").put("machine", "default").put("path", path);
        assertThat(answer(
                                send("write_file", file.deepCopy().put("input", "inline"), "hi".getBytes()),
                                new ArrayList<>())
                        .header()
                        .has("result"))
                .isTrue();
        assertThat(answer(send("read_file", file.deepCopy().put("limit", 10), Frame.NOTHING), new ArrayList<>())
                        .payload())
                .isEqualTo("hi".getBytes());
        JsonNode error = ask(
                        "read_file",
                        file.deepCopy().put("path", "/no\udcffthing").put("limit", 10))
                .path("error");
        assertThat(error.path("data").path("kind").asText()).isEqualTo("file");
        assertThat(error.path("data").path("errno").asText()).isEqualTo("ENOENT");
        assertThat(error.path("message").asText()).contains("/no\udcffthing");
    }

    @Test
    void whatIsNoFrameIsSaidAndEndsEverything() throws Exception {
        hello();
        long waiting = send("exec", exec("sleep", "60"), Frame.NOTHING);
        byte[] endless = "a line without an end ".repeat(10_000).getBytes();
        requests.write(endless, 0, 64 * 1024);
        requests.flush();
        Frame said = next();
        while (!said.header().path("id").isNull()) {
            said = next();
        }
        assertThat(said.header().path("error").path("message").asText()).contains("longer than any may be");
        assertThat(answer(waiting, new ArrayList<>())
                        .header()
                        .path("error")
                        .path("data")
                        .path("kind")
                        .asText())
                .isEqualTo("cancelled");
        assertThat(bridge.join(java.time.Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void startsTellsListsAndDestroys() throws Exception {
        hello();
        List<Frame> news = new ArrayList<>();
        ObjectNode origin =
                object().put("task", "ctf").put("sample", "a/b").put("epoch", 2).put("attempt", 3);
        ObjectNode params =
                object().put("vagrantfile", world.vagrantfile("single").toString());
        params.set("origin", origin);
        JsonNode result =
                answer(send("start", params, Frame.NOTHING), news).header().path("result");
        String sandbox = result.path("sandbox").asText();
        assertThat(news.getFirst().header().path("method").asText()).isEqualTo("created");
        assertThat(news.getFirst().header().path("params").path("sandbox").asText())
                .isEqualTo(sandbox);
        assertThat(news)
                .anyMatch(frame -> frame.header().path("method").asText().equals("progress"));
        assertThat(result.path("machines").get(0).path("primary").asBoolean()).isTrue();
        var manifest = world.corral()
                .inventory()
                .refresh()
                .sandbox(sandbox)
                .orElseThrow()
                .manifest()
                .orElseThrow();
        assertThat(manifest.origin().sample()).isEqualTo("a/b");
        assertThat(manifest.origin().attempt()).isEqualTo(3);
        assertThat(manifest.owner().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(manifest.pin()).isEmpty();
        assertThat(ask("sandboxes", object())
                        .path("result")
                        .path("sandboxes")
                        .get(0)
                        .path("sandbox")
                        .asText())
                .isEqualTo(sandbox);
        ask("pin", object().put("sandbox", sandbox).put("pinned", true));
        assertThat(world.corral()
                        .inventory()
                        .refresh()
                        .sandbox(sandbox)
                        .orElseThrow()
                        .manifest()
                        .orElseThrow()
                        .pin())
                .isPresent();
        assertThat(ask("destroy", object().put("sandbox", sandbox))
                        .path("result")
                        .path("destroyed")
                        .asBoolean())
                .isTrue();
        assertThat(ask("destroy", object().put("sandbox", sandbox))
                        .path("result")
                        .path("destroyed")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void theEndOfTheInputUndoesAStartAndTheNextInTheQueue() throws Exception {
        hello();
        ObjectNode params =
                object().put("vagrantfile", world.vagrantfile("slow").toString());
        send("start", params, Frame.NOTHING);
        while (!next().header().path("params").path("phase").asText().equals("load Vagrantfile")) {
            // The first has the slot once Vagrant runs.
        }
        send("start", params, Frame.NOTHING);
        Frame queued = next();
        while (!queued.header().path("method").asText().equals("queued")) {
            queued = next();
        }
        assertThat(queued.header().path("params").path("position").asText()).isEqualTo("next");
        requests.close();
        assertThat(bridge.join(java.time.Duration.ofSeconds(90))).isTrue();
        assertThat(world.corral().inventory().refresh().sandboxes()).isEmpty();
    }
}
