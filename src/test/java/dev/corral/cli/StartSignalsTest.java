package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import dev.corral.core.operation.StubWorld;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start whose process is asked to end leaves nothing behind, whoever asks. Stub provider. */
@Tag("unit")
@Timeout(180)
class StartSignalsTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void aStartIsUndone(String signal) throws Exception {
        try (StubWorld stub = new StubWorld(temp)) {
            CorralProcess start = CorralProcess.start(
                    new HashMap<>(stub.environment().variables()),
                    new byte[0],
                    "start",
                    "--vagrantfile",
                    stub.vagrantfile("slow").toString());
            StubWorld.until(() -> !stub.machines().isEmpty());
            start.signal(signal);
            start.signal(signal);
            Ended ended = start.await();
            assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(ended.err()).contains("Cancelling; what was made so far is destroyed.");
            assertThat(stub.machines()).isEmpty();
            assertThat(stub.directories()).isEmpty();
        }
    }
}
