package dev.corral.core.inventory.items;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.hypervisor.Host;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.inventory.Target;
import dev.corral.core.sandbox.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What belongs to whom when some sandboxes live at hosts of their own. */
@Tag("unit")
class HostItemsTest {
    private static final String FAR = "qemu+ssh://big/system";
    private static final String NEAR = "qemu:///system";
    private static final Map<String, String> VARIABLES = Map.of("LIBVIRT_DEFAULT_URI", FAR);

    private final Pieces pieces = new Pieces();

    @BeforeEach
    void reach() {
        pieces.hosts.put(HostContext.of(VARIABLES, List.of()), Set.of(Host.libvirt(FAR), Host.libvirt(NEAR)));
        pieces.answering.add(Host.libvirt(FAR));
    }

    private void sandbox(String id, Map<String, String> variables, String vm) {
        Manifest plain = Pieces.manifest(id, Pieces.ended(), Optional.empty());
        Manifest manifest = new Manifest(
                2,
                id,
                plain.createdAt(),
                plain.owner(),
                plain.origin(),
                "",
                new Manifest.StartContext(Optional.empty(), variables),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        pieces.sandboxes.add(Pieces.sandbox(id, Optional.of(manifest), SandboxState.READY, Optional.empty(), vm));
    }

    private void machine(String where, String uuid, String name, String source) {
        pieces.machines.add(new SurveyedMachine(
                new HypervisorObject("libvirt", uuid, name, MachineState.RUNNING, -1, where),
                source,
                List.of(new SurveyedMachine.Disk("/images/" + where.hashCode() + name, 1000, true, false)),
                0,
                0,
                List.of(),
                Optional.empty()));
    }

    @Test
    void aVmIsItsSandboxsAtItsOwnHostOnly() {
        sandbox("0a1b2c3d", VARIABLES, "u-1");
        sandbox("11112222", Map.of(), "u-2");
        machine(FAR, "u-1", "0a1b2c3d_default", "");
        // The same id elsewhere is another machine.
        machine(FAR, "u-2", "somebody's", "");
        machine(NEAR, "u-2", "11112222_default", "");
        List<InventoryItem> items = pieces.items();
        assertThat(items).extracting(InventoryItem::name).containsExactly("0a1b2c3d", "11112222");
        assertThat(items).allSatisfy(item -> {
            assertThat(item.state()).isEqualTo(ItemState.STRAY);
            assertThat(item.parts()).anyMatch(part -> part.bytes() == 1000);
        });
    }

    @Test
    void aSilentHostKeepsItsSandboxesAndNoOthers() {
        sandbox("0a1b2c3d", VARIABLES, "u-1");
        sandbox("11112222", Map.of(), "u-2");
        pieces.answering.clear();
        assertThat(pieces.item("0a1b2c3d"))
                .returns(ItemState.UNKNOWN, InventoryItem::state)
                .extracting(InventoryItem::reason)
                .asString()
                .endsWith("but libvirt does not say whether its VM exists.");
        assertThat(pieces.item("11112222").state()).isEqualTo(ItemState.STRAY);
        pieces.entry("3333333aaaa", "default", "libvirt", "/nowhere/33334444");
        assertThat(pieces.items())
                .filteredOn(item -> item.sandbox().equals("33334444"))
                .singleElement()
                .returns(ItemState.UNKNOWN, InventoryItem::state);
        pieces.answering.add(Host.libvirt(FAR));
        assertThat(pieces.items())
                .filteredOn(item -> item.sandbox().equals("33334444"))
                .singleElement()
                .returns(ItemState.GHOST, InventoryItem::state);
    }

    @Test
    void atOtherPeoplesHostsOnlyWhatWasMadeHereIsShown() {
        sandbox("0a1b2c3d", VARIABLES, "u-1");
        pieces.made.add("55556666");
        machine(FAR, "u-3", "77778888_default", "");
        machine(FAR, "u-4", "web", "");
        machine(
                FAR,
                "u-5",
                "99990000_default",
                Pieces.CACHE.resolve("99990000/Vagrantfile").toString());
        machine(FAR, "u-6", "55556666_default", "");
        pieces.volumes.add(volume("77778888_default.img"));
        pieces.volumes.add(volume("debian_vagrant_box_image_0_box.img"));
        pieces.volumes.add(volume("55556666_other.img"));
        pieces.networks.add(new Network(FAR, "777788880", "n-1", true));
        pieces.networks.add(new Network(FAR, "555566660", "n-2", true));
        assertThat(pieces.items())
                .filteredOn(item -> !item.name().equals("0a1b2c3d"))
                .allSatisfy(item -> assertThat(item.sandbox()).isEqualTo("55556666"))
                .extracting(InventoryItem::state)
                .containsExactlyInAnyOrder(ItemState.ORPHAN, ItemState.LEFTOVER, ItemState.LEFTOVER);
        assertThat(pieces.items())
                .extracting(InventoryItem::key)
                .contains("vm:libvirt:" + FAR + ":u-6", "network:" + FAR + ":n-2");
    }

    private static Volume volume(String name) {
        return new Volume(FAR, "default", name, "/images/" + name, 10, Optional.empty(), Instant.EPOCH);
    }

    @Test
    void whoUsesASandboxKeepsItThoughItsOwnerHasEnded() {
        Manifest leased =
                Pieces.manifest("0a1b2c3d", Pieces.ended(), Optional.empty()).leasedTo(Pieces.alive(), Pieces.NOW);
        pieces.sandboxes.add(
                Pieces.sandbox("0a1b2c3d", Optional.of(leased), SandboxState.READY, Optional.empty(), "u-1"));
        assertThat(pieces.item("0a1b2c3d"))
                .returns(ItemState.LIVE, InventoryItem::state)
                .extracting(InventoryItem::reason)
                .asString()
                .contains("is alive");
        pieces.sandboxes.set(
                0,
                Pieces.sandbox(
                        "0a1b2c3d",
                        Optional.of(leased.leasedTo(Pieces.unknowable(), Pieces.NOW)),
                        SandboxState.READY,
                        Optional.empty(),
                        "u-1"));
        assertThat(pieces.item("0a1b2c3d").state()).isEqualTo(ItemState.UNKNOWN);
    }

    @Test
    void namesLoseTheSuffixThatTheManifestNotes() {
        Manifest odd = new Manifest(
                1,
                "0a1b2c3d",
                Pieces.OLD,
                Pieces.alive(),
                Manifest.Origin.none(),
                "",
                new Manifest.StartContext(Optional.empty(), Map.of("INSPECT_VM_SUFFIX", "-odd")),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        SandboxView noted = Pieces.sandbox("0a1b2c3d", Optional.of(odd), SandboxState.READY, Optional.empty());
        assertThat(List.of("a-odd", "b", "-odd", "c-0a1b2c3d").stream().map(noted::plainName))
                .containsExactly("a", "b", "-odd", "c-0a1b2c3d");
        SandboxView none = Pieces.sandbox("0a1b2c3d", Optional.empty(), SandboxState.READY, Optional.empty());
        assertThat(none.plainName("c-0a1b2c3d")).isEqualTo("c");
        pieces.sandboxes.add(new SandboxView(
                noted.id(),
                noted.directory(),
                noted.manifest(),
                noted.state(),
                "",
                noted.liveness(),
                List.of(new MachineView(
                        noted.id(),
                        "web-odd",
                        true,
                        MachineState.RUNNING,
                        "libvirt",
                        "u-1",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        -1,
                        noted.directory())),
                Optional.empty(),
                Pieces.OLD));
        assertThat(pieces.item("0a1b2c3d").machines())
                .singleElement()
                .returns("web-odd", InventoryItem.Machine::name)
                .returns("web", InventoryItem.Machine::plainName);
    }

    @Test
    void whatANewerCorralMadeIsLeftAlone() {
        pieces.sandboxes.add(
                Pieces.sandbox("0a1b2c3d", Optional.empty(), SandboxState.UNKNOWN, Optional.empty(), "u-1"));
        assertThat(pieces.item("0a1b2c3d").state()).isEqualTo(ItemState.STRAY);
        pieces.newer.add(Pieces.CACHE.resolve("0a1b2c3d"));
        assertThat(pieces.item("0a1b2c3d"))
                .returns(ItemState.UNKNOWN, InventoryItem::state)
                .returns(new Target.None(), InventoryItem::target)
                .returns("A newer Corral made it, whose notes this one does not understand.", InventoryItem::reason);
    }
}
