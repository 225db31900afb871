package dev.corral.core.operation.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.FileGuard;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.console.ConsoleTurn;
import dev.corral.core.hypervisor.console.SerialConsole;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consoles of machines that boot, with programs in the place of hypervisors. */
@Tag("unit")
class BootWatchTest {
    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private SandboxFiles files;
    private BootFiles kept;

    @BeforeEach
    void machine() throws IOException {
        files = SandboxFiles.inOne(folder.resolve("debug-1"));
        Path data = Files.createDirectories(files.directory().resolve(".vagrant/machines/web/elsewhere"));
        Files.writeString(data.resolve("id"), "1234");
        kept = new BootFiles(files.logs(), "wf1", "web");
    }

    private BootWatch watch(BootWatch.Consoles consoles) {
        return new BootWatch(new BootWatch.Setting(
                files, "wf1", Environment.system(), Path.of("/nowhere"), HostContext.here(), machine -> {
                    asked.incrementAndGet();
                    return consoles.of(machine);
                }));
    }

    private static SerialConsole printing(String text) {
        return new SerialConsole.Program(List.of("/bin/sh", "-c", "printf '" + text + "'; exec sleep 300"));
    }

    private static Phase boot() {
        return Phase.of(PhaseKind.BOOT, "web");
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void until(Condition condition) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void whatItShowsIsThereWhileItBootsAndStaysWhenItFails() throws Exception {
        try (BootWatch watch = watch(machine -> printing("Kernel panic\\r\\n"))) {
            watch.phase(boot());
            watch.phase(Phase.of(PhaseKind.SSH, "web"));
            until(() -> kept.consoleText().equals(Optional.of("Kernel panic")));
            List<JournalEntry> entries = new ArrayList<>();
            watch.failed(one -> entries.add(watch.entry(one)));
            assertThat(entries).singleElement().satisfies(entry -> {
                assertThat(entry.note()).contains("console of web");
                assertThat(files.own().resolve(String.valueOf(entry.log()))).isEqualTo(kept.console());
            });
        }
        assertThat(kept.consoleText()).contains("Kernel panic");
        assertThat(asked).hasValue(1);
        assertThat(ConsoleTurn.of(files.own(), "web").forWatcher()).isPresent();
    }

    @Test
    void ofAMachineThatAnswersNothingIsKept() throws Exception {
        try (BootWatch watch = watch(machine -> printing("login: "))) {
            watch.phase(boot());
            until(() -> kept.consoleText().isPresent());
            watch.phase(Phase.of(PhaseKind.SET_UP, "web"));
            assertThat(kept.consoleText()).isEmpty();
            watch.phase(boot());
            watch.failed(one -> {
                throw new AssertionError("it answered");
            });
        }
        assertThat(kept.consoleText()).isEmpty();
    }

    @Test
    void aPersonGoesBeforeAndItGoesOnAfterwards() throws Exception {
        try (BootWatch watch = watch(machine -> printing(asked.get() == 1 ? "first" : " second"))) {
            watch.phase(boot());
            until(() -> kept.consoleText().equals(Optional.of("first")));
            try (FileGuard person =
                    ConsoleTurn.of(files.own(), "web").forPerson().orElseThrow()) {
                assertThat(ConsoleTurn.of(files.own(), "web").forWatcher()).isEmpty();
                assertThat(kept.consoleText()).contains("first");
            }
            until(() -> kept.consoleText().equals(Optional.of("first second")));
        }
    }

    @Test
    void aMachineThatIsNotOnYetIsAskedForAgain() throws Exception {
        try (BootWatch watch = watch(machine -> {
            if (asked.get() == 1) {
                throw ExpectedFailure.failed("off", "").withKind(ExpectedFailure.Kind.UNAVAILABLE);
            }
            return printing("up");
        })) {
            watch.phase(boot());
            until(() -> kept.consoleText().equals(Optional.of("up")));
        }
    }

    @Test
    void oneWithoutAConsoleIsLeftAlone() throws Exception {
        try (BootWatch watch = watch(machine -> {
            throw ExpectedFailure.failed("none", "");
        })) {
            watch.phase(boot());
            until(() -> asked.get() == 1);
            Thread.sleep(1_500);
            watch.failed(one -> {
                throw new AssertionError("there is nothing");
            });
        }
        assertThat(asked).hasValue(1);
        assertThat(files.logs()).doesNotExist();
    }

    @Test
    void phasesBeforeTheBootAskForNothing() {
        try (BootWatch watch = watch(machine -> printing("x"))) {
            watch.phase(Phase.of(PhaseKind.CREATE, "web"));
            watch.phase(Phase.of(PhaseKind.COPY));
            watch.answers("web");
        }
        assertThat(asked).hasValue(0);
    }
}
