package dev.corral.core.hypervisor.console;

import dev.corral.core.base.Environment;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a serial console and never writes to it. Ends when it is closed, when the machine does, and when this process does. */
public final class ConsoleWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleWatch.class);
    private static final int COPY_SIZE = 8 * 1024;
    /**
     * virsh wants a terminal, which script(1) gives it. Nobody ever types into that: its input has no end, for at an end it would say so
     * to the guest. What holds the input open ends with script, which would be waited for without an end otherwise. The group goes as a
     * whole, whoever ends it.
     */
    private static final String IN_A_TERMINAL = """
            trap 'kill -s KILL 0' TERM
            sh -c 'echo "$$"; exec sleep 2000000' | { read -r idle; script -q -f -c "$0" /dev/null; kill "$idle"; } &
            wait
            """;

    private interface Source {
        boolean open();

        void close() throws IOException;
    }

    private final Source source;

    private ConsoleWatch(Source source) {
        this.source = source;
    }

    /**
     * Begins to read.
     *
     * @param environment this process's variables
     * @param text        gets what is printed, on another thread
     * @throws IOException if it can't be opened
     */
    public static ConsoleWatch open(SerialConsole console, Environment environment, ConsoleText text)
            throws IOException {
        return new ConsoleWatch(
                switch (console) {
                    case SerialConsole.Program program -> program(program, environment, text);
                    case SerialConsole.Socket socket -> socket(socket, text);
                });
    }

    private static Source program(SerialConsole.Program program, Environment environment, ConsoleText text)
            throws IOException {
        List<String> quoted = new ArrayList<>();
        program.command().forEach(word -> quoted.add("'" + word.replace("'", "'\\''") + "'"));
        RunningProcess process = Processes.startTied(
                List.of("/bin/sh", "-c", IN_A_TERMINAL, String.join(" ", quoted)),
                environment.variables(),
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        text.add(bytes, offset, length);
                    }
                });
        return new Source() {
            @Override
            public boolean open() {
                return process.alive();
            }

            @Override
            public void close() throws IOException {
                process.kill();
            }
        };
    }

    private static Source socket(SerialConsole.Socket socket, ConsoleText text) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket.path()));
        Thread.ofVirtual().name("console-watch").start(() -> {
            byte[] buffer = new byte[COPY_SIZE];
            try (channel) {
                InputStream from = Channels.newInputStream(channel);
                for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                    text.add(buffer, 0, count);
                }
            } catch (IOException e) {
                LOG.debug("a serial console is closed", e);
            }
        });
        return new Source() {
            @Override
            public boolean open() {
                return channel.isOpen();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /** Whether it still reads. */
    public boolean open() {
        return source.open();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
