package dev.corral.core.inventory.items;

import static dev.corral.core.inventory.items.Pieces.NOW;
import static dev.corral.core.inventory.items.Pieces.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.inventory.Target;
import dev.corral.core.inventory.items.Evidence.Folder.Shape;
import dev.corral.core.inventory.items.Evidence.Worker;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Manifest.Pin;
import dev.corral.core.sandbox.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each state and each reason that something can have it for. */
@Tag("unit")
class ItemStatesTest {
    private static final String ID = "9f3c2a1b";
    private static final String UUID = "06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a11";
    private final Pieces pieces = new Pieces();

    private void is(String name, ItemState state, String reason) {
        InventoryItem item = pieces.item(name);
        assertThat(item.state()).as("%s: %s", name, item.reason()).isEqualTo(state);
        assertThat(item.reason()).contains(reason).endsWith(".");
    }

    private void sandbox(
            Owner owner, Optional<Pin> pin, SandboxState state, Optional<OperationView> operation, String... vms) {
        pieces.sandboxes.clear();
        pieces.sandboxes.add(Pieces.sandbox(ID, Optional.of(Pieces.manifest(ID, owner, pin)), state, operation, vms));
    }

    @Test
    void anOwnerThatLivesKeepsIt() {
        pieces.owned(ID, Pieces.alive(), UUID);
        is(
                ID,
                ItemState.LIVE,
                "The window with process " + ProcessHandle.current().pid() + " is alive.");
    }

    @Test
    void anOwnerThatEndedMakesAStray() {
        pieces.owned(ID, Pieces.ended(), UUID);
        is(ID, ItemState.STRAY, "Its owner, Inspect process 4321, has ended and nobody keeps it.");
    }

    @Test
    void anOwnerElsewhereIsUnknown() {
        pieces.owned(ID, Pieces.unknowable(), UUID);
        is(ID, ItemState.UNKNOWN, "Whether Inspect process 4321 is alive can't be told from here.");
    }

    @Test
    void whatIsUnderWayComesFirst() {
        sandbox(
                Pieces.ended(),
                Optional.empty(),
                SandboxState.QUEUED,
                Optional.of(Pieces.operation("start", true, false, "")));
        is(ID, ItemState.STARTING, "waits for its turn");
        sandbox(
                Pieces.ended(),
                Optional.empty(),
                SandboxState.STARTING,
                Optional.of(Pieces.operation("start", true, false, "")),
                UUID);
        is(ID, ItemState.STARTING, "Its start is under way.");
        sandbox(
                Pieces.ended(),
                Optional.empty(),
                SandboxState.DESTROYING,
                Optional.of(Pieces.operation("destroy", true, false, "")),
                UUID);
        is(ID, ItemState.LIVE, "Its destroy is under way.");
    }

    @Test
    void aKilledStartIsAStrayThatSaysSo() {
        sandbox(
                Pieces.ended(),
                Optional.empty(),
                SandboxState.INTERRUPTED,
                Optional.of(Pieces.operation("start", false, false, "")),
                UUID);
        is(ID, ItemState.STRAY, "has ended in the middle of a start.");
    }

    @Test
    void whoWorksOnItKeepsItUnlessItOnlyGoesOnByItself() {
        pieces.owned(ID, Pieces.ended(), UUID);
        pieces.busy.put(Pieces.CACHE.resolve(ID), new Worker(12, "Vagrant", false));
        is(ID, ItemState.LIVE, "Vagrant (process 12) works on it right now.");
        pieces.busy.put(Pieces.CACHE.resolve(ID), new Worker(12, "Vagrant", true));
        is(ID, ItemState.STRAY, "the Vagrant that it started (process 12) still runs.");
    }

    @Test
    void aPinKeepsItForAsLongAsItHolds() {
        sandbox(
                Pieces.ended(),
                Optional.of(new Pin("command line", OLD, Optional.empty())),
                SandboxState.READY,
                Optional.empty(),
                UUID);
        is(ID, ItemState.KEPT, "Kept by command line since 2026-11-26 11:00 UTC.");
        sandbox(
                Pieces.ended(),
                Optional.of(new Pin("a start that failed", OLD, Optional.empty())),
                SandboxState.FAILED,
                Optional.of(Pieces.operation("start", false, true, "It failed.")),
                UUID);
        is(ID, ItemState.KEPT, "Kept by a start that failed");
        sandbox(
                Pieces.ended(),
                Optional.of(new Pin("a cleanup", OLD, Optional.of(NOW.plusSeconds(60)))),
                SandboxState.STOPPED,
                Optional.empty(),
                UUID);
        is(ID, ItemState.KEPT, "until 2026-11-26 12:01 UTC.");
        sandbox(
                Pieces.ended(),
                Optional.of(new Pin("a cleanup", OLD, Optional.of(NOW.minusSeconds(60)))),
                SandboxState.STOPPED,
                Optional.empty(),
                UUID);
        is(ID, ItemState.STRAY, "It was to be kept until 2026-11-26 11:59 UTC. Its owner, ");
    }

