package dev.corral.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.app.Corral;
import dev.corral.core.base.Json;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.ssh.SshClients;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one Inspect process: framed JSON-RPC, many requests at once, until the input ends. What is under way then is
 * cancelled and waited for. The protocol is in the decision "One bridge process per Inspect process".
 */
public final class Bridge {
    /** The version of the protocol. */
    public static final int PROTOCOL = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final Corral corral;
    private final String version;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final SandboxMethods sandboxes;
    private final Map<String, Method> methods;
    private final Map<Long, Call> calls = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean greeted;

    private record HelloParams(int protocol, String client, long pid) {}

    private record HelloAnswer(int protocol, String version, long pid, String cache, int window) {}

    /**
     * @param version this program's version
     * @param rows    a sandbox as lists of the command line show it
     * @param in      requests come from here
     * @param out     answers go here; nothing else may write to it
     */
    public Bridge(Corral corral, String version, Function<SandboxView, Object> rows, InputStream in, OutputStream out) {
        this.corral = corral;
        this.version = version;
        reader = new FrameReader(in);
        writer = new FrameWriter(out);
        sandboxes = new SandboxMethods(corral, rows);
        GuestMethods guests = new GuestMethods(corral);
        methods = Map.of(
                "start",
                sandboxes::start,
                "destroy",
                sandboxes::destroy,
                "pin",
                sandboxes::pin,
                "sandboxes",
                sandboxes::sandboxes,
                "cleanup",
                sandboxes::cleanup,
                "exec",
                guests::exec,
                "write_file",
                guests::writeFile,
                "read_file",
                guests::readFile);
    }

    /** Serves until the input ends, breaks or the owner is gone, and all that was under way has come to its end. */
    public void serve() throws InterruptedException {
        Thread.ofPlatform().daemon().name("bridge-input").start(this::read);
        over.await();
        calls.values().forEach(Call::cancel);
        while (!calls.isEmpty()) {
            Thread.sleep(20);
        }
    }

    private void read() {
        try {
            Optional<Frame> frame = reader.read();
            while (frame.isPresent() && over.getCount() > 0) {
                take(frame.get());
                frame = reader.read();
            }
        } catch (Throwable e) {
            // What follows can't be understood any more. Memory may have run out, too: then as well the other end must
            // not wait.
            LOG.warn("the input broke off", e);
            refuse(e);
        } finally {
            over.countDown();
        }
    }

    private void refuse(Throwable cause) {
        try {
            answer(
                    JsonNodeFactory.instance.nullNode(),
                    FailureReport.error(
                            FailureReport.INVALID_REQUEST,
                            "The bridge can't understand what it is asked, and ends: " + cause.getMessage() + ".",
                            "usage",
                            "",
                            ""));
        } catch (IOException e) {
            LOG.info("nobody reads why the bridge ends", e);
        }
    }

    private void take(Frame frame) throws IOException {
        JsonNode params = frame.header().path("params");
        String method = frame.header().path("method").asText("");
        JsonNode id = frame.header().get("id");
        if (id == null) {
            Call about = calls.get(params.path("request").asLong(-1));
            if (about != null && method.equals("input")) {
                about.offer(frame.payload(), params.path("end").asBoolean(false));
            } else if (about != null && method.equals("cancel")) {
                about.cancel();
            }
            return;
        }
        if (!id.isIntegralNumber()) {
            answer(
                    id,
                    FailureReport.error(FailureReport.INVALID_REQUEST, "A request's id is a number.", "usage", "", ""));
        } else if (method.equals("hello")) {
            hello(id, params);
        } else if (!greeted || !methods.containsKey(method)) {
            answer(
                    id,
                    FailureReport.error(
                            FailureReport.NO_SUCH_METHOD,
                            greeted ? "There is no method " + method + "." : "The first request is hello.",
                            "usage",
                            "",
                            ""));
        } else {
            Call call = new Call(id.asLong(), params, frame.payload(), writer);
            calls.put(call.id(), call);
            Thread.ofVirtual().name(method + "-" + call.id()).start(() -> serve(call, methods.get(method)));
        }
    }

    private void hello(JsonNode id, JsonNode params) throws IOException {
        HelloParams hello = Json.mapper().treeToValue(params, HelloParams.class);
        if (hello.protocol != PROTOCOL) {
            answer(
                    id,
                    FailureReport.error(
                            FailureReport.INVALID_REQUEST,
                            "This Corral (" + version + ") speaks version " + PROTOCOL
                                    + " of the bridge's protocol, and " + hello.client + " speaks version "
                                    + hello.protocol + ".",
                            "usage",
                            "Install the plugin and Corral from the same release.",
                            ""));
            over.countDown();
            return;
        }
        try {
            sandboxes.owner(Owners.process(hello.pid, Owner.Kind.INSPECT));
        } catch (IllegalArgumentException e) {
            answer(
                    id,
                    FailureReport.error(
                            FailureReport.INVALID_PARAMETERS,
                            "No process has pid " + hello.pid + ".",
                            "usage",
                            "",
                            e.toString()));
            return;
        }
        // A child of its own may hold our input open after it was killed.
        ProcessHandle.of(hello.pid)
                .filter(process -> !process.equals(ProcessHandle.current()))
                .ifPresent(process -> {
                    var _ = process.onExit().thenRun(over::countDown);
                });
        greeted = true;
        SshClients.warmUp();
        HelloAnswer answer = new HelloAnswer(
                PROTOCOL,
                version,
                ProcessHandle.current().pid(),
                CacheDirectory.of(corral.environment()).toString(),
                StreamedInput.WINDOW);
        answer(id, Reply.of(answer));
    }

    private void serve(Call call, Method method) {
        JsonNode id = JsonNodeFactory.instance.numberNode(call.id());
        try {
            call.servedBy(Thread.currentThread());
            Reply reply = method.serve(call);
            Thread.interrupted();
            answer(id, reply);
        } catch (Throwable failure) {
            // Whatever it is, only the other end can show it to somebody.
            Thread.interrupted();
            try {
                answer(id, FailureReport.of(failure));
            } catch (Throwable e) {
                e.addSuppressed(failure);
                LOG.warn("a request could not be answered, so the bridge ends", e);
                // Who waits for the answer learns of the end.
                over.countDown();
            }
        } finally {
            calls.remove(call.id());
            call.over();
        }
    }

    private void answer(JsonNode id, Reply reply) throws IOException {
        ObjectNode header = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        header.set("id", id);
        header.set("result", Json.mapper().valueToTree(reply.result()));
        writer.write(new Frame(header, reply.payload()));
    }

    private void answer(JsonNode id, ObjectNode error) throws IOException {
        ObjectNode header = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        header.set("id", id);
        header.set("error", error);
        writer.write(new Frame(header, Frame.NOTHING));
    }
}
