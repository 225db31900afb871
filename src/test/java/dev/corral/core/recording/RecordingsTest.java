package dev.corral.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which terminals are recorded, and where. */
@Tag("unit")
class RecordingsTest {
    @TempDir
    private Path folder;

    private SandboxFiles sandbox;

    @BeforeEach
    void aSandbox() throws IOException {
        sandbox = new SandboxStore(folder.resolve("cache")).create("web-1");
        Files.writeString(sandbox.directory().resolve("Vagrantfile"), "");
    }

    private Recordings recordings(String... variable) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "HOME",
                folder.toString(),
                "XDG_STATE_HOME",
                folder.resolve("state").toString(),
                "INSPECT_SANDBOX_CACHE_DIR",
                folder.resolve("cache").toString()));
        for (String value : variable) {
            variables.put(Recordings.VARIABLE, value);
        }
        return new Recordings(new Environment(variables));
    }

    private Recordings.Terminal terminal() {
        return new Recordings.Terminal(sandbox.id(), "../vic tim", "shell", 80, 24);
    }

    @Test
    void nothingIsRecordedUnlessSomebodySaidSo() throws IOException {
        assertThat(recordings().begin(terminal(), Recordings.Wish.NOTHING)).isEmpty();
        assertThat(recordings("no").begin(terminal(), Recordings.Wish.NOTHING)).isEmpty();
        assertThat(recordings().folder()).doesNotExist();
        assertThat(recordings().list()).isEmpty();
    }

    @Test
    void whoAsksGetsTheOutputOnly() throws IOException {
        Recordings recordings = recordings();
        ByteArrayOutputStream guest = new ByteArrayOutputStream();
        try (Recorded recorded =
                recordings.begin(terminal(), Recordings.Wish.OUTPUT).orElseThrow()) {
            recorded.output(new ByteArrayInputStream("shown".getBytes(StandardCharsets.UTF_8)))
                    .readAllBytes();
            recorded.input(guest).write("secret".getBytes(StandardCharsets.UTF_8));
            assertThat(recorded.sentence()).contains(recorded.file().toString()).doesNotContain("typed");
        }
        assertThat(guest.toString(StandardCharsets.UTF_8)).isEqualTo("secret");
        RecordingFile kept = recordings.list().getFirst();
        assertThat(kept.file()).hasParent(recordings.folder().resolve(sandbox.id()));
        assertThat(kept.file().getFileName().toString()).contains(".._vic_tim").endsWith(".cast");
        assertThat(kept.header().about().sandbox()).isEqualTo(sandbox.id());
        assertThat(Files.readString(kept.file())).contains("shown").doesNotContain("secret");
        assertThat(recordings.find(sandbox.id().substring(sandbox.id().length() - 4)))
                .isEqualTo(kept.file());
        assertThat(recordings.find(kept.file().getFileName().toString())).isEqualTo(kept.file());
        assertThat(recordings.find(kept.file().toString())).isEqualTo(kept.file());
        assertThatThrownBy(() -> recordings.find("nothing")).isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void theVariableSaysItForAll() throws IOException {
        try (Recorded recorded =
                recordings("input").begin(terminal(), Recordings.Wish.NOTHING).orElseThrow()) {
            recorded.input(new ByteArrayOutputStream()).write('k');
            assertThat(recorded.typed()).isTrue();
            assertThat(recorded.sentence()).contains("typed");
        }
        assertThat(Files.readString(recordings().list().getFirst().file())).contains("\"i\", \"k\"");
        assertThatThrownBy(() -> recordings("perhaps").begin(terminal(), Recordings.Wish.NOTHING))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining(Recordings.VARIABLE);
    }

    @Test
    void terminalsOfASessionGoToTheNewestOne() throws IOException {
        Path sessions = folder.resolve("state/corral/solve");
        for (String name : List.of("other-1", "mine-2")) {
            Files.createDirectories(sessions.resolve(name));
        }
        Files.writeString(sessions.resolve("other-1/sandboxes"), "another\n");
        Files.writeString(sessions.resolve("mine-2/sandboxes"), "another\n" + sandbox.id() + "\n");
        try (Recorded recorded =
                recordings("no").begin(terminal(), Recordings.Wish.NOTHING).orElseThrow()) {
            assertThat(recorded.file()).hasParent(sessions.resolve("mine-2/recordings"));
            assertThat(recorded.typed()).isFalse();
        }
        assertThat(Recordings.in(sessions.resolve("mine-2/recordings"))).hasSize(1);
        assertThat(recordings().list()).as("they lie with the session").isEmpty();
    }

    @Test
    void whatIsNoRecordingHidesNoOther() throws IOException {
        Recordings recordings = recordings();
        recordings.begin(terminal(), Recordings.Wish.OUTPUT).orElseThrow().close();
        Path beside = recordings.folder().resolve(sandbox.id());
        Files.writeString(beside.resolve("a.cast"), "rubbish");
        Files.createSymbolicLink(beside.resolve("b.cast"), Path.of("/dev/zero"));
        assertThat(recordings.list()).hasSize(1);
    }
}
