package dev.corral.core.vagrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who keeps other Vagrants away from a machine. */
@Tag("unit")
@Tag("any_user")
class LockHolderTest {
    @TempDir
    Path temp;

    @Test
    void itsProcessIsToldForAsLongAsItHoldsTheLock() throws Exception {
        Path project = Files.createDirectories(temp.toRealPath().resolve("project"));
        Path home = temp.toRealPath().resolve("home");
        String name = HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5")
                        .digest((project.toString() + project.resolve(".vagrant") + "web")
                                .getBytes(StandardCharsets.UTF_8)));
        Path lock = Files.createDirectories(home.resolve("data")).resolve("lock.machine-action-" + name + ".lock");
        assertThat(LockHolder.of(project, List.of(home), List.of("web"))).isEmpty();
        Process holder = new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo held; cat").start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            Optional<LockHolder> found = LockHolder.of(project, List.of(home), List.of("db", "web"));
            assertThat(found).isPresent();
            assertThat(found.get().pid()).isEqualTo(holder.pid());
            assertThat(found.get().startedAt().orElseThrow())
                    .isBefore(Instant.now().plusSeconds(2));
            assertThat(found.get().words())
                    .matches("process " + holder.pid() + " \\(flock .*\\), since \\d\\d:\\d\\d:\\d\\d");
            assertThat(LockHolder.of(project, List.of(home), List.of("db"))).isEmpty();
        } finally {
            holder.outputWriter().close();
            holder.waitFor();
        }
        assertThat(LockHolder.of(project, List.of(home), List.of("web"))).isEmpty();
    }
}
