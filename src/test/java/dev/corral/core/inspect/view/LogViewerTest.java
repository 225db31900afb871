package dev.corral.core.inspect.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.StubWorld;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Inspect shows a real log. */
@Tag("inspect_eval")
class LogViewerTest {
    private static final Path LOGS = Path.of("src/test/resources/inspect-logs");
    private static final String BY_HAND = "2026-11-27T09-28-40-00-00_by-hand_3WWh5PtVW4gZ56yWseYYfw.eval";

    @TempDir
    private Path folder;

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theLogIsServedUntilItIsClosed() throws Exception {
        Path log = Files.copy(LOGS.resolve(BY_HAND), folder.resolve(BY_HAND));
        URI address;
        try (LogViewer viewer = new LogViewer(Environment.system())) {
            address = viewer.at(log, "one", 1);
            assertThat(address.toString()).contains(BY_HAND).endsWith("/samples/sample/one/1/");
            assertThat(viewer.at(log, "two", 1).getPort())
                    .as("one viewer for a folder")
                    .isEqualTo(address.getPort());
            String page = new String(
                    URI.create("http://127.0.0.1:" + address.getPort() + "/")
                            .toURL()
                            .openStream()
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            assertThat(page).contains("Inspect");
            assertThatThrownBy(() -> viewer.at(folder.resolve("none.eval"), "one", 1))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("is not there");
        }
        StubWorld.until(() -> !listens(address.getPort()));
    }
}
