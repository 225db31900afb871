package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.RecordedTools;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrantfile.hook.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A verb that ends well is believed only as far as the hypervisor shows it. VirtualBox's answers are recorded ones. */
@Tag("unit")
@Timeout(60)
class SeenOutcomeTest {
    private static final String LIST = "VBoxManage list --long vms";
    private static final String WEB = "06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a11";
    private static final String DB = "06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a22";

    @TempDir
    Path temp;

    private final RecordedTools tools = new RecordedTools();
    private final List<String> said = new ArrayList<>();
    private SandboxFiles files;

    @BeforeEach
    void make() throws IOException {
        files = SandboxFiles.inOne(Files.createDirectories(temp.resolve("s-0a1b2c3d")));
        note("web", "virtualbox", WEB);
        note("db", "virtualbox", DB);
        shows(vm(WEB, "running"), vm(DB, "running"));
    }

    private void note(String name, String provider, String id) throws IOException {
        Path folder = Files.createDirectories(
                files.directory().resolve(".vagrant/machines").resolve(name).resolve(provider));
        Files.writeString(folder.resolve("id"), id);
    }

    private void shows(String... vms) {
        tools.program(LIST, String.join("\n", vms));
    }

    private static String vm(String id, String state) {
        return "Name:   vm\nUUID:   " + id + "\nState:   " + state + " (since 2026-02-06T10:00:00.000000000)\n";
    }

    private VerbOutcome outcome(MachineVerb verb, String machine) throws IOException {
        return new VerbOutcome(
                files,
                machine,
                verb,
                new Hypervisors(new Environment(Map.of("PATH", "/nowhere")), tools, temp.resolve("proc")),
                HostContext.here(),
                List.of(),
                Duration.ofMillis(1));
    }

    private void check(VerbOutcome outcome, String... spokenOf) throws Exception {
        for (String machine : spokenOf) {
            outcome.line("1795900000," + machine + ",ui,info,==> " + machine + ": done");
        }
        said.clear();
        outcome.check(line -> said.add(line.machine() + ": " + line.text()));
    }

    @Test
    void whatIsSeenIsSaid() throws Exception {
        VerbOutcome halt = outcome(MachineVerb.halt(), "");
        assertThat(halt.targets()).containsExactly("db", "web");
        shows(vm(WEB, "powered off"), vm(DB, "powered off"));
        check(halt, "web", "db");
        assertThat(said).containsExactly("db: Seen at virtualbox: stopped.", "web: Seen at virtualbox: stopped.");
        check(outcome(MachineVerb.listSnapshots(), ""), "web", "db");
        assertThat(said).as("it is about no state").isEmpty();
    }

    @Test
    void aVerbForOneLooksAtThatOneOnly() throws Exception {
        VerbOutcome halt = outcome(MachineVerb.halt(), "web");
        assertThat(halt.targets()).containsExactly("web");
        shows(vm(WEB, "powered off"), vm(DB, "running"));
        check(halt, "web");
        assertThat(said).containsExactly("web: Seen at virtualbox: stopped.");
    }

    @Test
    void chosenProvisionersRunInWhatRunsAlready() throws Exception {
        shows(vm(WEB, "running"), vm(DB, "powered off"));
        MachineVerb chosen = MachineVerb.up(Selection.from(2));
        assertThat(outcome(chosen, "web").given()).isEqualTo(MachineVerb.provision(Selection.from(2)));
        assertThat(outcome(chosen, "db").given()).as("it boots").isEqualTo(chosen);
        assertThat(outcome(MachineVerb.up(), "web").given()).isEqualTo(MachineVerb.up());
        assertThat(outcome(chosen, "db").single()).isEqualTo("db");
        assertThatThrownBy(() -> outcome(chosen, "").single())
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("Provisioners are chosen of one VM, and s-0a1b2c3d has db, web.");
    }

