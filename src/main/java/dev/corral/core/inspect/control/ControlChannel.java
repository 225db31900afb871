package dev.corral.core.inspect.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.process.ProcessIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One run's control channel: HTTP over a socket file, a connection for each request. What it answers is untrusted and bounded. Thread-safe;
 * its methods block.
 */
public final class ControlChannel {
    private static final long LARGEST_NOTE = 64 * 1024;
    private static final int LARGEST_ANSWER = 32 << 20;
    private static final int LARGEST_HEAD = 64 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final Path socket;
    private final Duration patience;

    /**
     * @param socket   the socket file
     * @param patience how long an answer may take: it is one loop with the run itself, which may be busy for seconds
     */
    public ControlChannel(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param body   its JSON; a missing node if it has none
     */
    public record Answer(int status, JsonNode body) {
        /** Whether it is what was asked for. */
        public boolean ok() {
            return status / 100 == 2;
        }
    }

    /**
     * The channel of a process, by the note that it leaves; empty if it has none. That there is a note does not mean that anybody answers.
     */
    public static Optional<ControlChannel> of(Environment environment, ProcessIdentity process, Duration patience) {
        Path notes = environment.userData().resolve("inspect_ai/control");
        try {
            JsonNode note =
                    Json.mapper().readTree(OrdinaryFile.read(notes.resolve(process.pid() + ".json"), LARGEST_NOTE));
            String path = note.path("socket_path").asText("");
            return note.path("pid").asLong() == process.pid() && !path.isEmpty()
                    ? Optional.of(new ControlChannel(Path.of(path), patience))
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            // None was started, it ended in order, or somebody else's file lies there.
            return Optional.empty();
        }
    }

    /**
     * Asks for something.
     *
     * @param target path and query, encoded
     * @throws IOException if nobody answers in time, or not in HTTP and JSON
     */
    public Answer get(String target) throws IOException {
        return ask("GET", target);
    }

    /**
     * Has something done.
     *
     * @param target path and query, encoded
     * @throws IOException if nobody answers in time, or not in HTTP and JSON
     */
    public Answer post(String target) throws IOException {
        return ask("POST", target);
    }

    private Answer ask(String method, String target) throws IOException {
        byte[] request = (method + " " + target + " HTTP/1.1\r\nHost: inspect\r\nAccept: application/json\r\n"
                        + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        long until = System.nanoTime() + patience.toNanos();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer out = ByteBuffer.wrap(request);
            while (out.hasRemaining()) {
                await(selector, until);
                channel.write(out);
            }
            key.interestOps(SelectionKey.OP_READ);
            return HttpAnswer.parse(read(channel, selector, until));
        }
    }

    private static byte[] read(SocketChannel channel, Selector selector, long until) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (true) {
            await(selector, until);
            int count = channel.read(buffer);
            if (count < 0) {
                return all.toByteArray();
            }
            all.write(buffer.array(), 0, count);
            buffer.clear();
            if (all.size() > LARGEST_ANSWER + LARGEST_HEAD) {
                throw new IOException("the control channel's answer is too long");
            }
        }
    }

    private static void await(Selector selector, long until) throws IOException {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new IOException("the control channel does not answer in time");
        }
        selector.select(left);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted while the control channel is asked");
        }
    }
}
