package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.HypervisorTools;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.RecordedMachines;
import dev.corral.core.hypervisor.RecordedTools;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.RunningProcess;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot verb that ends well is believed only as far as the hypervisor shows the snapshot. libvirt's answers are recorded ones. */
@Tag("unit")
@Timeout(60)
class SnapshotOutcomeTest {
    @TempDir
    Path temp;

    private String listing = "";
    private final List<String> said = new ArrayList<>();

    private final class Tools implements HypervisorTools {
        private final RecordedTools others = RecordedMachines.libvirt(1, 0, "/nowhere", n -> "box");

        @Override
        public boolean has(String program) {
            return others.has(program);
        }

        @Override
        public ProcessResult run(List<String> command, Duration limit) throws IOException {
            if (!command.contains("snapshot-list")) {
                return others.run(command, limit);
            }
            return listing.isEmpty()
                    ? new ProcessResult(1, new byte[0], "error: timed out".getBytes(StandardCharsets.UTF_8))
                    : new ProcessResult(0, listing.getBytes(StandardCharsets.UTF_8), new byte[0]);
        }

        @Override
        public RunningProcess follow(List<String> command, OutputStream out) throws IOException {
            return others.follow(command, out);
        }
    }

    private void snapshots(String... names) {
        StringBuilder text =
                new StringBuilder(" Name    Creation Time               State\n---------------------------\n");
        for (String name : names) {
            text.append(' ').append(name).append("   2026-11-25 23:06:30 +0000   shutoff\n");
        }
        listing = text.toString();
    }

    private void check(MachineVerb verb) throws Exception {
        Path machine = Files.createDirectories(temp.resolve("box/.vagrant/machines/default/libvirt"));
        Files.writeString(machine.resolve("id"), RecordedMachines.uuid(0));
        VerbOutcome outcome = new VerbOutcome(
                SandboxFiles.inOne(temp.resolve("box")),
                "",
                verb,
                new Hypervisors(new Environment(Map.of("PATH", "/nowhere")), new Tools(), temp),
                Manifest.hosts(Optional.empty()),
                List.of(),
                Duration.ofMillis(1));
        outcome.line("1795900000,default,action,snapshot_save,start");
        said.clear();
        outcome.check(line -> said.add(line.machine() + ": " + line.text()));
    }

    @Test
    void whatIsSeenIsSaid() throws Exception {
        snapshots("clean", "other");
        check(MachineVerb.saveSnapshot("clean"));
        assertThat(said).containsExactly("default: Seen at libvirt: snapshot clean is there.");
        check(MachineVerb.restoreSnapshot("clean"));
        check(MachineVerb.deleteSnapshot("gone"));
        assertThat(said).containsExactly("default: Seen at libvirt: snapshot gone is gone.");
    }

    @Test
    void whatIsNotSeenIsNotBelieved() {
        snapshots("other");
        assertThatThrownBy(() -> check(MachineVerb.saveSnapshot("clean")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("vagrant snapshot save ended without an error, but not as asked: "
                        + "snapshot clean is not there on default.");
        assertThatThrownBy(() -> check(MachineVerb.deleteSnapshot("other")))
                .hasMessageEndingWith("but not as asked: snapshot other is there on default.");
    }

    @Test
    void whereNobodyTellsVagrantIsBelieved() throws Exception {
        check(MachineVerb.saveSnapshot("clean"));
        assertThat(said).isEmpty();
    }
}
