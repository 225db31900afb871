package dev.corral.core.inventory.items;

import static dev.corral.core.inventory.items.Pieces.CACHE;
import static dev.corral.core.inventory.items.Pieces.NOW;
import static dev.corral.core.inventory.items.Pieces.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.InventoryItem.Part;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.Target;
import dev.corral.core.inventory.items.Evidence.Folder.Shape;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Parts, keys and order of items that are no sandbox, and of what is under way. */
@Tag("unit")
class OtherItemPartsTest extends ItemPartsFixture {
    @Test
    void onlyAFolderOneOrTwoBelowTheCacheIsASandboxs() {
        vm("deep", "u-1", "/cache/a/b/" + ID + "/Vagrantfile", 0);
        vm("odd", "u-2", "/cache/notes/Vagrantfile", 0);
        vm("root", "u-3", "/Vagrantfile", 0);
        vm("nul", "u-4", "/a\0b/Vagrantfile", 0);
        for (String name : List.of("deep", "odd", "root")) {
            assertThat(pieces.item(name).state()).as(name).isEqualTo(ItemState.FOREIGN);
            assertThat(pieces.item(name).reason()).startsWith("It belongs to a Vagrant project elsewhere");
        }
        assertThat(pieces.item("nul").state()).isEqualTo(ItemState.FOREIGN);
    }

    @Test
    void disksSayWhenTheyWereWritten() {
        pieces.made.add("deadbeef");
        pieces.volume("deadbeef_a.img", "", OLD);
        pieces.volume("deadbeef_b.img", "", Instant.EPOCH);
        pieces.volume("deadbeef_c.img", "", NOW.minus(OtherItems.FRESH));
        pieces.volume("box_vagrant_box_image_1_box.img", "", OLD);
        InventoryItem dated = pieces.item("deadbeef_a.img");
        assertThat(dated)
                .returns("volume:" + SYSTEM + ":default:deadbeef_a.img", InventoryItem::key)
                .returns(ItemKind.VOLUME, InventoryItem::kind)
                .returns("deadbeef", InventoryItem::sandbox)
                .returns(1000L, InventoryItem::bytes)
                .returns(List.of(new Part("disks", 1000)), InventoryItem::parts)
                .returns(Optional.of(OLD), InventoryItem::since)
                .returns(Set.of(Layer.HYPERVISOR), InventoryItem::knownTo);
        assertThat(pieces.item("deadbeef_b.img").since()).isEmpty();
        assertThat(pieces.item("deadbeef_b.img").state())
                .as("its age is not known")
                .isEqualTo(ItemState.LEFTOVER);
        assertThat(pieces.item("deadbeef_c.img").state()).isEqualTo(ItemState.LEFTOVER);
        assertThat(pieces.item("box_vagrant_box_image_1_box.img").parts())
                .containsExactly(new Part("box copies", 1000));
        pieces.volumes.add(new Volume(SYSTEM, "default", "deadbeef_d.img", "/i/d", 0, Optional.empty(), OLD));
        assertThat(pieces.item("deadbeef_d.img").parts()).isEmpty();
        assertThat(pieces.item("deadbeef_d.img").target()).isEqualTo(new Target.Disk(pieces.volumes.getLast()));
    }

    @Test
    void aNetworkInUseIsNoItem() {
        pieces.made.add("deadbeef");
        pieces.network("deadbeef0");
        pieces.networks.add(new Network("qemu:///session", "deadbeef0", "n-2", true));
        pieces.machines.add(new SurveyedMachine(
                new HypervisorObject("libvirt", "u-1", "windows", MachineState.RUNNING, -1, SYSTEM),
                "",
                List.of(),
                0,
                0,
                List.of("deadbeef0"),
                Optional.empty()));
        assertThat(pieces.items())
                .as("the same name elsewhere is another network")
                .extracting(InventoryItem::key)
                .containsExactly("vm:libvirt:" + SYSTEM + ":u-1", "network:qemu:///session:n-2");
        pieces.machines.clear();
        pieces.networks.removeLast();
        InventoryItem network = pieces.items().getFirst();
        assertThat(network)
                .returns("network:" + SYSTEM + ":net-deadbeef0", InventoryItem::key)
                .returns("deadbeef", InventoryItem::sandbox)
                .returns(0L, InventoryItem::bytes)
                .returns(new Target.Net(pieces.networks.getFirst()), InventoryItem::target);
    }

