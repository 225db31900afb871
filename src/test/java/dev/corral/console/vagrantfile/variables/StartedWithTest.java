package dev.corral.console.vagrantfile.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrantfile.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether a file means the same here as to the start of a sandbox. */
@Tag("unit")
class StartedWithTest {
    private static final SandboxView SMALL = startedWith(Map.of("SIZE", "small"));

    private static SandboxView startedWith(Map<String, String> given) {
        SandboxView view = Story.sandbox(
                SandboxState.READY,
                MachineState.RUNNING,
                Story.start("one").provisioner("packages", "shell", 1, 9).done());
        Manifest old = view.manifest().orElseThrow();
        Manifest manifest = new Manifest(
                1,
                old.id(),
                old.createdAt(),
                old.owner(),
                old.origin(),
                old.vagrantfile(),
                new Manifest.StartContext(Optional.empty(), given, Optional.empty(), List.copyOf(given.keySet())),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        return new SandboxView(
                view.id(),
                view.directory(),
                Optional.of(manifest),
                view.state(),
                "",
                view.liveness(),
                view.machines(),
                view.operation(),
                view.operations(),
                view.createdAt());
    }

    private static boolean same(Map<String, String> here, String... read) {
        return StartedWith.same(
                Optional.of(Story.resolution(
                        List.of(read).stream()
                                .map(name -> new Resolution.Variable(name, "/v", 1))
                                .toList(),
                        Story.machine())),
                here,
                new Environment(Map.of("HOME", "/home/ada")),
                SMALL);
    }

    @Test
    void aVariableThatTheFileReadsCounts() {
        assertThat(same(Map.of("SIZE", "small"), "SIZE")).isTrue();
        assertThat(same(Map.of("SIZE", "large"), "SIZE")).isFalse();
        assertThat(same(Map.of(), "SIZE")).isFalse();
        assertThat(same(Map.of("SIZE", "small", "EXTRA", "1"), "SIZE", "EXTRA")).isFalse();
    }

    @Test
    void oneThatItDoesNotReadDoesNot() {
        assertThat(same(Map.of("EXTRA", "1"), "OTHER")).isTrue();
        assertThat(same(Map.of(), Resolution.ALL_VARIABLES)).isFalse();
    }

    @Test
    void whereNoneIsSetThisProcessesCounts() {
        assertThat(StartedWith.same(
                        Optional.empty(),
                        Map.of(),
                        new Environment(Map.of("HOME", "/home/ada", "SIZE", "small")),
                        SMALL))
                .isTrue();
    }
}