    @Test
    void aFailedDestroyIsNamedWithItsCause() {
        sandbox(
                Pieces.ended(),
                Optional.empty(),
                SandboxState.DESTROY_FAILED,
                Optional.of(Pieces.operation("destroy", false, true, "The pool is locked.")),
                UUID);
        is(ID, ItemState.DESTROY_FAILED, "A destroy failed: The pool is locked.");
    }

    @Test
    void aSandboxWithoutAnythingOutsideIsALeftover() {
        pieces.owned(ID, Pieces.ended());
        is(ID, ItemState.LEFTOVER, "no VM is left in it");
        pieces.volume(ID + "_default.img", "", OLD);
        is(ID, ItemState.STRAY, "nobody keeps it");
    }

    @Test
    void aStrayWhoseHypervisorIsSilentIsUnknown() {
        pieces.owned(ID, Pieces.ended(), UUID);
        pieces.answered.clear();
        is(ID, ItemState.UNKNOWN, "nobody keeps it, but libvirt does not say whether its VM exists.");
        // One of two connections may be silent, and the other know the VM.
        pieces.machine("9f3c2a1b_default", UUID, "/cache/9f3c2a1b/Vagrantfile");
        is(ID, ItemState.STRAY, "nobody keeps it.");
    }

    @Test
    void aDamagedManifestIsNobodysToJudge() {
        pieces.sandboxes.add(Pieces.sandbox(ID, Optional.empty(), SandboxState.UNKNOWN, Optional.empty(), UUID));
        pieces.damaged.add(Pieces.CACHE.resolve(ID));
        is(ID, ItemState.UNKNOWN, "Its manifest can't be understood");
    }

    @Test
    void theOriginalsSandboxIsKeptWhileARunLivesThatMayOwnIt() {
        pieces.sandboxes.add(Pieces.sandbox(ID, Optional.empty(), SandboxState.READY, Optional.empty(), UUID));
        is(ID, ItemState.STRAY, "no run of Inspect that could own it is alive");
        pieces.run(OLD.plusSeconds(30));
        is(ID, ItemState.STRAY, "no run of Inspect that could own it is alive");
        pieces.run(OLD.minusSeconds(30));
        is(ID, ItemState.UNKNOWN, "Inspect process 77, which runs, is older than it");
        pieces.sandboxes.clear();
        pieces.runs.clear();
        pieces.sandboxes.add(Pieces.sandbox(ID, Optional.empty(), SandboxState.UNKNOWN, Optional.empty()));
        is(ID, ItemState.LEFTOVER, "no VM is left in it");
    }

    @Test
    void aProjectThatIsNotNamedLikeASandboxIsSomebodys() {
        pieces.sandboxes.add(
                Pieces.sandbox("my-project", Optional.empty(), SandboxState.READY, Optional.empty(), UUID));
        is("my-project", ItemState.FOREIGN, "somebody's own project");
        assertThat(pieces.item("my-project").target()).isInstanceOf(Target.None.class);
    }

    @Test
    void vmsWithoutADirectory() {
        pieces.machine("9f3c2a1b_default", "u1", "/cache/9f3c2a1b/Vagrantfile", "9f3c2a1b_default.img");
        pieces.machine("nested_default", "u2", "/cache/night/0a1b2c3d/Vagrantfile");
        pieces.machine("other_default", "u3", "/home/ana/other/Vagrantfile");
        pieces.machine("deadbeef_default", "u4", "");
        pieces.machine("12345678_default", "u5", "");
        pieces.machine("windows", "u6", "");
        pieces.made.addAll(List.of("deadbeef", ID, "0a1b2c3d"));
        is("9f3c2a1b_default", ItemState.ORPHAN, "only libvirt knows of it");
        is("nested_default", ItemState.ORPHAN, "only libvirt knows of it");
        is("other_default", ItemState.FOREIGN, "a Vagrant project elsewhere: /home/ana/other");
        is("deadbeef_default", ItemState.ORPHAN, "was made here and whose directory is gone");
        is("12345678_default", ItemState.UNKNOWN, "nothing says that it was made here");
        is("windows", ItemState.FOREIGN, "Nothing says that Vagrant made it");
        assertThat(pieces.item("9f3c2a1b_default").target())
                .isEqualTo(new Target.Machine(
                        pieces.machines.getFirst().object(), java.util.List.of("/images/9f3c2a1b_default.img")));
        assertThat(pieces.item("windows").target()).isInstanceOf(Target.None.class);
    }

