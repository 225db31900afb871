package dev.corral.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SpareMachinesTest {
    private static final Path FOLDER = Path.of("/home/ada/lab-1");

    private static SandboxView sandbox(MachineView... machines) throws Exception {
        Manifest manifest = Json.mapper().readValue("""
                        {"schema_version":2,"id":"lab-1","created_at":"2026-02-06T10:00:00Z",
                         "owner":{"pid":1,"start_ticks":1,"boot_id":"","kind":"CONSOLE"},
                         "context":{"environment":{}},"machines":["a"],"spare":["b","c"],"primary":"a"}
                        """, Manifest.class);
        return new SandboxView(
                "lab-1",
                FOLDER,
                Optional.of(manifest),
                SandboxState.READY,
                "",
                Liveness.LIVE,
                List.of(machines),
                Optional.empty(),
                Instant.EPOCH);
    }

    private static MachineView machine(String name, String id) {
        return new MachineView(
                "lab-1",
                name,
                false,
                MachineState.RUNNING,
                "libvirt",
                id,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                -1,
                FOLDER);
    }

    @Test
    void thoseThatWereNeverMadeAreOffered() throws Exception {
        assertThat(SpareMachines.of(sandbox(machine("a", "1")))).containsExactly("b", "c");
        assertThat(SpareMachines.of(sandbox(machine("a", "1"), machine("b", "2"), machine("c", ""))))
                .as("the one without an id does not exist")
                .containsExactly("c");
    }
}
