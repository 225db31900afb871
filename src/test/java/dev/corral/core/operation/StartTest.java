package dev.corral.core.operation;

import static dev.corral.core.operation.StubWorld.withEnvironment;
import static dev.corral.core.operation.StubWorld.withPrimary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Subscription;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts with real Vagrant over the stub provider. */
@Tag("unit")
@Timeout(180)
class StartTest extends OverStub {
    @AfterEach
    void nothingIsLeft() throws Exception {
        stub.letGo();
        for (String sandbox : stub.directories()) {
            stub.destroy(sandbox);
        }
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    @Tag("any_user")
    void writesItsManifestBeforeVagrantRunsAndTellsItsStory() throws Exception {
        Instant before = Instant.now();
        String id = stub.start(stub.request("manifest-first"));

        Path directory = stub.cache().resolve(id);
        assertThat(id).matches("[0-9a-f]{8}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        for (String file : List.of("corral.json", "journal.jsonl")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(stub.files(id).own().resolve(file))))
                    .isEqualTo("rw-------");
        }
        Manifest manifest = stub.manifest(id);
        assertThat(manifest.machines()).containsExactly("default");
        assertThat(manifest.primary()).contains("default");
        assertThat(manifest.copied()).containsExactly("stub.rb");
        assertThat(manifest.context().environment())
                .containsEntry("INSPECT_VM_SUFFIX", "-" + id)
                .containsKeys("VAGRANT_HOME", "STUB_WORLD");
        assertThat(manifest.createdAt()).isBetween(before.minusSeconds(1), Instant.now());

        SandboxView view = stub.sandbox(id);
        assertThat(view.state()).isEqualTo(SandboxState.READY);
        assertThat(view.liveness()).isEqualTo(Liveness.LIVE);
        assertThat(view.primary().map(MachineView::id).orElse(""))
                .isEqualTo(stub.machines().getFirst());
        OperationView operation = view.operation().orElseThrow();
        assertThat(operation.phases())
                .extracting(PhaseSpan::name)
                .containsExactly(
                        "read Vagrantfile",
                        "copy and check",
                        "load Vagrantfile",
                        "create machine",
                        "boot",
                        "wait for SSH",
                        "set up guest");
        assertThat(operation.phases()).allSatisfy(phase -> {
            assertThat(phase.endedAt()).isPresent();
            assertThat(phase.elapsed(Instant.now())).isBetween(Duration.ZERO, Duration.between(before, Instant.now()));
        });
        assertThat(operation.logs())
                .hasSize(1)
                .allSatisfy(log -> assertThat(log).content().contains("Machine booted and ready"));
        List<JournalEntry> entries = new Journal(StubWorld.files(directory).journal()).read();
        assertThat(entries)
                .extracting(JournalEntry::event)
                .contains(
                        Event.WORKFLOW_STARTED,
                        Event.COMMAND_STARTED,
                        Event.COMMAND_ENDED,
                        Event.MACHINE_ADDRESS,
                        Event.MACHINE_BOOTED)
                .endsWith(Event.WORKFLOW_ENDED);
        assertThat(entries)
                .filteredOn(entry -> entry.event() == Event.COMMAND_ENDED)
                .extracting(JournalEntry::exitCode)
                .containsExactly(0);

        stub.corral().operations().pin(id, true);
        assertThat(stub.sandbox(id).liveness()).isEqualTo(Liveness.PINNED);
        stub.corral().operations().pin(id, false);
        assertThat(stub.sandbox(id).liveness()).isEqualTo(Liveness.LIVE);

        stub.destroy(id);
        assertThat(stub.machines()).isEmpty();
        assertThat(directory).doesNotExist();
        assertThat(stub.cache().resolve(".corral/trash")).isEmptyDirectory();
    }

    @Test
    void whoFollowsAStartHearsEachStepOnceHoweverLate() throws Exception {
        Operation start = stub.corral().operations().start(stub.request("manifest-first"));
        List<JournalEntry> early = new CopyOnWriteArrayList<>();
        List<JournalEntry> late = new CopyOnWriteArrayList<>();
        try (Subscription broken = start.follow(entry -> {
                    throw new IllegalStateException("a listener's own trouble");
                });
                Subscription heard = start.follow(early::add)) {
            start.done().get(2, TimeUnit.MINUTES);
        }
        start.follow(late::add).close();
        List<JournalEntry> written = new Journal(stub.files(start.sandbox()).journal()).read();
        assertThat(early).containsExactlyElementsOf(written);
        assertThat(late).containsExactlyElementsOf(written);
        assertThat(late).filteredOn(entry -> entry.event() == Event.PHASE).hasSize(7);
    }

    @Test
    void learnsTheMachinesAndFindsThePrimaryWithoutItsSuffix() throws Exception {
        String id = stub.start(withPrimary(stub.request("suffix"), "victim"));
        assertThat(stub.manifest(id).machines()).containsExactly("attacker-" + id, "victim-" + id);
        assertThat(stub.manifest(id).primary()).contains("victim-" + id);
        SandboxView view = stub.sandbox(id);
        assertThat(view.machines()).extracting(MachineView::name).containsExactly("victim-" + id, "attacker-" + id);
        assertThat(view.machine("attacker")).isPresent();
        assertThat(stub.machines()).hasSize(2);

        // Another process, whose own variables say nothing of all this.
        Map<String, String> bare = new HashMap<>(stub.environment().variables());
        bare.remove("STUB_WORLD");
        bare.remove("VAGRANT_HOME");
        try (LocalCorral other = LocalCorral.open(new Environment(bare), Owner.Kind.COMMAND_LINE)) {
            other.operations().destroy(id).done().get(90, TimeUnit.SECONDS);
        }
        assertThat(stub.machines()).isEmpty();
    }

    @Test
    void destroysAMachineThatAVariableNames() throws Exception {
        String id = stub.start(withEnvironment(stub.request("env"), Map.of("STUB_NAME", "seven")));
        assertThat(stub.manifest(id).machines()).containsExactly("box-seven");
        assertThat(stub.machines()).hasSize(1).first().asString().startsWith("stub-box-seven-");
        try (LocalCorral other = LocalCorral.open(stub.environment(), Owner.Kind.COMMAND_LINE)) {
            other.operations().destroy(id).done().get(90, TimeUnit.SECONDS);
        }
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    void namesTheMachinesWhenThePrimaryIsNotAmongThem() throws Exception {
        assertThat(stub.failure(withPrimary(stub.request("multi"), "nobody")))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
                    assertThat(failure).hasMessage("The Vagrantfile has no machine nobody; it has attacker, victim.");
                    assertThat(failure.nextStep()).isNotEmpty();
                });
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    @Tag("any_user")
    void undoesAFailedStartAndKeepsItsStory() throws Exception {
        Operation workflow = stub.corral().operations().start(stub.request("fails-in-provisioner"));
        assertThat(StubWorld.failure(workflow)).isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
            assertThat(failure).hasMessage("The provisioner app (local) failed.");
            assertThat(failure.details())
                    .startsWith("Phase: provision · app (local) (default)")
                    .contains("/etc/app.conf: no such file");
        });
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
        SandboxView story = stub.inventory().ended().getFirst();
        assertThat(story.id()).isEqualTo(workflow.sandbox());
        assertThat(story.state()).isEqualTo(SandboxState.FAILED);
        assertThat(story.operation().flatMap(OperationView::failure)).hasValueSatisfying(failure -> {
            assertThat(failure.phase()).isEqualTo("provision · app (local)");
            assertThat(failure.machine()).isEqualTo("default");
            assertThat(failure.lines()).anyMatch(line -> line.contains("no such file"));
        });
        assertThat(story.operation().orElseThrow().logs())
                .allSatisfy(log -> assertThat(log).exists())
                .isNotEmpty();
    }

    @Test
    void keepsAFailedStartWhenAsked() throws Exception {
        Operation workflow = stub.corral()
                .operations()
                .start(stub.request("fails-after-create").withKeepFailed(true));
        assertThat(StubWorld.failure(workflow)).isInstanceOf(ExpectedFailure.class);
        assertThat(stub.machines()).hasSize(1);
        SandboxView view = stub.sandbox(workflow.sandbox());
        assertThat(view.state()).isEqualTo(SandboxState.FAILED);
        assertThat(view.machines())
                .extracting(MachineView::id)
                .containsExactly(stub.machines().getFirst());
        stub.destroy(workflow.sandbox());
        assertThat(stub.machines()).isEmpty();
    }

    @Test
    void reportsAFailureBeforeThereIsAMachine() throws Exception {
        assertThat(stub.failure(stub.request("fails-in-create")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("no room in the world");
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    void doesNotBelieveAnExitCodeAlone() throws Exception {
        assertThat(stub.failure(stub.request("no-id")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("made no machine default");
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    void cancelsInTheMiddle() throws Exception {
        Operation workflow = stub.corral().operations().start(stub.request("slow"));
        StubWorld.until(() -> stub.inventory()
                .sandbox(workflow.sandbox())
                .filter(view -> view.detail().equals("boot"))
                .isPresent());
        assertThat(stub.sandbox(workflow.sandbox()).state()).isEqualTo(SandboxState.STARTING);
        assertThat(stub.machines()).hasSize(1);
        workflow.cancel();
        workflow.cancel();
        assertThat(StubWorld.failure(workflow)).isInstanceOf(CancellationException.class);
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
        SandboxView story = stub.inventory().ended().getFirst();
        assertThat(story.operation().flatMap(OperationView::failure)).hasValueSatisfying(failure -> {
            assertThat(failure.cancelled()).isTrue();
            assertThat(failure.phase()).isEqualTo("boot");
        });
    }

    @Test
    void destroyOfAStartUnderWayCancelsItFirst() throws Exception {
        Operation workflow = stub.corral().operations().start(stub.request("slow"));
        StubWorld.until(() -> !stub.machines().isEmpty());
        stub.destroy(workflow.sandbox());
        assertThat(workflow.done()).isCompletedExceptionally();
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
    }
}
