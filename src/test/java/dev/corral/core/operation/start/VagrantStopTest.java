package dev.corral.core.operation.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
@Timeout(60)
class VagrantStopTest {
    @TempDir
    private Path folder;

    private VagrantRun run;

    private void start(String onInterrupt) throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path begun = folder.resolve("begun");
        Path program = Files.writeString(
                bin.resolve("vagrant"),
                "#!/bin/sh\ntrap '" + onInterrupt + "' INT\ntouch '" + begun + "'\nwhile true; do sleep 0.1; done\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Vagrant vagrant =
                new Vagrant(new Environment(Map.of("PATH", bin + ":/usr/bin:/bin", "HOME", folder.toString())));
        run = vagrant.start(folder, List.of("provision"), Map.of(), folder.resolve("log"));
        StubWorld.until(() -> Files.exists(begun));
    }

    @AfterEach
    void end() throws IOException {
        run.kill();
    }

    @Test
    void whatDoesNotHeedItIsEndedAfterAWhile() throws Exception {
        start("");
        VagrantStop stop = new VagrantStop("box", Duration.ofMillis(500));
        stop.begun(run);
        assertThat(run.alive()).isTrue();
        stop.ask();
        StubWorld.until(() -> !run.alive());
        assertThat(stop.killed()).isTrue();
    }

    @Test
    void whatHeedsItHasItsTime() throws Exception {
        start("exit 1");
        VagrantStop stop = new VagrantStop("box", Duration.ofMinutes(1));
        stop.begun(run);
        stop.ask();
        StubWorld.until(() -> !run.alive());
        assertThat(stop.killed()).isFalse();
    }

    @Test
    void oneThatIsToStopBeforeItBeginsIsStoppedThen() throws Exception {
        VagrantStop stop = new VagrantStop("box", Duration.ofMillis(500));
        stop.ask();
        start("");
        stop.begun(run);
        stop.endNow();
        assertThat(run.alive()).isFalse();
        assertThat(stop.asked()).isTrue();
    }
}
