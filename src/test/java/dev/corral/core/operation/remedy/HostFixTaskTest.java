package dev.corral.core.operation.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.OperationStore;
import dev.corral.core.operation.OperationTimes;
import dev.corral.core.operation.RunningOperations;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that mend something of this computer, with programs that only say what they were asked. */
@Tag("unit")
class HostFixTaskTest {
    @TempDir
    Path folder;

    private final RunningOperations operations =
            new RunningOperations(new OperationTimes(Path.of("/nowhere/history.jsonl")));

    private Environment environment() {
        return new Environment(Map.of("HOME", folder.toString(), "PATH", folder.resolve("bin") + ":/usr/bin:/bin"));
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private HostFixTask launch(HostFix fix, Map<String, String> context) {
        return operations.launch(HostFixTask.of(fix, environment(), context));
    }

    private OperationStore.Kept kept() throws IOException {
        return new OperationStore(CacheDirectory.of(environment())).list().getFirst();
    }

    @Test
    void aPluginIsInstalledOutsideOfAnyProjectAndTheOutputIsKept() throws Exception {
        program("vagrant", "echo \"$PWD $VAGRANT_HOME $*\"\necho \"Installed the plugin\"\n");
        launch(new HostFix.Plugin("vagrant-qemu"), Map.of("VAGRANT_HOME", "/of/the/sandbox"))
                .done()
                .get(30, TimeUnit.SECONDS);
        List<JournalEntry> entries = kept().journal().read();
        assertThat(entries)
                .extracting(JournalEntry::event)
                .containsExactly(
                        JournalEntry.Event.WORKFLOW_STARTED,
                        JournalEntry.Event.PHASE,
                        JournalEntry.Event.COMMAND_STARTED,
                        JournalEntry.Event.COMMAND_ENDED,
                        JournalEntry.Event.WORKFLOW_ENDED);
        assertThat(kept().files()
                        .own()
                        .resolve(Objects.requireNonNull(entries.get(2).log())))
                .hasContent("/ /of/the/sandbox plugin install vagrant-qemu\nInstalled the plugin\n");
    }

    @Test
    void whatFailsSaysWhatItSaidLast() throws Exception {
        program("vagrant", "echo 'Fetching'\necho 'Could not resolve host: rubygems.org' >&2\nexit 4\n");
        HostFixTask task = launch(new HostFix.Plugin("vagrant-qemu"), Map.of());
        assertThatThrownBy(() -> task.done().get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("vagrant plugin install vagrant-qemu ended with exit code 4:"
                        + " Could not resolve host: rubygems.org");
        assertThat(kept().journal().read().getLast().event()).isEqualTo(JournalEntry.Event.WORKFLOW_FAILED);
    }

    @Test
    void aNetworkIsStartedAtTheConnectionOfTheSandbox() throws Exception {
        program("virsh", "echo \"$*\"\n");
        launch(new HostFix.Network("qemu:///session", "default"), Map.of())
                .done()
                .get(30, TimeUnit.SECONDS);
        String log = kept().journal().read().stream()
                .map(JournalEntry::log)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        assertThat(kept().files().own().resolve(log)).hasContent("-q -c qemu:///session net-start default\n");
    }

    @Test
    void oneThatIsCancelledEndsItsCommand() throws Exception {
        Path pid = folder.resolve("pid");
        program("vagrant", "echo $$ > " + pid + "\nexec sleep 300\n");
        HostFixTask task = launch(new HostFix.Repair(), Map.of());
        while (!Files.exists(pid) || Files.readString(pid).isBlank()) {
            Thread.sleep(Duration.ofMillis(10));
        }
        task.cancel();
        assertThatThrownBy(() -> task.done().get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(kept().journal().read().getLast().event()).isEqualTo(JournalEntry.Event.WORKFLOW_CANCELLED);
    }

    @Test
    void theOldestFoldersGoWithTheirJournals() throws Exception {
        program("virsh", "echo started\n");
        launch(new HostFix.Pool("qemu:///system", "default"), Map.of()).done().get(30, TimeUnit.SECONDS);
        Path folderOfIt = kept().files().own();
        assertThat(folderOfIt).isDirectory();
        OperationStore store = new OperationStore(CacheDirectory.of(environment()));
        Path journals = Objects.requireNonNull(kept().journal().file().getParent());
        for (int i = 0; i < 100; i++) {
            Files.createFile(journals.resolve("99990101-000000-%04d.jsonl".formatted(i)));
        }
        store.begin();
        assertThat(folderOfIt).doesNotExist();
    }
}