    @Test
    void whatRunsStillWasNotHalted() throws Exception {
        VerbOutcome halt = outcome(MachineVerb.halt(), "");
        assertThatThrownBy(() -> check(halt, "web"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("vagrant halt ended without an error, but not as asked: "
                        + "db is running, and Vagrant did not look at it; web is running.");
    }

    @Test
    void whatVagrantDidNotLookAtWasNotDone() throws Exception {
        VerbOutcome up = outcome(MachineVerb.up(), "");
        assertThatThrownBy(() -> check(up, "web"))
                .hasMessage("vagrant up ended without an error, but not as asked: Vagrant did not look at db.");
        VerbOutcome again = outcome(MachineVerb.up(), "");
        again.line("1795900000,db,metadata,provider,virtualbox");
        again.line("what a Vagrantfile prints");
        assertThatThrownBy(() -> check(again, "web"))
                .as("only actions and messages tell that it looked")
                .hasMessageContaining("did not look at db");
    }

    @Test
    void aStateThatComesALittleLaterIsWaitedFor() throws Exception {
        VerbOutcome halt = new VerbOutcome(
                files,
                "web",
                MachineVerb.halt(),
                new Hypervisors(new Environment(Map.of("PATH", "/nowhere")), tools, temp.resolve("proc")),
                HostContext.here(),
                List.of(),
                Duration.ofSeconds(20));
        Thread later = Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            shows(vm(WEB, "powered off"));
        });
        check(halt, "web");
        later.join();
        assertThat(said).containsExactly("web: Seen at virtualbox: stopped.");
    }

    @Test
    void aMachineThatIsGoneIsNotBelieved() throws Exception {
        VerbOutcome up = outcome(MachineVerb.up(), "web");
        shows(vm(DB, "running"));
        assertThatThrownBy(() -> check(up, "web")).hasMessageContaining("not as asked: web is gone.");
        VerbOutcome list = outcome(MachineVerb.listSnapshots(), "db");
        shows();
        assertThatThrownBy(() -> check(list, "db"))
                .as("whatever the verb is about")
                .hasMessageContaining("not as asked: db is gone.");
    }

    @Test
    void whatNobodySawBeforeMayBeElsewhere() throws Exception {
        shows();
        VerbOutcome halt = outcome(MachineVerb.halt(), "web");
        check(halt, "web");
        assertThat(said).containsExactly("web: Nobody can ask virtualbox here: Vagrant says that it is done.");
    }

    @Test
    void whereNobodyAnswersVagrantIsBelieved() throws Exception {
        note("box", "vmware_desktop", "x");
        check(outcome(MachineVerb.halt(), "box"), "box");
        assertThat(said).containsExactly("box: Nobody can ask vmware_desktop here: Vagrant says that it is done.");
    }

    @Test
    void aPlainQemuWithoutAProcessIsItsDisk() throws Exception {
        Files.createDirectories(temp.resolve("proc/self"));
        note("plain", "qemu", "vq_1");
        VerbOutcome halt = outcome(MachineVerb.halt(), "plain");
        assertThatThrownBy(() -> check(halt, "plain")).hasMessageContaining("plain is gone.");
        Files.createDirectories(files.directory().resolve(".vagrant/machines/plain/qemu/vq_1"));
        check(outcome(MachineVerb.halt(), "plain"), "plain");
        assertThat(said).containsExactly("plain: Seen at qemu: stopped.");
    }

    @Test
    void aMachineThatNobodyAskedForIsNamed() throws Exception {
        VerbOutcome up = outcome(MachineVerb.up(), "");
        assertThat(up.news()).isEmpty();
        note("spoken-of", "virtualbox", "");
        note("other", "virtualbox", "06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a33");
        assertThat(up.news()).isEqualTo("It made a VM that was not there before: other.");
        assertThatThrownBy(() -> check(up, "web", "db"))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.nextStep())
                        .contains("corral logs s-0a1b2c3d"))
                .hasMessage("vagrant up ended without an error, but did more than was asked. "
                        + "It made a VM that was not there before: other.");
        assertThat(outcome(MachineVerb.up(), "").targets())
                .as("what has no id does not exist")
                .containsExactly("db", "other", "web");
    }
}
