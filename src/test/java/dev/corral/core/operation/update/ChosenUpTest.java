package dev.corral.core.operation.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.OverStub;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.vagrantfile.hook.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Up with chosen provisioners, in real Vagrant: those run when the machine has booted, and no others. */
@Tag("unit")
@Timeout(180)
class ChosenUpTest extends OverStub {
    private final List<String> said = new ArrayList<>();
    private String sandbox = "";

    private void start(String... machines) throws Exception {
        Path project = stub.vagrantfile("single").getParent();
        String provisioners = "machine.vm.provision 'first', type: :local, says: 'first ran'\n"
                + "machine.vm.provision :local, says: 'second ran'\n"
                + "machine.vm.provision 'extra', type: :local, says: 'extra ran', run: 'never'\n";
        List<String> text = new ArrayList<>(List.of(
                "require_relative 'stub'",
                "Stub.world = ENV.fetch('STUB_WORLD')",
                "Stub.verbs = true",
                "Vagrant.configure('2') do |config|"));
        text.add("config.vm.provider :stub");
        for (String machine : machines) {
            text.add("config.vm.define " + machine + " do |machine|\n" + provisioners + "end");
        }
        text.add("end\n");
        Path vagrantfile = Files.writeString(project.resolve("Vagrantfile"), String.join("\n", text));
        sandbox = stub.start(StartRequest.of(vagrantfile));
    }

    private Operation up(String machine, @Nullable String from, @Nullable String only) {
        said.clear();
        return stub.corral()
                .operations()
                .run(sandbox, machine, MachineVerb.up(Selection.parse(from, only)), line -> said.add(line.text()));
    }

    private void halt(String machine) throws Exception {
        StubWorld.await(stub.corral().operations().run(sandbox, machine, MachineVerb.halt(), line -> {}));
    }

    private List<Integer> positions() {
        return stub.sandbox(sandbox).operations().getLast().phases().stream()
                .map(PhaseSpan::phase)
                .flatMap(phase -> phase.provisioner().stream())
                .map(provisioner -> provisioner.position())
                .toList();
    }

    @Test
    void onlyTheChosenRunWhenItHasBooted() throws Exception {
        start("'web'");
        halt("");
        StubWorld.await(up("", null, null));
        assertThat(said).as("Vagrant runs them once").doesNotContain("first ran", "second ran");
        halt("");
        StubWorld.await(up("", "2", null));
        assertThat(said).contains("Machine booted and ready!", "second ran").doesNotContain("first ran", "extra ran");
        assertThat(positions()).containsExactly(2);
        halt("");
        StubWorld.await(up("", null, "extra,1"));
        assertThat(said).contains("first ran", "extra ran").doesNotContain("second ran");
        assertThat(positions()).containsExactly(1, 3);
        halt("");
        assertThat(StubWorld.failure(up("", "7", null))).hasMessage("web has no provisioner 7: it has 3.");
        stub.destroy(sandbox);
    }

    @Test
    void aMachineThatIsMadeByItsNameRunsOnlyTheChosen() throws Exception {
        start("'web'", "'db', autostart: false");
        assertThat(stub.machines()).hasSize(1);
        StubWorld.await(up("db", null, "2"));
        assertThat(said).contains("second ran").doesNotContain("first ran");
        assertThat(stub.machines()).hasSize(2);
        assertThat(StubWorld.failure(up("", null, "2")))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.nextStep())
                        .isEqualTo("Name one of these: SANDBOX/MACHINE."))
                .hasMessageStartingWith("Provisioners are chosen of one VM, and " + sandbox + " has ");
        stub.destroy(sandbox);
    }
}
