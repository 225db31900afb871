package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.code.WhenChanged;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Vagrant command on machines that exist is an operation with a story of its own. Stub provider. */
@Tag("unit")
@Timeout(180)
class MachineVerbStoryTest extends OverStub {
    @AfterEach
    void close() throws Exception {
        for (String sandbox : stub.directories()) {
            stub.destroy(sandbox);
        }
    }

    private Path vagrantfile(String id) {
        return stub.cache().resolve(id).resolve("Vagrantfile");
    }

    // The stub knows no other commands unless it is told to.
    private void teach(String id, String more) throws Exception {
        String text = Files.readString(vagrantfile(id));
        Files.writeString(
                vagrantfile(id),
                text.replace("Vagrant.configure(", "Stub.verbs = true\nVagrant.configure(")
                        .replace("config.vm.provider :stub", "config.vm.provider :stub\n" + more));
    }

    private OperationView last(String id) {
        return stub.sandbox(id).operations().getLast();
    }

    @Test
    void aFailedProvisionNamesItsPhaseAndItsLinesAndTheSandboxStaysReady() throws Exception {
        String id = stub.start(stub.request("single"));
        OperationView start = stub.sandbox(id).operation().orElseThrow();
        teach(id, """
                  config.vm.provision("packages", type: "local") { |local| local.says = "all there" }
                  config.vm.provision("app", type: "local") do |local|
                    local.says = ["Starting the app", "app: /etc/app.conf: no such file"]
                    local.fails = true
                  end
                """);
        Operation provision = stub.corral()
                .operations()
                .run(id, "", MachineVerb.provision().whenChanged(WhenChanged.USE), line -> {});
        assertThat(StubWorld.failure(provision)).isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
            assertThat(failure).hasMessageStartingWith("vagrant provision ended with exit code 1: The provisioner app");
            assertThat(failure.details())
                    .startsWith("Phase: provision · app (local) (default)")
                    .contains("no such file");
        });
        SandboxView view = stub.sandbox(id);
        assertThat(view.state()).isEqualTo(SandboxState.READY);
        assertThat(view.operation().orElseThrow().logs()).isEqualTo(start.logs());
        assertThat(view.operation().orElseThrow().failure()).isEmpty();
        OperationView told = last(id);
        assertThat(told.kind()).isEqualTo(OperationKind.PROVISION);
        assertThat(told.workflow()).isEqualTo(provision.id());
        assertThat(told.endedAt()).isPresent();
        assertThat(told.logs()).singleElement().satisfies(log -> assertThat(log.getFileName())
                .hasToString("002-provision.log"));
        assertThat(told.phases())
                .extracting(PhaseSpan::phase)
                .containsExactly(
                        Phase.of(new Phase.Provisioner("packages", "local", 1), "default"),
                        Phase.of(new Phase.Provisioner("app", "local", 2), "default"));
        assertThat(told.phases()).extracting(PhaseSpan::failed).containsExactly(false, true);
        assertThat(told.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.phase()).isEqualTo("provision · app (local)");
            assertThat(failure.lines()).contains("app: /etc/app.conf: no such file");
        });
        assertThat(view.lastWithPhases()).contains(told);
        assertThat(provision.failure()).isEqualTo(told.failure());
    }

    @Test
    void whatGoesWellHasAUsualTimeNextTime() throws Exception {
        String id = stub.start(stub.request("single"));
        teach(id, "");
        Operation first =
                stub.corral().operations().run(id, "", MachineVerb.halt().whenChanged(WhenChanged.USE), line -> {});
        assertThat(first.usual()).isEmpty();
        StubWorld.await(first);
        assertThat(last(id).kind()).isEqualTo(OperationKind.HALT);
        assertThat(last(id).failure()).isEmpty();
        assertThat(stub.sandbox(id).operation().orElseThrow().kind()).isEqualTo(OperationKind.START);
        Operation again =
                stub.corral().operations().run(id, "", MachineVerb.halt().whenChanged(WhenChanged.USE), line -> {});
        assertThat(again.usual()).isPresent();
        StubWorld.until(() -> again.done().isDone());
    }

    @Test
    void whatIsRefusedHasNoStoryAndWhatIsCutOffIsInterrupted() throws Exception {
        String id = stub.start(stub.request("single"));
        assertThatThrownBy(() -> stub.corral().operations().run(id, "nobody", MachineVerb.halt(), line -> {}))
                .isInstanceOf(ExpectedFailure.class);
        assertThat(stub.sandbox(id).operations()).hasSize(1);
        // As a process leaves it that is killed in the middle.
        Path file = stub.files(id).journal();
        JournalEntry begun = new Journal(file).read().getFirst();
        Files.writeString(
                file, """
                {"at":"2026-01-01T00:00:00Z","event":"WORKFLOW_STARTED","workflow":"cut","kind":"reload","process":{"pid":%d,\
                "start_ticks":1,"boot_id":"%s"}}
                """.formatted(begun.process().pid(), begun.process().bootId()), StandardOpenOption.APPEND);
        assertThat(last(id).interrupted()).isTrue();
        assertThat(stub.sandbox(id).state()).isEqualTo(SandboxState.READY);
    }

    @Test
    void oneOfSeveralThatIsDestroyedIsTold() throws Exception {
        String id = stub.start(stub.request("multi"));
        StubWorld.await(stub.corral().operations().destroyMachine(id, "victim"));
        assertThat(last(id).kind()).isEqualTo(OperationKind.DESTROY_MACHINE);
        assertThat(last(id).target().machine()).startsWith("victim");
        assertThat(last(id).failure()).isEmpty();
        assertThat(stub.sandbox(id).state()).isEqualTo(SandboxState.READY);
        assertThat(List.of(OperationKind.START))
                .contains(stub.sandbox(id).operation().orElseThrow().kind());
    }
}
