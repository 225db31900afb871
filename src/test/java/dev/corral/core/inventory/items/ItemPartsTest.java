package dev.corral.core.inventory.items;

import static dev.corral.core.inventory.items.Pieces.CACHE;
import static dev.corral.core.inventory.items.Pieces.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ForeignFiles.Fault;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.InventoryItem.Part;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import dev.corral.core.inventory.Target;
import dev.corral.core.inventory.items.Evidence.Worker;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an item consists of, where it is known, and what removing it means. */
@Tag("unit")
class ItemPartsTest extends ItemPartsFixture {
    @Test
    void aSandboxConsistsOfItsDisksMemoryLogsAndFiles() {
        pieces.owned(ID, Pieces.ended(), "u-1");
        vm("x", "u-1", "", 300, disk("/i/a", 1000, true), disk("/i/base", 5000, false));
        pieces.volume(ID + "_extra.img", "", OLD);
        pieces.bytes.put(CACHE.resolve(ID), new DirectorySize(90, 40));
        InventoryItem item = pieces.item(ID);
        long own = pieces.machines.getFirst().ownBytes();
        assertThat(item.parts())
                .containsExactly(
                        new Part("disks", own - 300 + 1000),
                        new Part("saved memory", 300),
                        new Part("logs", 40),
                        new Part("files", 50));
        assertThat(item.bytes()).isEqualTo(own + 1000 + 90);
        assertThat(item.target())
                .isEqualTo(new Target.Sandbox(CACHE.resolve(ID), List.of("/i/a", "/images/" + ID + "_extra.img")));
        assertThat(item.provider()).isEqualTo("libvirt");
        assertThat(item.directory()).contains(CACHE.resolve(ID));
        assertThat(item.since()).contains(OLD);
        assertThat(item.owner()).contains(Pieces.ended());
    }

    @Test
    void whatIsNotThereIsNoPart() {
        pieces.owned(ID, Pieces.ended(), "u-1");
        assertThat(pieces.item(ID).parts()).isEmpty();
        assertThat(pieces.item(ID).bytes()).isZero();
        pieces.volumes.add(new Volume(SYSTEM, "default", ID + "_a.img", "/i/a", -1, Optional.empty(), OLD));
        assertThat(pieces.item(ID).parts()).as("of unknown size").isEmpty();
    }

    @Test
    void theLayersAreThoseThatKnowOfIt() {
        pieces.owned(ID, Pieces.ended());
        assertThat(pieces.item(ID).knownTo()).containsExactlyInAnyOrder(Layer.CACHE);
        pieces.volume(ID + "_a.img", "", OLD);
        assertThat(pieces.item(ID).knownTo()).containsExactlyInAnyOrder(Layer.CACHE, Layer.HYPERVISOR);
        pieces.volumes.clear();
        pieces.entry("1111111aaaa", "default", "libvirt", CACHE.resolve(ID).toString());
        assertThat(pieces.item(ID).knownTo()).containsExactlyInAnyOrder(Layer.CACHE, Layer.INDEX);
        pieces.sandboxes.clear();
        pieces.entries.clear();
        pieces.owned(ID, Pieces.ended(), "u-1");
        assertThat(pieces.item(ID).knownTo()).containsExactlyInAnyOrder(Layer.CACHE, Layer.VAGRANT);
        vm("x", "u-1", "", 0);
        assertThat(pieces.item(ID).knownTo()).containsExactlyInAnyOrder(Layer.CACHE, Layer.VAGRANT, Layer.HYPERVISOR);
        assertThat(pieces.item(ID).machines()).hasSize(1);
    }

    @Test
    void onlyALiveRunOfInspectKnowsIt() {
        pieces.owned(ID, Pieces.ended(), "u-1");
        pieces.busy.put(CACHE.resolve(ID), new Worker(0, "a command of Corral's", false));
        assertThat(pieces.item(ID))
                .returns(ItemState.LIVE, InventoryItem::state)
                .returns("A command of Corral's works on it right now.", InventoryItem::reason);
        assertThat(pieces.item(ID).knownTo()).contains(Layer.INSPECT);
        pieces.sandboxes.clear();
        pieces.owned(ID, Pieces.alive(), "u-1");
        assertThat(pieces.item(ID).knownTo()).as("the window is no run").doesNotContain(Layer.INSPECT);
    }

    @Test
    void aNetworkAloneKeepsASandboxFromBeingALeftover() {
        pieces.owned(ID, Pieces.ended());
        assertThat(pieces.item(ID).state()).isEqualTo(ItemState.LEFTOVER);
        pieces.network(ID + "0");
        assertThat(pieces.items()).singleElement().satisfies(item -> assertThat(item.state())
                .isEqualTo(ItemState.STRAY));
        pieces.networks.clear();
        vm(ID + "_default", "u-7", "", 0);
        assertThat(pieces.item(ID).state()).isEqualTo(ItemState.STRAY);
    }

    @Test
    void machinesThatVagrantLostSightOfAreShownToo() {
        pieces.owned(ID, Pieces.ended(), "u-1");
        vm("noted", "u-1", "", 0);
        vm("lost\u001b[2J", "u-2", CACHE.resolve(ID).resolve("Vagrantfile").toString(), 0);
        assertThat(pieces.item(ID).machines())
                .containsExactly(
                        new InventoryItem.Machine("default", MachineState.RUNNING, "libvirt", "u-1"),
                        new InventoryItem.Machine("lost", MachineState.STOPPED, "libvirt", "u-2"));
        pieces.sandboxes.clear();
        pieces.owned(ID, Pieces.ended(), "", "");
        pieces.machines.clear();
        assertThat(pieces.item(ID).machines()).as("of one name").hasSize(1);
    }

