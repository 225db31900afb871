package dev.corral.core.operation.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.OverStub;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.vagrantfile.hook.Selection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another Vagrant holds one of several machines. Who waits for a lock does all of it again, so what has begun is not waited for. */
@Tag("unit")
@Timeout(180)
class LockedHalfwayTest extends OverStub {
    private final List<String> said = new CopyOnWriteArrayList<>();

    private ExpectedFailure refused(String sandbox, MachineVerb verb, String locked) throws Exception {
        Path root = stub.files(sandbox).directory().toRealPath();
        String name = HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5")
                        .digest((root.toString() + root.resolve(".vagrant") + locked)
                                .getBytes(StandardCharsets.UTF_8)));
        Path lock = temp.resolve("vagrant-home/data/lock.machine-action-" + name + ".lock");
        Process holder = new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo held; cat").start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            said.clear();
            return (ExpectedFailure)
                    StubWorld.failure(stub.corral().operations().run(sandbox, "", verb, line -> said.add(line.text())));
        } finally {
            holder.outputWriter().close();
            holder.waitFor();
        }
    }

    @Test
    void onlyWhatHasNotBegunIsWorthWaitingFor() throws Exception {
        Path file = stub.vagrantfile("single").resolveSibling("Vagrantfile");
        Files.writeString(file, """
                require_relative "stub"
                Stub.world = ENV.fetch("STUB_WORLD")
                Stub.verbs = true
                Vagrant.configure("2") do |config|
                  config.vm.provider :stub
                  config.vm.provision "step", type: :local, says: "the step ran"
                  config.vm.define "web", primary: true
                  config.vm.define "db"
                end
                """);
        String sandbox = stub.start(StartRequest.of(file));
        MachineVerb provision = MachineVerb.provision(Selection.ALL);
        ExpectedFailure first = refused(sandbox, provision, "web");
        assertThat(said).noneMatch(line -> line.contains("the step ran"));
        assertThat(first.kind()).isEqualTo(ExpectedFailure.Kind.BUSY);
        ExpectedFailure second = refused(sandbox, provision, "db");
        assertThat(said).anyMatch(line -> line.contains("the step ran"));
        assertThat(second.kind()).isEqualTo(ExpectedFailure.Kind.FAILED);
        assertThat(second).hasMessageContaining("Another Vagrant has locked").hasMessageContaining("was done already");
        // Of verbs without phases nothing but what Vagrant says tells that they have begun; it halts the last machine
        // first.
        assertThat(refused(sandbox, MachineVerb.halt(), "db").kind()).isEqualTo(ExpectedFailure.Kind.BUSY);
        ExpectedFailure halted = refused(sandbox, MachineVerb.halt(), "web");
        assertThat(said).anyMatch(line -> line.contains("Halting domain"));
        assertThat(halted.kind()).isEqualTo(ExpectedFailure.Kind.FAILED);
        stub.destroy(sandbox);
    }
}
