package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.code.WhenChanged;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.vagrant.LocalState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command that ends well is believed only as far as its machines show it. Stub provider, which nobody but Vagrant can ask. */
@Tag("unit")
@Timeout(180)
class VerbOutcomeTest {
    @TempDir
    Path temp;

    private StubWorld stub;
    private String sandbox;

    @BeforeEach
    void start() throws Exception {
        stub = new StubWorld(temp);
        Path vagrantfile = stub.vagrantfile("required-variable");
        Files.writeString(vagrantfile.resolveSibling("names.rb"), "LAB_NAMES = %w[attacker victim]\n");
        sandbox = stub.start(StartRequest.of(vagrantfile));
        assertThat(stub.machines()).hasSize(2);
    }

    @AfterEach
    void close() throws Exception {
        define("attacker", "victim", "only");
        stub.destroy(sandbox);
        assertThat(stub.machines()).isEmpty();
        stub.close();
    }

    // As if the variable were missing that the file reads; whoever does that on purpose says that it is to be used.
    private void define(String... names) throws IOException {
        Files.writeString(
                stub.cache().resolve(sandbox).resolve("names.rb"), "LAB_NAMES = %w[" + String.join(" ", names) + "]\n");
    }

    private Throwable run(String machine, MachineVerb command, List<String> said) throws InterruptedException {
        return StubWorld.failure(stub.corral()
                .operations()
                .run(
                        sandbox,
                        machine,
                        command.whenChanged(WhenChanged.USE),
                        line -> said.add(line.machine() + ": " + line.text())));
    }

    @Test
    void whatWasDoneIsSaid() throws Exception {
        List<String> said = new ArrayList<>();
        assertThat(run("", MachineVerb.halt(), said)).isNull();
        assertThat(said)
                .contains(
                        "attacker: Nobody can ask stub here: Vagrant says that it is done.",
                        "victim: Nobody can ask stub here: " + "Vagrant says that it is done.");
        assertThat(run("victim", MachineVerb.up(), said)).isNull();
    }

    @Test
    void aMachineThatVagrantDoesNotSeeAnyMoreIsNotCalledHalted() throws Exception {
        define("only");
        for (MachineVerb command :
                List.of(MachineVerb.halt(), MachineVerb.saveSnapshot("x"), MachineVerb.listSnapshots())) {
            assertThat(run("", command, new ArrayList<>()))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessage("vagrant " + command.word().replace('-', ' ')
                            + " ended without an error, but not as asked: Vagrant did not look at attacker; "
                            + "Vagrant did not look at victim.");
        }
        assertThat(run("victim", MachineVerb.halt(), new ArrayList<>()))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("vagrant halt ended with exit code 1: The Vagrantfile defines no machine victim.");
        assertThat(stub.machines()).hasSize(2);
    }

    @Test
    void aNameThatVagrantOnlySpokeOfIsNoMachine() throws Exception {
        define("only");
        assertThat(run("", MachineVerb.halt(), new ArrayList<>())).isInstanceOf(ExpectedFailure.class);
        // What Vagrant leaves of it depends on its version.
        Files.createDirectories(stub.cache().resolve(sandbox).resolve(".vagrant/machines/only/stub"));
        assertThat(stub.inventory().sandbox(sandbox).orElseThrow().machines())
                .extracting(MachineView::name)
                .containsExactlyInAnyOrder("attacker", "victim");
        assertThatThrownBy(() -> run("only", MachineVerb.halt(), new ArrayList<>()))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("Sandbox " + sandbox + " has no machine only; it has attacker, victim.");
    }

    @Test
    void upMakesNoOtherMachine() throws Exception {
        define("attacker", "only");
        assertThat(run("", MachineVerb.up(), new ArrayList<>()))
                .isInstanceOf(ExpectedFailure.class)
                .extracting(failure -> ((ExpectedFailure) failure).details())
                .asString()
                .contains("victim");
        assertThat(LocalState.machines(stub.cache().resolve(sandbox)))
                .noneMatch(local -> local.name().equals("only") && !local.id().isEmpty());
        assertThat(stub.machines()).hasSize(2);
    }

    @Test
    void aMachineThatTheVerbMadeIsNamed() throws Exception {
        // The hypervisor lost it, so Vagrant makes another under the same name.
        String lost = stub.machines().stream()
                .filter(id -> id.contains("victim"))
                .findFirst()
                .orElseThrow();
        Files.delete(temp.resolve("world").resolve(lost));
        assertThat(run("", MachineVerb.up(), new ArrayList<>()))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageEndingWith("It made a VM that was not there before: victim.");
    }
}