    @Test
    void aVmBelongsToItsSandboxByIdBySourceOrByName() {
        pieces.owned(ID, Pieces.ended(), UUID);
        pieces.machine("whatever", UUID, "/somewhere/else/Vagrantfile");
        pieces.machine("renamed", "u2", "/cache/9f3c2a1b/Vagrantfile");
        pieces.machine("9f3c2a1b_two", "u3", "");
        pieces.machine("9f3c2a1b_three", "u4", "/home/ana/9f3c2a1b/Vagrantfile");
        assertThat(pieces.item(ID).machines())
                .extracting(InventoryItem.Machine::id)
                .containsExactly(UUID, "u2", "u3");
        is("9f3c2a1b_three", ItemState.FOREIGN, "elsewhere");
    }

    @Test
    void disksNetworksAndBoxCopies() {
        pieces.made.add("deadbeef");
        pieces.volume("deadbeef_default.img", "box_vagrant_box_image_1_box.img", OLD);
        pieces.volume("deadbeef_new.img", "", NOW.minusSeconds(60));
        pieces.volume("project-20261231_default.img", "", OLD);
        pieces.volume("letters.img", "", OLD);
        pieces.volume("box_vagrant_box_image_1_box.img", "", OLD);
        pieces.volume("gone_vagrant_box_image_2_box.img", "", OLD);
        pieces.volume("have_vagrant_box_image_3_box.img", "", OLD);
        pieces.volume("fresh_vagrant_box_image_4_box.img", "", NOW);
        pieces.boxes.add("have_vagrant_box_image_3");
        pieces.network("deadbeef0");
        pieces.network("123456780");
        pieces.network("office");
        is("deadbeef_default.img", ItemState.LEFTOVER, "which was made here and is gone");
        is("deadbeef_new.img", ItemState.UNKNOWN, "written a moment ago");
        is("project-20261231_default.img", ItemState.UNKNOWN, "nothing says that it was made here");
        is("box_vagrant_box_image_1_box.img", ItemState.LIVE, "Disks of VMs stand on it.");
        is("gone_vagrant_box_image_2_box.img", ItemState.LEFTOVER, "its box is gone");
        is("have_vagrant_box_image_3_box.img", ItemState.KEPT, "its box is installed");
        is("fresh_vagrant_box_image_4_box.img", ItemState.UNKNOWN, "written a moment ago");
        is("deadbeef0", ItemState.LEFTOVER, "named after sandbox deadbeef");
        is("123456780", ItemState.UNKNOWN, "nothing says that it was made here");
        assertThat(pieces.items()).extracting(InventoryItem::name).doesNotContain("letters.img", "office");
    }

    @Test
    void aDiskInUseIsNoItem() {
        pieces.made.add("deadbeef");
        pieces.machine("windows", "u1", "", "deadbeef_default.img");
        pieces.volume("deadbeef_default.img", "", OLD);
        assertThat(pieces.items()).extracting(InventoryItem::kind).containsExactly(ItemKind.MACHINE);
    }

    @Test
    void entriesOfTheIndex() {
        pieces.entry("1111111aaaa", "default", "libvirt", "/nowhere/9f3c2a1b");
        pieces.entry("2222222aaaa", "default", "libvirt", "/nowhere/deadbeef");
        pieces.entry("3333333aaaa", "default", "vmware_desktop", "/nowhere/0a1b2c3d");
        pieces.entry("4444444aaaa", "default", "virtualbox", "/nowhere/0a1b2c3d");
        pieces.entry("5555555aaaa", "default", "libvirt", "/");
        pieces.machine("deadbeef_default", "u1", "");
        is("1111111", ItemState.GHOST, "libvirt has no VM of it");
        is("2222222", ItemState.UNKNOWN, "its VM exists at libvirt: deadbeef_default");
        is("3333333", ItemState.UNKNOWN, "nobody can ask vmware_desktop");
        is("4444444", ItemState.UNKNOWN, "virtualbox does not say");
        is("5555555", ItemState.FOREIGN, "a Vagrant project elsewhere");
        pieces.answered.clear();
        is("1111111", ItemState.UNKNOWN, "libvirt does not say whether its VM exists");
        assertThat(pieces.item("2222222").target()).isInstanceOf(Target.None.class);
    }

