package dev.corral.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.cli.output.Output;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.OverStub;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrantfile.ResolveRequest;
import dev.corral.core.vagrantfile.watch.SaveWatch;
import dev.corral.core.vagrantfile.watch.SavedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file that is read by a step is saved, and the step runs again in the sandbox that was made from it. */
@Tag("unit")
@Tag("once")
@Timeout(180)
class WatchedTest extends OverStub {
    private Path write(String second) throws Exception {
        Path project = stub.vagrantfile("single").getParent();
        return Files.writeString(
                project.resolve("Vagrantfile"),
                String.join(
                        "\n",
                        "require_relative 'stub'",
                        "Stub.world = ENV.fetch('STUB_WORLD')",
                        "Stub.verbs = true",
                        "Vagrant.configure('2') do |config|",
                        "  config.vm.provider :stub",
                        "  config.vm.provision 'first', type: :local, says: 'first ran'",
                        "  config.vm.provision :local, says: '" + second + "'",
                        "end",
                        ""));
    }

    private List<Integer> ran(String sandbox) {
        return stub.sandbox(sandbox).operations().stream()
                .filter(one -> one.kind() == OperationKind.PROVISION)
                .map(OperationView::phases)
                .flatMap(List::stream)
                .map(PhaseSpan::phase)
                .flatMap(phase -> phase.provisioner().stream())
                .map(provisioner -> provisioner.position())
                .toList();
    }

    @Test
    void aSavedStepRunsAgainAloneAndABrokenFileRunsNothing() throws Exception {
        Path vagrantfile = write("one");
        Operation start = stub.corral().operations().start(StartRequest.of(vagrantfile));
        StubWorld.await(start);
        String sandbox = start.sandbox();
        Optional<Manifest> manifest = SandboxStore.known(stub.files(sandbox));
        ResolveRequest request = ResolveRequest.of(
                Path.of(manifest.orElseThrow().vagrantfile()),
                Manifest.environment(sandbox, manifest),
                manifest.orElseThrow().context().provider());
        Watched watched =
                new Watched(stub.corral(), sandbox, request, new SavedFiles(request.vagrantfile()), Output.silent());
        SaveWatch watch = new SaveWatch(watched, true);
        watch.saved();
        assertThat(ran(sandbox)).isEmpty();
        Files.writeString(vagrantfile, "Vagrant.configure(");
        watch.saved();
        assertThat(ran(sandbox)).isEmpty();
        write("two");
        watch.saved();
        assertThat(ran(sandbox)).containsExactly(2);
        assertThat(stub.corral().operations().differences(sandbox, Optional.empty()))
                .isEmpty();
    }
}