    @Test
    void foldersCanBeRemovedIfNobodyElseHasThem() {
        pieces.folder("0a1b2c3d-77", Shape.TRASH, OLD);
        pieces.folder("11111111", Shape.HALF_MADE, NOW.minus(OtherItems.FRESH));
        pieces.folder("theirs", Shape.UNTRUSTED, OLD);
        pieces.folders.add(new Evidence.Folder(CACHE.resolve("empty"), Shape.OTHER, 0, OLD));
        assertThat(pieces.item("0a1b2c3d-77"))
                .returns(new Target.Folder(CACHE.resolve("0a1b2c3d-77")), InventoryItem::target)
                .returns(10L, InventoryItem::bytes)
                .returns(List.of(new Part("files", 10)), InventoryItem::parts)
                .returns(Optional.of(OLD), InventoryItem::since)
                .returns(Set.of(Layer.CACHE), InventoryItem::knownTo)
                .returns("folder:/cache/0a1b2c3d-77", InventoryItem::key);
        assertThat(pieces.item("11111111"))
                .returns(ItemState.LEFTOVER, InventoryItem::state)
                .returns(new Target.Folder(CACHE.resolve("11111111")), InventoryItem::target);
        assertThat(pieces.item("theirs"))
                .returns(ItemState.FOREIGN, InventoryItem::state)
                .returns(new Target.None(), InventoryItem::target);
        assertThat(pieces.item("empty").parts()).isEmpty();
    }

    @Test
    void anEntryIsNamedByTheBeginningOfItsUuid() {
        pieces.entry("1111111aaaa", "default", "libvirt", "/nowhere/9f3c2a1b");
        pieces.entry("222", "web", "libvirt", "/nowhere/notes");
        assertThat(pieces.item("1111111"))
                .returns("index:/home/.vagrant.d:1111111aaaa", InventoryItem::key)
                .returns(ID, InventoryItem::sandbox)
                .returns(
                        List.of(new InventoryItem.Machine("default", MachineState.GONE, "libvirt", "")),
                        InventoryItem::machines)
                .returns(Optional.of(Path.of("/nowhere/9f3c2a1b")), InventoryItem::directory)
                .returns(new Target.IndexEntry(Pieces.HOME, "1111111aaaa"), InventoryItem::target)
                .returns("libvirt", InventoryItem::provider);
        assertThat(pieces.item("222").sandbox()).isEmpty();
        pieces.answered.clear();
        assertThat(pieces.item("222").machines().getFirst().state()).isEqualTo(MachineState.UNKNOWN);
    }

    @Test
    void anEntryOfAVmThatLivesStays() {
        pieces.entry("1111111", "web", "libvirt", "/nowhere/lab");
        assertThat(pieces.item("1111111").state()).isEqualTo(ItemState.GHOST);
        vm("lab_web_1", "u-1", "", 0);
        assertThat(pieces.item("1111111").state()).as("by its name").isEqualTo(ItemState.UNKNOWN);
        assertThat(pieces.item("1111111").machines().getFirst().state()).isEqualTo(MachineState.STOPPED);
        pieces.machines.clear();
        vm("other", "u-1", "/nowhere/lab/Vagrantfile", 0);
        assertThat(pieces.item("1111111").state()).as("by its source").isEqualTo(ItemState.UNKNOWN);
        pieces.machines.clear();
        vm("other", "u-1", "", 0, disk("/nowhere/lab/.vagrant/disk", 1, true));
        assertThat(pieces.item("1111111").state()).as("by its disk").isEqualTo(ItemState.UNKNOWN);
        pieces.machines.clear();
        vm("other", "u-1", "", 0, disk("/elsewhere/disk", 1, true));
        assertThat(pieces.item("1111111").state()).isEqualTo(ItemState.GHOST);
    }

    @Test
    void itemsComeInAFixedOrder() {
        pieces.folder("11111111", Shape.HALF_MADE, OLD);
        pieces.owned("22222222", Pieces.ended(), "u-2");
        pieces.owned("11111111", Pieces.ended(), "u-1");
        vm("z", "u-3", "", 0);
        vm("a", "u-4", "", 0);
        vm("a", "u-0", "", 0);
        assertThat(pieces.items())
                .extracting(InventoryItem::key)
                .containsExactly(
                        "sandbox:/cache/11111111",
                        "sandbox:/cache/22222222",
                        "vm:libvirt:" + SYSTEM + ":u-0",
                        "vm:libvirt:" + SYSTEM + ":u-4",
                        "vm:libvirt:" + SYSTEM + ":u-3",
                        "folder:/cache/11111111");
    }

