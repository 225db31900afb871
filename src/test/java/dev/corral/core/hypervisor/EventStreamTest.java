package dev.corral.core.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import dev.corral.core.base.Subscription;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that tell events, when they tell, end, hang after their daemon went away, or never work. */
@Tag("unit")
@Timeout(60)
class EventStreamTest {
    @TempDir
    Path temp;

    private final Semaphore changes = new Semaphore(0);

    @Test
    void tellsEachLineAndEndsWithTheSubscription() throws Exception {
        virsh("echo $$ >> '" + temp + "/pids'; echo 'qemu:///system'; exec sleep 1000");
        try (Subscription watch = watch()) {
            assertThat(changes.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            // One for machines, one for networks.
            StubWorld.until(() -> runs().size() == 2);
            assertThat(watch).isNotNull();
        }
        for (String pid : runs()) {
            Path process = Path.of("/proc", pid);
            StubWorld.until(() -> !Files.exists(process) || life(pid) == ProcessIdentity.Life.ENDED);
        }
    }

    @Test
    void startsAgainWhenTheDaemonWentAway() throws Exception {
        virsh("echo $$ >> '" + temp
                + "/pids'; echo 'qemu:///system'; sleep 1; echo 'error: Disconnected from qemu:///system due to end of file'; "
                + "exec sleep 1000");
        try (Subscription watch = watch()) {
            StubWorld.until(() -> runs().size() >= 4);
            assertThat(changes.tryAcquire(2, 20, TimeUnit.SECONDS))
                    .as("it is told, for what happened meanwhile was not")
                    .isTrue();
            assertThat(life(runs().getFirst()))
                    .as("the one that hangs is ended")
                    .isEqualTo(ProcessIdentity.Life.ENDED);
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void triesLessAndLessWhenNobodyAnswers() throws Exception {
        virsh("date +%s%3N >> '" + temp + "/pids'; echo 'error: failed to connect to the hypervisor' >&2; exit 1");
        try (Subscription watch = watch()) {
            StubWorld.until(() -> runs().size() >= 8);
            List<Long> tries = runs().stream().map(Long::valueOf).sorted().toList();
            // Every second would be three in all. A busy machine makes it longer, never shorter.
            assertThat(tries.get(7) - tries.getFirst())
                    .as("two streams, after 0, 1, 3 and 7 s")
                    .isGreaterThan(5_000);
            assertThat(changes.availablePermits()).as("no news").isZero();
            assertThat(watch).isNotNull();
        }
    }

    private Subscription watch() throws IOException {
        Map<String, String> variables = Map.of("PATH", temp + ":/usr/bin:/bin", "HOME", temp.toString());
        Environment environment = new Environment(variables);
        return new Hypervisors(environment, HypervisorTools.of(environment), temp).watch(changes::release);
    }

    private List<String> runs() {
        try {
            return Files.readAllLines(temp.resolve("pids"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static ProcessIdentity.Life life(String pid) {
        try {
            return ProcessIdentity.of(Long.parseLong(pid)).life();
        } catch (IllegalArgumentException e) {
            return ProcessIdentity.Life.ENDED;
        }
    }

    private void virsh(String script) throws IOException {
        Path file = Files.createFile(
                temp.resolve("virsh"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    }
}
