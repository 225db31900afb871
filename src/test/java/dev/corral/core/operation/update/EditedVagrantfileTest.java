package dev.corral.core.operation.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.code.CodeUpdate;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.OverStub;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.failure.Remedy;
import dev.corral.core.vagrantfile.ReadFiles;
import dev.corral.core.vagrantfile.TrustGiven;
import dev.corral.core.vagrantfile.diff.Difference;
import dev.corral.core.vagrantfile.diff.Needs;
import dev.corral.core.vagrantfile.hook.Selection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provisioner fails, its author mends the file, and the start is brought to its end in the same VM. */
@Tag("unit")
@Timeout(180)
class EditedVagrantfileTest extends OverStub {
    private Path vagrantfile;
    private String sandbox;
    private final List<String> said = new ArrayList<>();

    private void write(String second) throws Exception {
        Path project = stub.vagrantfile("single").getParent();
        Files.writeString(project.resolve("words.txt"), "third");
        vagrantfile = Files.writeString(
                project.resolve("Vagrantfile"),
                String.join(
                        "\n",
                        "require_relative 'stub'",
                        "Stub.world = ENV.fetch('STUB_WORLD')",
                        "Stub.verbs = true",
                        "Vagrant.configure('2') do |config|",
                        "  config.vm.provider :stub",
                        "  config.vm.provision 'first', type: :local, says: 'first ran'",
                        "  config.vm.provision :local, " + second,
                        "  config.vm.provision :local, says: File.read(File.join(__dir__, 'words.txt'))",
                        "  config.vm.provision 'last', type: :local, says: 'last ran'",
                        "  config.vm.provision 'extra', type: :local, says: 'extra ran', run: 'never'",
                        "end",
                        ""));
    }

    private Operation provision(String from, String only) {
        said.clear();
        return stub.corral()
                .operations()
                .run(sandbox, "", MachineVerb.provision(Selection.parse(from, only)), line -> said.add(line.text()));
    }

    private List<Integer> positions(OperationKind kind) {
        OperationView last = stub.sandbox(sandbox).operations().stream()
                .filter(one -> one.kind() == kind)
                .reduce((first, second) -> second)
                .orElseThrow();
        return last.phases().stream()
                .map(PhaseSpan::phase)
                .flatMap(phase -> phase.provisioner().stream())
                .map(provisioner -> provisioner.position())
                .toList();
    }

    private List<Difference> differences() {
        return stub.corral().operations().differences(sandbox, Optional.empty());
    }

    private CodeUpdate update() throws Exception {
        List<CodeUpdate> told = new ArrayList<>();
        StubWorld.await(stub.corral().operations().updateCode(sandbox, Optional.empty(), told::add));
        return told.getFirst();
    }

    private void aLockedMachineSaysByWhom() throws Exception {
        Path root = stub.files(sandbox).directory().toRealPath();
        String name = HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5")
                        .digest((root.toString() + root.resolve(".vagrant") + "default")
                                .getBytes(StandardCharsets.UTF_8)));
        Path lock = temp.resolve("vagrant-home/data/lock.machine-action-" + name + ".lock");
        Process holder = new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo held; cat").start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            Operation refused = provision("1", null);
            assertThat(StubWorld.failure(refused))
                    .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.nextStep())
                            .contains("kill -INT " + holder.pid()))
                    .hasMessageStartingWith(
                            "Another Vagrant has locked " + sandbox + ": process " + holder.pid() + " (flock ");
            assertThat(refused.failure().flatMap(FailureView::remedy).map(Remedy::kind))
                    .contains(Remedy.Kind.WAIT);
        } finally {
            holder.outputWriter().close();
            holder.waitFor();
        }
    }

    @Test
    void theStartGoesOnFromTheStepThatFailed() throws Exception {
        write("fails: true");
        Operation start = stub.corral()
                .operations()
                .start(StartRequest.of(vagrantfile).withKeepFailed(true).withPin(true));
        assertThat(StubWorld.failure(start)).isInstanceOf(ExpectedFailure.class);
        sandbox = start.sandbox();
        assertThat(stub.sandbox(sandbox).state()).isEqualTo(SandboxState.FAILED);
        List<String> machines = stub.machines();
        assertThat(differences())
                .extracting(Difference::key, Difference::needs, Difference::provisioner)
                .containsExactly(
                        tuple("provisioner 2", Needs.PROVISION, 2),
                        tuple("provisioner 3", Needs.PROVISION, 3),
                        tuple("provisioner 4 (last)", Needs.PROVISION, 4));

        write("says: 'second ran'");
        CodeUpdate planned = stub.corral().operations().plannedUpdate(sandbox, Optional.empty());
        assertThat(planned.changed()).containsExactly("Vagrantfile");
        assertThat(stub.corral().operations().changed(sandbox)).isEmpty();
        assertThat(update()).isEqualTo(planned);
        assertThat(stub.files(sandbox).directory().resolve("Vagrantfile")).hasSameTextualContentAs(vagrantfile);
        assertThat(stub.sandbox(sandbox).state()).isEqualTo(SandboxState.FAILED);

        StubWorld.await(provision("2", null));
        assertThat(said).contains("second ran", "third", "last ran").doesNotContain("first ran", "extra ran");
        assertThat(positions(OperationKind.PROVISION)).containsExactly(2, 3, 4);
        assertThat(stub.sandbox(sandbox).state()).isEqualTo(SandboxState.READY);
        assertThat(stub.sandbox(sandbox).operation().flatMap(OperationView::failure))
                .isEmpty();
        assertThat(differences()).isEmpty();
        assertThat(stub.machines()).isEqualTo(machines);

        StubWorld.await(provision(null, "extra,1"));
        assertThat(said).contains("first ran", "extra ran").doesNotContain("second ran", "last ran");
        assertThat(positions(OperationKind.PROVISION)).containsExactly(1, 5);
        assertThat(StubWorld.failure(provision("6", null)))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.details())
                        .contains("2  (unnamed local)", "4  last (local)"))
                .hasMessage("default has no provisioner 6: it has 5.");

        aLockedMachineSaysByWhom();

        ReadFiles seen = ReadFiles.now(vagrantfile);
        Files.writeString(vagrantfile, Files.readString(vagrantfile).replace("'last'", "'end'"));
        Operation distrusted = stub.corral()
                .operations()
                .updateCode(sandbox, Optional.of(new TrustGiven(seen, read -> {})), update -> {});
        assertThat(StubWorld.failure(distrusted)).hasMessageStartingWith("Nothing of it was run: " + vagrantfile);
        Files.writeString(
                vagrantfile,
                Files.readString(vagrantfile).replace("provider :stub", "provider :stub; config.vm.define 'web'"));
        assertThatThrownBy(this::update)
                .hasMessageContaining(
                        "The Vagrantfile defines no machine default any more, and the VM of that name exists");
        Files.delete(vagrantfile);
        assertThat(StubWorld.failure(stub.corral().operations().updateCode(sandbox, Optional.empty(), update -> {})))
                .hasMessage("The Vagrantfile that sandbox " + sandbox + " was made from is gone: " + vagrantfile + ".");
        assertThat(stub.files(sandbox).directory().resolve("Vagrantfile"))
                .content()
                .contains("'last'");
        stub.destroy(sandbox);
    }
}