    @Test
    void aWaitingStartIsOneToo() {
        Manifest manifest = Pieces.manifest(ID, Pieces.ended(), Optional.empty());
        pieces.sandboxes.add(
                Pieces.sandbox(ID, Optional.of(manifest), SandboxState.INTERRUPTED, Optional.empty(), "u-1"));
        assertThat(pieces.item(ID).reason()).endsWith("has ended in the middle of its start.");
        pieces.sandboxes.set(
                0, Pieces.sandbox(ID, Optional.of(manifest), SandboxState.DESTROY_FAILED, Optional.empty(), "u-1"));
        assertThat(pieces.item(ID).reason()).isEqualTo("A destroy failed.");
    }

    @Test
    void aStartUnderWaySaysItsPhase() {
        OperationView start = Pieces.operation("start", true, false, "");
        OperationView boots = new OperationView(
                start.workflow(),
                start.kind(),
                start.target(),
                start.startedAt(),
                start.endedAt(),
                true,
                List.of(new PhaseSpan(Phase.of(PhaseKind.BOOT, "default"), OLD, Optional.empty(), false)),
                Optional.empty(),
                Optional.empty(),
                List.of());
        pieces.sandboxes.add(Pieces.sandbox(ID, Optional.empty(), SandboxState.STARTING, Optional.of(boots), "u-1"));
        assertThat(pieces.item(ID))
                .returns(ItemState.STARTING, InventoryItem::state)
                .returns("Its start is under way (boot).", InventoryItem::reason);
    }

    @Test
    void whatWasMadeHereIsKnownByItsWholeName() {
        pieces.made.add("my_lab");
        vm("my_lab_default", "u-1", "", 0);
        pieces.volume("my_lab_default.img", "", OLD);
        assertThat(pieces.item("my_lab_default"))
                .returns(ItemState.ORPHAN, InventoryItem::state)
                .returns("my_lab", InventoryItem::sandbox);
        assertThat(pieces.item("my_lab_default.img"))
                .returns(ItemState.LEFTOVER, InventoryItem::state)
                .returns("my_lab", InventoryItem::sandbox);
    }

    @Test
    void whatMayBeThereWasNotDestroyed() throws IOException {
        pieces.made.addAll(Set.of("deadbeef", "0badcafe"));
        vm("deadbeef_default", "u-1", "", 0);
        vm("told", "u-2", Pieces.CACHE.resolve("0badcafe") + "/Vagrantfile", 0);
        pieces.volume("deadbeef_a.img", "", OLD);
        pieces.network("deadbeef0");
        for (String name : List.of("deadbeef_default", "told", "deadbeef_a.img", "deadbeef0")) {
            assertThat(pieces.item(name).state()).as(name).isIn(ItemState.ORPHAN, ItemState.LEFTOVER);
        }
        pieces.caches.add(temp);
        // Each alone: Vagrant's root, or what is ours.
        Files.createDirectories(temp.resolve("deadbeef"));
        Files.createDirectories(temp.resolve(".corral/sandboxes/0badcafe"));
        for (String name : List.of("deadbeef_default", "told", "deadbeef_a.img", "deadbeef0")) {
            assertThat(pieces.item(name).state()).as(name).isEqualTo(ItemState.UNKNOWN);
            assertThat(pieces.item(name).reason()).as(name).endsWith("its files can't be read.");
        }
        pieces.caches.remove(temp);
        pieces.listed = false;
        assertThat(pieces.item("deadbeef_default").state())
                .as("nothing could be listed")
                .isEqualTo(ItemState.UNKNOWN);
    }

    @Test
    void aDirectoryIsMeasuredInWholeBlocks() throws IOException {
        Path tree = Files.createDirectories(temp.resolve("s"));
        Files.write(tree.resolve("one"), new byte[1]);
        Files.write(tree.resolve("block"), new byte[4096]);
        Files.write(tree.resolve("empty"), new byte[0]);
        Path logs = Files.createDirectories(tree.resolve("logs/deeper"));
        Files.write(logs.resolveSibling("a.log"), new byte[4097]);
        Files.write(logs.resolve("b.log"), new byte[1]);
        Files.createSymbolicLink(tree.resolve("link"), tree.resolve("block"));
        assertThat(DirectorySize.of(tree)).isEqualTo(new DirectorySize(3 * 4096 + 4096 + 4096 + 8192 + 4096, 8192));
        assertThat(DirectorySize.of(temp.resolve("never"))).isEqualTo(new DirectorySize(0, 0));
    }

    @Test
    void aKeyIsThePath() {
        assertThat(Keys.of(Path.of("/cache/日本"))).isEqualTo("/cache/日本");
    }
}
