package dev.corral.core.inspect.view;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.LastOnes;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.inspect.tasks.PythonLocator;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows logs in {@code inspect view}: one for each folder of logs, on this computer's own address, which ends with this process at the
 * latest. Thread-safe; its methods block.
 */
public final class LogViewer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogViewer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int KEPT_LINES = 40;
    private static final int LONGEST_LINE = 500;

    private final Environment environment;
    private final Map<Path, Server> servers = new HashMap<>();
    private boolean closed;

    private record Server(RunningProcess process, int port, Path data, LastOnes<String> said) {}

    /** With the Inspect that these variables lead to. */
    public LogViewer(Environment environment) {
        this.environment = environment;
    }

    /**
     * The address at which a sample of a log is shown; starts the viewer of the log's folder if there is none.
     *
     * @param log    the log's file
     * @param sample the sample's id
     * @param epoch  the epoch, from 1
     * @throws ExpectedFailure      if the log is not there, there is no Inspect, or its viewer does not come up
     * @throws InterruptedException if the calling thread is interrupted
     */
    public synchronized URI at(Path log, String sample, int epoch) throws InterruptedException {
        Path file = log.toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null || !Files.isRegularFile(file)) {
            throw ExpectedFailure.notFound(
                    "The log " + PlainText.line(log.toString(), 300) + " is not there.",
                    "If it was moved, open it where it is: inspect view --log-dir FOLDER.");
        }
        if (closed) {
            throw ExpectedFailure.failed("This window is being closed.", "Open it again.");
        }
        Server server = servers.get(folder);
        if (server == null || !server.process.alive()) {
            if (server != null) {
                end(server);
            }
            server = start(folder);
            servers.put(folder, server);
        }
        return LogAddress.of(server.port, file.getFileName().toString(), sample, epoch);
    }

    private Server start(Path folder) throws InterruptedException {
        Path python = new PythonLocator(environment).locate();
        LastOnes<String> said = new LastOnes<>(KEPT_LINES);
        Server server;
        try {
            int port = freePort();
            Path data = Files.createTempDirectory("corral-view");
            Map<String, String> variables = new HashMap<>(environment.variables());
            // There a viewer notes its process by its port, and ends whichever process an older note of that port
            // names.
            variables.put("XDG_DATA_HOME", data.toString());
            variables.put("PYTHONUNBUFFERED", "1");
            RunningProcess process = Processes.startTied(
                    List.of(
                            python.toString(),
                            "-m",
                            "inspect_ai",
                            "view",
                            "start",
                            "--log-dir",
                            folder.toString(),
                            "--host",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(port)),
                    variables,
                    new Lines(said));
            server = new Server(process, port, data, said);
        } catch (IOException e) {
            throw ExpectedFailure.failed("Inspect's viewer could not be started.", "Try: inspect view.", e);
        }
        await(server);
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(Server server) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(server.port)) {
            boolean over = System.nanoTime() - end > 0;
            if (over || !server.process.alive()) {
                end(server);
                throw ExpectedFailure.failed(
                                over
                                        ? "Inspect's viewer does not answer after " + PATIENCE.toSeconds() + " s."
                                        : "Inspect's viewer ended at once.",
                                "The details show what it said. The log itself is not touched.")
                        .withDetails(String.join("\n", server.said.all()));
            }
            Thread.sleep(STEP);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) STEP.toMillis());
            return true;
        } catch (IOException e) {
            LOG.trace("nobody listens at {} yet", port, e);
            return false;
        }
    }

    private static void end(Server server) {
        try {
            server.process.kill();
            SafeFiles.deleteTree(server.data);
        } catch (IOException e) {
            LOG.warn("a viewer's end", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        servers.values().forEach(LogViewer::end);
        servers.clear();
    }

    /** Keeps the last lines that are written to it. */
    private static final class Lines extends OutputStream {
        private final LastOnes<String> said;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(LastOnes<String> said) {
            this.said = said;
        }

        @Override
        public void write(int b) {
            if (b == '\n') {
                said.add(PlainText.line(line.toString(StandardCharsets.UTF_8), LONGEST_LINE));
                line.reset();
            } else if (line.size() < LONGEST_LINE) {
                line.write(b);
            }
        }
    }
}
