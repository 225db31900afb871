package dev.corral.core.operation.failed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.code.KeptResolution;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which provisioner failed last. */
@Tag("unit")
class FailedStepTest {
    @TempDir
    Path folder;

    private SandboxFiles files;
    private Journal journal;

    @BeforeEach
    void sandbox() throws IOException {
        files = SandboxFiles.inOne(Files.createDirectory(folder.resolve("debug-1")));
        journal = new Journal(files.journal());
        KeptResolution.write(files, Story.resolution());
    }

    private void operation(String id, OperationKind kind, String machine) {
        journal.append(JournalEntry.started(id, kind, OperationTarget.of("debug-1", machine)));
    }

    private void fails(String id, Phase phase) {
        journal.append(JournalEntry.failed(id, false, phase, new JournalEntry.Failure("no", null, List.of(), 0)));
    }

    private static Phase app() {
        return Phase.of(new Phase.Provisioner("app", "shell", 2), "web");
    }

    @Test
    void itIsFoundByNameAndByPlace() throws IOException {
        operation("a", OperationKind.START, "");
        fails("a", app());
        FailedStep step = FailedStep.of(files, "");
        assertThat(step.machine()).isEqualTo("web");
        assertThat(step.setting("path")).contains("app.sh");
        assertThat(step.privileged()).isTrue();
        operation("b", OperationKind.PROVISION, "web");
        fails("b", Phase.of(new Phase.Provisioner("", "shell", 3), "web"));
        assertThat(FailedStep.of(files, "web").setting("inline")).contains("true");
        assertThatThrownBy(() -> FailedStep.of(files, "db")).isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void whatWasMendedSinceHasNotFailed() {
        operation("a", OperationKind.START, "");
        fails("a", app());
        operation("b", OperationKind.PROVISION, "web");
        journal.append(JournalEntry.of(JournalEntry.Event.WORKFLOW_ENDED, "b"));
        assertThatThrownBy(() -> FailedStep.of(files, "web"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("No provisioner has failed");
    }

    @Test
    void whatElseHappensChangesNothing() throws IOException {
        operation("a", OperationKind.START, "");
        fails("a", app());
        operation("b", OperationKind.SNAPSHOT_SAVE, "web");
        journal.append(JournalEntry.of(JournalEntry.Event.WORKFLOW_ENDED, "b"));
        operation("c", OperationKind.RELOAD, "web");
        fails("c", Phase.of(PhaseKind.BOOT, "web"));
        assertThat(FailedStep.of(files, "").ran().name()).isEqualTo("app");
    }

    @Test
    void oneThatTheFileHasNoMoreIsKnownByWhatVagrantCalledIt() throws IOException {
        operation("a", OperationKind.START, "");
        fails("a", Phase.of(new Phase.Provisioner("gone", "shell", 9), "web"));
        FailedStep step = FailedStep.of(files, "web");
        assertThat(step.provisioner()).isEmpty();
        assertThat(step.setting("path")).isEmpty();
    }
}