    @Test
    void whatOthersCanWriteIsNeverRemoved() {
        pieces.owned(ID, Pieces.ended(), "u-1");
        pieces.faults.put(CACHE.resolve(ID), new Fault(false, "Others can write to it.", "Run chmod."));
        assertThat(pieces.item(ID))
                .returns(ItemState.UNKNOWN, InventoryItem::state)
                .returns("Others can write to it. Run chmod.", InventoryItem::reason)
                .returns(new Target.None(), InventoryItem::target);
        pieces.faults.put(CACHE.resolve(ID), new Fault(true, "It belongs to another user.", ""));
        assertThat(pieces.item(ID))
                .returns(ItemState.FOREIGN, InventoryItem::state)
                .returns("It belongs to another user.", InventoryItem::reason)
                .returns(new Target.None(), InventoryItem::target);
        pieces.sandboxes.clear();
        pieces.owned(ID, Pieces.alive(), "u-1");
        pieces.faults.put(CACHE.resolve(ID), new Fault(false, "Others can write to it.", "Run chmod."));
        assertThat(pieces.item(ID).state())
                .as("who uses it is not kept from it")
                .isEqualTo(ItemState.LIVE);
    }

    @Test
    void whatANewerCorralMadeStaysAlsoWhileItIsUsed() {
        pieces.owned(ID, Pieces.alive(), "u-1");
        pieces.newer.add(CACHE.resolve(ID));
        assertThat(pieces.item(ID))
                .returns(ItemState.LIVE, InventoryItem::state)
                .returns(new Target.None(), InventoryItem::target);
        pieces.newer.clear();
        pieces.damaged.add(CACHE.resolve(ID));
        pieces.sandboxes.clear();
        pieces.owned(ID, Pieces.ended(), "u-1");
        assertThat(pieces.item(ID).state()).isEqualTo(ItemState.UNKNOWN);
    }

    @Test
    void aVmThatWasSeenIsConfirmedThoughItsHypervisorIsNotWhole() {
        pieces.owned(ID, Pieces.ended(), "u-1");
        pieces.answered.clear();
        assertThat(pieces.item(ID).state()).isEqualTo(ItemState.UNKNOWN);
        assertThat(pieces.item(ID).reason())
                .isEqualTo("Its owner, Inspect process 4321, has ended and nobody keeps it, but libvirt does not say "
                        + "whether its VM exists.");
        vm("x", "u-1", "", 0);
        assertThat(pieces.item(ID).state()).isEqualTo(ItemState.STRAY);
    }

    @Test
    void anItemIsMadeAnewOnlyWhenSomethingOfItChanged() {
        KnownItems known = new KnownItems();
        pieces.owned(ID, Pieces.ended(), "u-1");
        InventoryItem first = pieces.items(known).getFirst();
        assertThat(pieces.items(known).getFirst()).isSameAs(first);
        pieces.bytes.put(CACHE.resolve(ID), new DirectorySize(4096, 0));
        InventoryItem grown = pieces.items(known).getFirst();
        assertThat(grown.bytes()).isEqualTo(4096);
        pieces.busy.put(CACHE.resolve(ID), new Worker(1, "Vagrant", false));
        assertThat(pieces.items(known).getFirst().state()).isEqualTo(ItemState.LIVE);
        pieces.busy.clear();
        assertThat(pieces.items(known).getFirst()).isEqualTo(grown);
    }

    @Test
    void anOrphanIsMeasuredByWhatIsItsOwn() {
        pieces.made.add(ID);
        vm(ID + "_default", "u-1", CACHE.resolve(ID).resolve("Vagrantfile").toString(), 300, disk("/i/a", 1000, true));
        InventoryItem item = pieces.item(ID + "_default");
        long own = pieces.machines.getFirst().ownBytes();
        assertThat(item.key()).isEqualTo("vm:libvirt:" + SYSTEM + ":u-1");
        assertThat(item.sandbox()).isEqualTo(ID);
        assertThat(item.bytes()).isEqualTo(own);
        assertThat(item.parts()).containsExactly(new Part("disks", own - 300), new Part("saved memory", 300));
        assertThat(item.directory()).contains(CACHE.resolve(ID));
        assertThat(item.knownTo()).containsExactly(Layer.HYPERVISOR);
        pieces.machines.clear();
        vm(ID + "_default", "u-1", CACHE.resolve(ID).resolve("Vagrantfile").toString(), -1);
        assertThat(pieces.item(ID + "_default").parts()).isEmpty();
        pieces.machines.clear();
        pieces.machines.add(new SurveyedMachine(
                new HypervisorObject("libvirt", "u-1", "x", MachineState.RUNNING, -1, SYSTEM),
                CACHE.resolve(ID).resolve("Vagrantfile").toString(),
                List.of(new SurveyedMachine.Disk("/i/a", 1, true, true)),
                0,
                0,
                List.of(),
                Optional.empty()));
        assertThat(pieces.item("x").reason())
                .isEqualTo("Its sandbox's directory is gone, and its disk was deleted while it ran.");
    }
}
