package dev.corral.core.operation.failed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which script is brought back into a machine: the one that was copied, whatever a guest has put in its place. */
@Tag("unit")
class FailureShellTest {
    private static final String SCRIPT = "#!/bin/sh\r\nmake\r\n";

    @TempDir
    Path folder;

    private SandboxFiles files;
    private Path script;

    @BeforeEach
    void sandbox() throws Exception {
        files = new SandboxFiles(
                Files.createDirectories(folder.resolve("debug-1")),
                Files.createDirectories(folder.resolve(".corral/sandboxes/debug-1")));
        script = Files.writeString(files.directory().resolve("app.sh"), SCRIPT);
        noted("app.sh", SCRIPT);
    }

    private void noted(String place, String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        new CopiedFiles(Map.of(place, new CopiedFiles.Copied(bytes.length, hash, null))).write(files.copied());
    }

    private FailureShell shell(SandboxFiles of) {
        return new FailureShell(
                of,
                new FailedStep(
                        "web",
                        new Phase.Provisioner("app", "shell", 2),
                        Story.resolution().machine("web").map(machine -> machine.provisioners()
                                .get(1))));
    }

    @Test
    void theScriptThatWasCopiedIsTaken() {
        assertThat(shell(files).script()).contains("#!/bin/sh\nmake\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLinkToASecretIsNotFollowed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "key");
        Files.delete(script);
        Files.createSymbolicLink(script, secret);
        assertThat(shell(files).script()).isEmpty();
    }

    @Test
    void whatIsNotNotedIsNotTaken() throws Exception {
        noted("other.sh", SCRIPT);
        assertThat(shell(files).script()).isEmpty();
        Files.delete(files.copied());
        assertThat(shell(files).script()).isEmpty();
    }

    @Test
    void notesThatAGuestMayHaveWrittenCountForNothing() throws Exception {
        Files.copy(files.copied(), files.directory().resolve("copied.json"));
        assertThat(shell(SandboxFiles.inOne(files.directory())).script()).isEmpty();
    }
}
