package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.vagrant.VagrantProcesses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several processes at work on one cache directory, and one of them dying. Stub provider. */
@Tag("unit")
@Timeout(240)
class TwoProcessesTest extends CommandsOverStub {
    @Override
    protected Map<String, String> more() {
        return Map.of("INSPECT_MAX_VAGRANT_STARTUPS", "1");
    }

    @AfterEach
    void close() throws Exception {
        for (String sandbox : stub.directories()) {
            stub.destroy(sandbox);
        }
        assertThat(stub.machines()).isEmpty();
    }

    @Test
    void aKilledStartStaysListedAndIsDestroyedWithTheVagrantItLeft() throws Exception {
        CorralProcess start = CorralProcess.start(
                variables,
                new byte[0],
                "start",
                "--vagrantfile",
                stub.vagrantfile("slow").toString());
        start.until(() -> !stub.machines().isEmpty());
        assertThat(stub.inventory().sandboxes()).singleElement().satisfies(view -> assertThat(view.state())
                .isEqualTo(SandboxState.STARTING));
        start.kill();

        SandboxView cutOff = stub.inventory().sandboxes().getFirst();
        assertThat(cutOff.state()).isEqualTo(SandboxState.INTERRUPTED);
        assertThat(cutOff.machines()).extracting(MachineView::name).containsExactly("default");
        assertThat(cutOff.machines())
                .extracting(MachineView::id)
                .containsExactly(stub.machines().getFirst());
        assertThat(vagrantsIn(cutOff.directory()))
                .as("Vagrant goes on when we are killed")
                .isNotEmpty();

        Ended list = CorralProcess.run(variables, "list", "vms", "--json");
        assertThat(list.json()).hasSize(1);
        assertThat(list.json().get(0).path("id").asText())
                .isEqualTo(stub.machines().getFirst());

        Ended destroyed = CorralProcess.run(variables, "destroy", cutOff.id());
        assertThat(destroyed.exitCode()).as(destroyed.err()).isZero();
        assertThat(vagrantsIn(cutOff.directory())).isEmpty();
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    void twoDestroysAtOnceEndWell() throws Exception {
        String id = stub.start(stub.request("single"));
        // The window that owns it runs: this process. So both have to insist.
        List<CorralProcess> both = List.of(
                CorralProcess.start(variables, new byte[0], "destroy", "--force", "--json", id),
                CorralProcess.start(variables, new byte[0], "destroy", "--force", "--json", id));
        List<Ended> ended = List.of(both.get(0).await(), both.get(1).await());
        assertThat(ended).allSatisfy(one -> {
            assertThat(one.err()).doesNotContain("bug in Corral");
            assertThat(one.exitCode()).isIn(ExitCode.DONE, ExitCode.FAILED, ExitCode.NOT_FOUND);
        });
        assertThat(ended).anySatisfy(one -> assertThat(one.exitCode()).isZero());
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    void startsOfOtherProcessesWaitForASlot() throws Exception {
        Operation first = stub.corral().operations().start(stub.request("slow"));
        StubWorld.until(() -> !stub.machines().isEmpty());
        // Two that wait in this process, so that it looks at the slot again and again, and one elsewhere.
        Operation second = stub.corral().operations().start(stub.request("single"));
        CorralProcess other = CorralProcess.start(
                variables,
                new byte[0],
                "start",
                "--json",
                "--vagrantfile",
                stub.vagrantfile("single").toString());
        other.until(() -> stub.inventory().sandboxes().stream()
                        .filter(view -> view.state() == SandboxState.QUEUED)
                        .count()
                == 2);
        for (int look = 0; look < 10; look++) {
            Thread.sleep(200);
            assertThat(stub.machines()).hasSize(1);
        }
        first.cancel();
        StubWorld.failure(first);
        StubWorld.await(second);
        Ended ended = other.await();
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        JsonNode started = ended.json();
        assertThat(stub.sandbox(started.path("sandbox").asText()).liveness()).isEqualTo(Liveness.PINNED);
        assertThat(stub.machines()).hasSize(2);
    }

    @Test
    void ctrlCCancelsAStart() throws Exception {
        CorralProcess start = CorralProcess.start(
                variables,
                new byte[0],
                "start",
                "--json",
                "--vagrantfile",
                stub.vagrantfile("slow").toString());
        start.until(() -> !stub.machines().isEmpty());
        start.interrupt();
        Ended ended = start.await();
        assertThat(ended.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("The start was cancelled.");
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
    }

    private static List<Long> vagrantsIn(Path directory) {
        return VagrantProcesses.upIn(directory).stream()
                .map(process -> process.pid())
                .toList();
    }
}
