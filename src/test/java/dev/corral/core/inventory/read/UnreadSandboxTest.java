package dev.corral.core.inventory.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.hypervisor.Host;
import dev.corral.core.hypervisor.HostAnswers;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A VM of a sandbox that is there and can't be read is nobody's stray, though only its name says whose it is. */
@Tag("unit")
class UnreadSandboxTest {
    private static final String MANIFEST = """
            {"schema_version":1,"id":"%s","created_at":"2026-02-06T10:00:00Z","origin":{"task":"t","sample":"s"},
             "owner":{"pid":2147483647,"start_ticks":1,"boot_id":"","kind":"INSPECT"},"vagrantfile":"/x/Vagrantfile",
             "context":{"environment":{}},"machines":["default"],"primary":"default"}
            """;

    @TempDir
    Path temp;

    private SandboxStore store;
    private InventoryReader reader;
    private SandboxFiles files;

    @BeforeEach
    void aSandbox() throws IOException {
        Environment environment = new Environment(Map.of("PATH", "/nowhere", "HOME", temp.toString()));
        store = new SandboxStore(temp.resolve("cache"));
        reader = new InventoryReader(environment, store, new Hypervisors(environment));
        files = store.create("s");
        Files.writeString(files.manifest(), MANIFEST.formatted(files.id()));
    }

    @Test
    void oneThatIsGoneIsNotListedAsOneThatCantBeRead() throws IOException {
        Files.writeString(MachineIdentity.file(files), "{");
        assertThat(inventory(Survey.nothing()).items())
                .extracting(InventoryItem::directory)
                .contains(Optional.of(files.directory()));
        store.remove(files, false);
        assertThat(inventory(Survey.nothing()).items()).isEmpty();
    }

    private Inventory inventory(Survey survey) {
        List<String> unread = reader.update(Changes.everything(), true);
        return reader.read(survey, unread, true);
    }

    /** The item of its VM, as VirtualBox tells of it: its name and nothing of where it was made. */
    private Optional<InventoryItem> machine() {
        Set<Host> hosts = Set.of(new Host("virtualbox", ""));
        Survey survey = new Survey(
                Instant.now(),
                List.of(new SurveyedMachine(
                        new HypervisorObject(
                                "virtualbox", "u-1", files.id() + "_default", MachineState.RUNNING, -1, ""),
                        "",
                        List.of(),
                        0,
                        0,
                        List.of(),
                        Optional.empty())),
                List.of(),
                List.of(),
                List.of(),
                new HostAnswers(Map.of(HostContext.here(), hosts), hosts),
                Map.of(),
                List.of());
        return inventory(survey).items().stream()
                .filter(item -> item.kind() == ItemKind.MACHINE)
                .findFirst();
    }

    @Test
    void oneOfASandboxThatIsReadIsItsOwn() {
        assertThat(machine()).isEmpty();
    }

    @Test
    void oneOfASandboxWithADamagedFileIsNoOrphan() throws IOException {
        Files.writeString(MachineIdentity.file(files), "{");
        assertThat(machine()).get().returns(ItemState.UNKNOWN, InventoryItem::state);
    }

    @Test
    void oneOfASandboxThatWasReadBeforeIsNoOrphan() throws IOException {
        assertThat(machine()).isEmpty();
        Files.writeString(MachineIdentity.file(files), "{");
        assertThat(machine()).get().returns(ItemState.UNKNOWN, InventoryItem::state);
        Files.delete(MachineIdentity.file(files));
        assertThat(machine()).isEmpty();
    }

    @Test
    void noneIsAnOrphanWhileSandboxesCantBeListed() throws IOException {
        Path ours = files.own().getParent();
        Files.move(ours, temp.resolve("elsewhere"));
        SafeFiles.deleteTree(files.directory());
        Files.createSymbolicLink(ours, ours);
        assertThat(machine()).get().returns(ItemState.UNKNOWN, InventoryItem::state);
        Files.delete(ours);
        assertThat(machine()).get().returns(ItemState.ORPHAN, InventoryItem::state);
    }
}