    @Test
    void anOrphanTakesItsOwnEntryAlong() {
        String gone = Pieces.CACHE.resolve("deadbeef").toString();
        pieces.entry("1111111aaaa", "web", "libvirt", gone);
        pieces.entry("2222222aaaa", "web2", "libvirt", gone);
        pieces.entry("3333333aaaa", "web", "virtualbox", gone);
        pieces.entry("4444444aaaa", "web", "libvirt", "/nowhere/deadbeef");
        pieces.machine("deadbeef_web", "u1", gone + "/Vagrantfile");
        pieces.machine("deadbeef_web2", "u2", gone + "/Vagrantfile");
        is("deadbeef_web", ItemState.ORPHAN, "directory is gone");
        assertThat(entries("deadbeef_web")).containsExactly("1111111aaaa");
        assertThat(entries("deadbeef_web2")).containsExactly("2222222aaaa");
        assertThat(pieces.item("deadbeef_web").knownTo()).containsExactlyInAnyOrder(Layer.HYPERVISOR, Layer.INDEX);
        // Two that fit one entry: it may be the other's.
        pieces.machine("deadbeef_web", "u3", gone + "/Vagrantfile");
        assertThat(entries("deadbeef_web")).isEmpty();
    }

    @Test
    void anOrphanOfVagrantQemuIsKnownByItsFolderOrItsName() {
        String gone = Pieces.CACHE.resolve("deadbeef").toString();
        pieces.entry("1111111aaaa", "Default", "qemu", gone);
        pieces.answered.add("qemu");
        pieces.machines.add(new SurveyedMachine(
                new HypervisorObject("qemu", "vq_1", "default", MachineState.RUNNING, -1, gone + "/.vagrant"),
                gone + "/Vagrantfile",
                List.of(new SurveyedMachine.Disk("/elsewhere/linked-box.img", 1, true, true)),
                0,
                0,
                List.of(),
                Optional.empty()));
        assertThat(entries("default")).containsExactly("1111111aaaa");
        pieces.machines.clear();
        pieces.machines.add(new SurveyedMachine(
                new HypervisorObject("qemu", "vq_1", "vq_1", MachineState.RUNNING, -1, gone + "/.vagrant"),
                gone + "/Vagrantfile",
                List.of(new SurveyedMachine.Disk(
                        gone + "/.vagrant/machines/Default/qemu/vq_1/linked-box.img", 1, true, true)),
                0,
                0,
                List.of(),
                Optional.empty()));
        assertThat(entries("vq_1")).containsExactly("1111111aaaa");
    }

    private List<String> entries(String machine) {
        return ((Target.Machine) pieces.item(machine).target())
                .entries().stream().map(Target.IndexEntry::uuid).toList();
    }

    @Test
    void foldersOfTheCache() {
        pieces.folder("0a1b2c3d-77", Shape.TRASH, NOW);
        pieces.folder("0a1b2c3d", Shape.HALF_MADE, OLD);
        pieces.folder("1a1b2c3d", Shape.HALF_MADE, NOW.minusSeconds(30));
        pieces.folder("link", Shape.LINK, OLD);
        pieces.folder("notes\u001b[2J", Shape.OTHER, OLD);
        pieces.folder("closed", Shape.UNREADABLE, OLD);
        is("0a1b2c3d-77", ItemState.LEFTOVER, "removal was cut off");
        is("0a1b2c3d", ItemState.LEFTOVER, "nothing of a VM in it");
        is("1a1b2c3d", ItemState.UNKNOWN, "a start may be just beginning");
        is("link", ItemState.FOREIGN, "Links are never followed");
        is("closed", ItemState.UNKNOWN, "can't be read");
        assertThat(pieces.items())
                .filteredOn(item -> item.name().startsWith("notes"))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.state()).isEqualTo(ItemState.FOREIGN);
                    assertThat(item.name()).doesNotContain("\u001b");
                });
        for (String untouchable : new String[] {"link", "closed"}) {
            assertThat(pieces.item(untouchable).target()).isInstanceOf(Target.None.class);
        }
    }

    @Test
    void whatIsListedTwiceKeepsItsOwnKey() {
        Instant old = OLD;
        Manifest manifest = Pieces.manifest(ID, Pieces.ended(), Optional.empty());
        for (String parent : new String[] {"", "night"}) {
            pieces.sandboxes.add(new SandboxView(
                    ID,
                    Pieces.CACHE.resolve(parent).resolve(ID),
                    Optional.of(manifest),
                    SandboxState.READY,
                    "",
                    Liveness.UNKNOWN,
                    java.util.List.of(),
                    Optional.empty(),
                    old));
        }
        // A name that two directories bear says nothing, so the VM without a source is nobody's for certain.
        pieces.machine(ID + "_default", "u1", "");
        assertThat(pieces.items())
                .extracting(InventoryItem::key)
                .doesNotHaveDuplicates()
                .hasSize(3);
        is(ID + "_default", ItemState.UNKNOWN, "nothing says that it was made here");
    }
}
