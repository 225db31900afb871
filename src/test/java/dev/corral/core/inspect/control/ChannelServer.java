package dev.corral.core.inspect.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers on a socket file as a run of Inspect would. */
public final class ChannelServer implements AutoCloseable {
    private final ServerSocketChannel server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** @param answer gets the request's line and gives the whole answer, head included; null leaves it unanswered */
    public ChannelServer(Path socket, Function<String, String> answer) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> {
            while (server.isOpen()) {
                try {
                    SocketChannel channel = server.accept();
                    Thread.ofVirtual().start(() -> serve(channel, answer));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    /** An answer with this JSON. */
    public static String json(String body) {
        return "HTTP/1.1 200 OK\r\ncontent-length: " + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\ncontent-type: application/json\r\n\r\n" + body;
    }

    /** What was asked. */
    public List<String> asked() {
        return asked;
    }

    private void serve(SocketChannel channel, Function<String, String> answer) {
        try (channel) {
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            channel.read(buffer);
            String line = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            asked.add(line);
            String said = answer.apply(line);
            if (said == null) {
                channel.read(ByteBuffer.allocate(1));
                return;
            }
            channel.write(ByteBuffer.wrap(said.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
