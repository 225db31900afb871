package dev.corral.core.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Subscription;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.sandbox.SandboxUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a cleanup removes is a stray to the last moment. */
@Tag("unit")
@Timeout(60)
class LocalItemRemoverTest {
    private static final String MANIFEST = """
            {"schema_version":1,"id":"%s","created_at":"2026-02-06T10:00:00Z","origin":{"task":"t","sample":"s"},
             "owner":{"pid":2147483647,"start_ticks":1,"boot_id":"","kind":"INSPECT"},"vagrantfile":"/x/Vagrantfile",
             "context":{"environment":{}},"machines":["default"],"primary":"default"}
            """;

    @TempDir
    Path temp;

    @Test
    void whereAShellOpensAfterTheLastLookNothingIsDestroyed() throws Exception {
        try (StubWorld world = new StubWorld(temp, Map.of("PATH", "/nowhere"))) {
            SandboxStore store = new SandboxStore(world.cache());
            SandboxFiles files = store.create("s");
            Files.writeString(files.manifest(), MANIFEST.formatted(files.id()));
            Inventory last = world.inventory();
            InventoryItem item = last.items().getFirst();
            CleanupPlan plan = Planner.plan(last, CleanupChoice.everyStray(), Instant.now());
            CleanupStep step = plan.steps().getFirst();
            LocalItemRemover remover =
                    new LocalItemRemover(world.corral().operations(), store, new Hypervisors(world.environment()));
            try (Subscription shell = SandboxUse.begin(files)) {
                assertThatThrownBy(() -> remover.carryOut(step, plan, item))
                        .isInstanceOf(ItemRemover.ItemChanged.class)
                        .hasMessage("Somebody has a shell or a command in a VM, so it was left alone.");
            }
            assertThat(files.manifest()).exists();
            remover.carryOut(step, plan, item);
            assertThat(files.own()).doesNotExist();
            assertThat(files.directory()).doesNotExist();
        }
    }
}
