package dev.corral.core.inventory.items;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.hypervisor.Host;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.Target;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.index.IndexEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A VM is a sandbox's by what its start resolved and noted; what only looks like it keeps things, and takes none away. */
@Tag("unit")
class IdentityTest {
    private static final String ID = "9f3c2a1b";
    private static final String UUID = "06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a11";
    private static final String SYSTEM = "qemu:///system";
    private static final String FAR = "qemu+ssh://big/system";
    private static final Path DIRECTORY = Pieces.CACHE.resolve(ID);

    private final Pieces pieces = new Pieces();

    @TempDir
    Path temp;

    private void noted(String name, boolean says, String id) {
        pieces.noted.put(DIRECTORY, List.of(new MachineIdentity("web", "libvirt", SYSTEM, name, says, id)));
    }

    private InventoryItem sandbox() {
        return pieces.item(ID);
    }

    @Test
    void aVmWhoseIdVagrantForgotIsStillItsSandboxs() {
        pieces.owned(ID, Pieces.ended());
        noted("lab_web", false, UUID);
        assertThat(sandbox().state()).isEqualTo(ItemState.LEFTOVER);
        pieces.machine("lab_web", UUID, "", "lab_web.img");
        assertThat(sandbox())
                .returns(ItemState.STRAY, InventoryItem::state)
                .returns(1000L, InventoryItem::bytes)
                .extracting(InventoryItem::machines)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(InventoryItem.Machine.class))
                .extracting(InventoryItem.Machine::id)
                .containsExactly(UUID);
        assertThat(pieces.items()).as("and nobody else's").hasSize(1);
    }

    @Test
    void whatWasNotedIsGoneOnlyWhenItsHypervisorSaysSo() {
        pieces.owned(ID, Pieces.ended());
        noted("lab_web", false, UUID);
        pieces.answered.clear();
        assertThat(sandbox())
                .returns(ItemState.UNKNOWN, InventoryItem::state)
                .extracting(InventoryItem::reason)
                .asString()
                .endsWith("no VM is left in it, but libvirt does not say whether its VM exists.");
    }

    @Test
    void anIdThatAnotherSaysToHaveIsAnothers() {
        pieces.owned(ID, Pieces.ended());
        noted("lab_web", false, UUID);
        pieces.machine("lab_web", UUID, "/home/ana/lab/Vagrantfile");
        assertThat(sandbox().state()).isEqualTo(ItemState.LEFTOVER);
        assertThat(pieces.item("lab_web").state()).isEqualTo(ItemState.FOREIGN);
    }

    @Test
    void aNameThatTheFileFixedMayBeAnybodys() {
        pieces.owned(ID, Pieces.ended());
        noted("lab_web", false, "");
        SurveyedMachine like = pieces.machine("lab_web", UUID, "");
        assertThat(sandbox())
                .returns(ItemState.UNKNOWN, InventoryItem::state)
                .extracting(InventoryItem::reason)
                .asString()
                .endsWith("there is a VM called lab_web, as one of its own was to be, and nothing says whose it is.");
        assertThat(pieces.item("lab_web").state()).isEqualTo(ItemState.UNKNOWN);
        // One whose own VM says where it comes from has none that says nothing.
        noted("lab_web", true, "");
        assertThat(sandbox().state()).isEqualTo(ItemState.LEFTOVER);
        noted("lab_web", false, UUID.replace('0', '1'));
        assertThat(sandbox().state()).as("its own has another id").isEqualTo(ItemState.LEFTOVER);
        assertThat(pieces.item("lab_web").state()).isEqualTo(ItemState.FOREIGN);
        assertThat(like.source()).isEmpty();
    }

    @Test
    void aNameWithTheSandboxsOwnIdIsNobodyElses() {
        pieces.owned(ID, Pieces.ended());
        noted("lab-" + ID + "-web", false, "");
        pieces.machine("lab-" + ID + "-web", UUID, "");
        assertThat(sandbox().state()).isEqualTo(ItemState.STRAY);
        assertThat(pieces.items()).hasSize(1);
    }

    @Test
    void aVmIsFoundByTheOtherNameOfItsConnection() {
        String other = "qemu+unix:///system";
        Manifest plain = Pieces.manifest(ID, Pieces.ended(), Optional.empty());
        Manifest manifest = new Manifest(
                2,
                ID,
                plain.createdAt(),
                plain.owner(),
                plain.origin(),
                "",
                new Manifest.StartContext(
                        Optional.empty(), Map.of(), Optional.empty(), List.of(), List.of(other), List.of()),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        pieces.hosts.put(Manifest.hosts(Optional.of(manifest)), Set.of(Host.libvirt(other)));
        pieces.answering.add(Host.libvirt(other));
        pieces.sandboxes.add(Pieces.sandbox(ID, Optional.of(manifest), SandboxState.READY, Optional.empty(), UUID));
        pieces.machine("lab_web", UUID, "");
        assertThat(pieces.items()).as("before it is known to be the same").hasSize(2);
        pieces.again.add(new HypervisorObject("libvirt", UUID, "lab_web", MachineState.RUNNING, -1, other));
        assertThat(pieces.items()).extracting(InventoryItem::name).containsExactly(ID);
    }

    @Test
    void aPathIsNoProofThatAVmIsOfHere() {
        String source = DIRECTORY.resolve("Vagrantfile").toString();
        pieces.machine(ID + "_web", UUID, source);
        assertThat(pieces.item(ID + "_web"))
                .returns(ItemState.UNKNOWN, InventoryItem::state)
                .extracting(InventoryItem::reason)
                .asString()
                .endsWith("nothing says that it was made here.");
        pieces.entry("1111111aaaa", "web", "libvirt", DIRECTORY.toString());
        assertThat(pieces.item(ID + "_web").state())
                .as("Vagrant's index says it")
                .isEqualTo(ItemState.ORPHAN);
        pieces.entries.clear();
        pieces.made.add(ID);
        assertThat(pieces.item(ID + "_web").state()).isEqualTo(ItemState.ORPHAN);
    }

    @Test
    void aRootWithRoomAboveIsTheSandboxsToo() {
        pieces.made.add(ID);
        pieces.machine(
                ID + "_web",
                UUID,
                DIRECTORY.resolve("project/envs/" + ID + "/Vagrantfile").toString());
        pieces.machine(
                "b",
                "u-2",
                Pieces.CACHE
                        .resolve("night/" + ID + "/x/" + ID + "/Vagrantfile")
                        .toString());
        assertThat(pieces.items()).allSatisfy(item -> assertThat(item)
                .returns(ItemState.ORPHAN, InventoryItem::state)
                .returns(ID, InventoryItem::sandbox));
    }

    private void qemu(boolean deleted) {
        pieces.answered.add("qemu");
        pieces.machines.clear();
        Path folder = DIRECTORY.resolve(".vagrant/machines/web/qemu/vq_1");
        pieces.machines.add(new SurveyedMachine(
                new HypervisorObject("qemu", "vq_1", "web", MachineState.RUNNING, -1, folder.toString()),
                DIRECTORY.resolve("Vagrantfile").toString(),
                List.of(new SurveyedMachine.Disk(
                        folder.resolve("linked-box.img").toString(), 10, true, deleted)),
                0,
                0,
                List.of(),
                Optional.empty()));
    }

    @Test
    void aQemuThatStillHasItsDiskIsNoOrphan() {
        pieces.made.add(ID);
        qemu(false);
        assertThat(pieces.item("web"))
                .returns(ItemState.UNKNOWN, InventoryItem::state)
                .extracting(InventoryItem::reason)
                .asString()
                .contains("both may be elsewhere");
        qemu(true);
        assertThat(pieces.item("web").state()).isEqualTo(ItemState.ORPHAN);
        pieces.made.clear();
        assertThat(pieces.item("web").state()).isEqualTo(ItemState.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        // Its name ends with the machine's, whatever the prefix was.
        "libvirt, lab_web, '', UNKNOWN",
        "libvirt, web, '', UNKNOWN",
        "libvirt, lab_web_1764000000_0123456789abcdef0123, '', UNKNOWN",
        "libvirt, office, '', GHOST",
        "libvirt, lab_web, /home/ana/lab/Vagrantfile, GHOST",
        "libvirt, deadbeef_web, '', GHOST",
        "virtualbox, My own box, '', UNKNOWN",
        "virtualbox, other_web_1707200000000_12345, '', GHOST",
        "docker, postgres, '', UNKNOWN",
        "docker, other_web_1707200000, '', GHOST"
    })
    void anEntryIsAGhostOnlyWhenNoVmCanBeItsOwn(String provider, String name, String source, ItemState state) {
        pieces.answered.addAll(List.of("virtualbox", "docker"));
        pieces.entry("1111111aaaa", "web", provider, "/nowhere/old");
        pieces.machines.add(machine(provider, name, source));
        InventoryItem entry = entry();
        assertThat(entry.state()).as(entry.reason()).isEqualTo(state);
        assertThat(entry.reason().contains("nothing says that " + name)).isEqualTo(state == ItemState.UNKNOWN);
    }

    private static SurveyedMachine machine(String provider, String name, String source) {
        return new SurveyedMachine(
                new HypervisorObject(
                        provider, UUID, name, MachineState.STOPPED, -1, provider.equals("libvirt") ? SYSTEM : ""),
                source,
                List.of(),
                0,
                0,
                List.of(),
                Optional.empty());
    }

    private InventoryItem entry() {
        return pieces.items().stream()
                .filter(item -> item.key().endsWith(":1111111aaaa"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aVmOfASandboxOrOfAProjectThatIsThereIsNoOtherEntrys() throws IOException {
        pieces.answered.add("virtualbox");
        pieces.entry("1111111aaaa", "web", "virtualbox", "/nowhere/lab");
        pieces.machines.add(machine("virtualbox", "My own box", ""));
        assertThat(entry().state()).isEqualTo(ItemState.UNKNOWN);
        Path project = temp.resolve("project");
        Path notes = Files.createDirectories(project.resolve(".vagrant/machines/db/virtualbox"));
        pieces.entries.add(new IndexEntry(
                Pieces.HOME,
                "2222222aaaa",
                "db",
                "virtualbox",
                project,
                project.resolve(".vagrant"),
                "running",
                Optional.empty()));
        assertThat(entry().state()).isEqualTo(ItemState.UNKNOWN);
        Files.writeString(notes.resolve("id"), UUID + "\n");
        assertThat(entry().state()).isEqualTo(ItemState.GHOST);
    }

    @Test
    void anEntryStaysWhileAConnectionOfAnySandboxIsSilent() {
        pieces.entry("1111111aaaa", "web", "libvirt", "/nowhere/lab");
        assertThat(entry().state()).isEqualTo(ItemState.GHOST);
        pieces.hosts.put(HostContext.of(Map.of(), List.of(FAR)), Set.of(Host.libvirt(FAR)));
        assertThat(entry().state()).isEqualTo(ItemState.UNKNOWN);
        pieces.answering.add(Host.libvirt(FAR));
        assertThat(entry().state()).isEqualTo(ItemState.GHOST);
        pieces.machines.add(new SurveyedMachine(
                new HypervisorObject("libvirt", UUID, "x", MachineState.RUNNING, -1, FAR),
                "/nowhere/lab/Vagrantfile",
                List.of(),
                0,
                0,
                List.of(),
                Optional.empty()));
        assertThat(entry())
                .returns(ItemState.UNKNOWN, InventoryItem::state)
                .returns(new Target.None(), InventoryItem::target);
    }
}
