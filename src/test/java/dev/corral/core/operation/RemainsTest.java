package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.RecordedMachines;
import dev.corral.core.hypervisor.RecordedTools;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.index.MachineIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be confirmed before a sandbox's directory may go, over recorded answers. */
@Tag("unit")
class RemainsTest {
    private static final String LIST = "VBoxManage list --long vms";
    private static final Path RECORDED = Path.of("src/test/resources/hypervisor");
    private static final String VM = "06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a11";

    @TempDir
    Path temp;

    private SandboxFiles files;

    @BeforeEach
    void open() throws IOException {
        files = SandboxFiles.inOne(Files.createDirectories(temp.resolve("cache/9f3c2a1b")));
    }

    private void note(String provider, String id) throws IOException {
        Files.writeString(
                Files.createDirectories(files.directory()
                                .resolve(".vagrant/machines/default")
                                .resolve(provider))
                        .resolve("id"),
                id);
    }

    private Remains remains(RecordedTools tools) {
        return new Remains(
                new Hypervisors(new Environment(Map.of("HOME", temp.toString())), tools, temp.resolve("proc")),
                temp.resolve("home"));
    }

    private ExpectedFailure refused(RecordedTools tools, boolean halfMade) throws IOException {
        List<LocalState.LocalMachine> before = LocalState.machines(files.directory()).stream()
                .filter(machine -> !machine.id().isEmpty())
                .toList();
        return catchThrowableOfType(
                ExpectedFailure.class, () -> remains(tools).confirm(files, HostContext.here(), before, halfMade));
    }

    @Test
    void isConfirmedWhenTheHypervisorHasItNoMore() throws IOException {
        note("virtualbox", VM);
        assertThat(refused(new RecordedTools().program(LIST, ""), true)).isNull();
    }

    @Test
    void isNotWhileTheHypervisorHasIt() throws IOException {
        note("virtualbox", VM);
        RecordedTools tools = new RecordedTools()
                .program(LIST, Files.readString(RECORDED.resolve("vbox-list.txt")))
                .program(
                        "VBoxManage showvminfo " + VM + " --machinereadable",
                        Files.readString(RECORDED.resolve("vbox-info.txt")));
        assertThat(refused(tools, false))
                .hasMessage("vagrant destroy said it was done, but virtualbox still has default.");
        assertThat(remains(tools).of(HostContext.here(), LocalState.machines(files.directory())))
                .singleElement()
                .satisfies(object -> assertThat(object.id()).isEqualTo(VM));
    }

    @Test
    void isNotWhenNobodyCanTell() throws IOException {
        note("virtualbox", VM);
        assertThat(refused(new RecordedTools(), false))
                .hasMessageStartingWith("Nobody could confirm that default is gone: The tools of virtualbox");
        assertThat(remains(new RecordedTools()).tellsAll(HostContext.here(), LocalState.machines(files.directory())))
                .isFalse();
    }

    @Test
    void isNotWhenTheOnlyWitnessStillNotesIt() throws IOException {
        note("vmware_desktop", "some-id");
        assertThat(refused(new RecordedTools(), false))
                .hasMessage("vagrant destroy said it was done, but still notes default.");
        Files.delete(files.directory().resolve(".vagrant/machines/default/vmware_desktop/id"));
        assertThat(refused(new RecordedTools(), false)).isNull();
    }

    @Test
    void aHalfMadeMachineNeedsTheWordOfItsHypervisor() throws IOException {
        Files.createDirectories(files.directory().resolve(".vagrant/machines/default/libvirt"));
        assertThat(refused(new RecordedTools().silent("qemu:///system"), true))
                .hasMessageStartingWith("Nobody could confirm that nothing of a half-made");
        assertThat(refused(new RecordedTools().silent("qemu:///system"), false)).isNull();
    }

    // A removal asks what a running domain will be at its next start as well.
    private static RecordedTools twoDomains(String cache) throws IOException {
        RecordedTools tools = RecordedMachines.libvirt(2, 0, cache, n -> n == 0 ? "9f3c2a1b" : "0a1b2c3d");
        for (int n = 0; n < 2; n++) {
            String uuid = RecordedMachines.uuid(n);
            String description = tools.run(
                            List.of("virsh", "-c", "qemu:///system", "dumpxml " + uuid), Duration.ofSeconds(1))
                    .out();
            tools.libvirt("qemu:///system", "dumpxml --inactive " + uuid, description);
        }
        return tools;
    }

    @Test
    void takesOnlyWhatWasMadeFromThisDirectory() throws IOException {
        RecordedTools tools = twoDomains(temp.resolve("cache").toString());
        ExpectedFailure failure = refused(tools, true);
        assertThat(failure)
                .hasMessageContaining("9f3c2a1b_default")
                .extracting(ExpectedFailure::nextStep)
                .asString()
                .contains("the directory stays");
        assertThat(tools.ran())
                .anyMatch(command -> command.contains("undefine " + RecordedMachines.uuid(0)))
                .noneMatch(command ->
                        command.contains("undefine " + RecordedMachines.uuid(1)) || command.contains("vol-delete"));
        RecordedTools elsewhere = twoDomains("/another/cache");
        assertThat(refused(elsewhere, true)).isNull();
        assertThat(elsewhere.ran()).noneMatch(command -> command.contains("undefine"));
    }

    private void noted(String name, boolean says, String id) throws IOException {
        MachineIdentity.write(files, List.of(new MachineIdentity("default", "virtualbox", "", name, says, id)));
    }

    private RecordedTools oneOfVirtualBox(String name) throws IOException {
        return new RecordedTools()
                .program(
                        LIST,
                        Files.readString(RECORDED.resolve("vbox-list.txt"))
                                .replace("9f3c2a1b_default_1707200000000_12345", name))
                .program(
                        "VBoxManage showvminfo " + VM + " --machinereadable",
                        Files.readString(RECORDED.resolve("vbox-info.txt")));
    }

    @Test
    void aVmThatOnlyHasTheNameIsNotTakenAndNothingIsConfirmed() throws IOException {
        noted("my-lab", false, "");
        RecordedTools tools = oneOfVirtualBox("my-lab");
        assertThat(refused(tools, true))
                .hasMessage("A VM called my-lab, as default was to be, is at virtualbox, and nothing says whose it is.")
                .extracting(ExpectedFailure::nextStep)
                .asString()
                .contains("The directory stays");
        assertThat(tools.ran()).noneMatch(command -> command.contains("unregistervm"));
        assertThat(refused(tools, false)).as("nothing was begun").isNull();
        noted("my-lab", false, "another-id");
        assertThat(refused(tools, true)).as("its own had another id").isNull();
        noted("her-lab", false, "");
        assertThat(refused(tools, true)).isNull();
    }

    @Test
    void aNameWithTheSandboxsOwnIdIsItsOwn() throws IOException {
        noted("lab-9f3c2a1b", false, "");
        RecordedTools tools = oneOfVirtualBox("lab-9f3c2a1b")
                .program("VBoxManage controlvm " + VM + " poweroff", "")
                .program("VBoxManage unregistervm " + VM + " --delete", "");
        assertThat(refused(tools, true)).hasMessageContaining("lab-9f3c2a1b is not removed");
        assertThat(tools.ran()).contains("VBoxManage unregistervm " + VM + " --delete");
    }

    @Test
    void whatVagrantForgotIsStillLookedFor() throws IOException {
        noted("", false, VM);
        Remains remains = remains(oneOfVirtualBox("whatever"));
        List<LocalState.LocalMachine> lost = remains.forgotten(files, HostContext.here(), List.of());
        assertThat(lost).singleElement().satisfies(machine -> assertThat(machine.id())
                .isEqualTo(VM));
        assertThat(remains.of(HostContext.here(), lost))
                .extracting(HypervisorObject::name)
                .containsExactly("whatever");
        assertThat(remains.forgotten(files, HostContext.here(), lost))
                .as("it is known")
                .isEmpty();
        RecordedTools domains = twoDomains("/another/cache");
        MachineIdentity.write(
                files,
                List.of(new MachineIdentity(
                        "default", "libvirt", "qemu:///system", "x", false, RecordedMachines.uuid(0))));
        assertThat(remains(domains).forgotten(files, HostContext.here(), List.of()))
                .as("it says that it is another's")
                .isEmpty();
    }

    @Test
    void idsAreNotedAndOnlyForgottenWhenToldSo() throws IOException {
        assertThat(MachineIdentity.read(files)).isEmpty();
        noted("my-lab", false, "");
        MachineIdentity.note(files, "default", "virtualbox", VM);
        assertThat(MachineIdentity.read(files))
                .containsExactly(new MachineIdentity("default", "virtualbox", "", "my-lab", false, VM));
        MachineIdentity.note(files, "default", "virtualbox", VM);
        assertThat(MachineIdentity.read(files)).extracting(MachineIdentity::id).containsExactly(VM);
        MachineIdentity.note(files, "default", "virtualbox", "another");
        assertThat(MachineIdentity.read(files)).extracting(MachineIdentity::id).containsExactly(VM, "another");
        MachineIdentity.forget(files, "other"::equals);
        assertThat(MachineIdentity.read(files)).hasSize(2);
        MachineIdentity.forget(files, "default"::equals);
        assertThat(MachineIdentity.read(files))
                .containsExactly(new MachineIdentity("default", "virtualbox", "", "my-lab", false, ""));
        Files.writeString(MachineIdentity.file(files), "[null]");
        assertThatThrownBy(() -> MachineIdentity.read(files)).hasMessageEndingWith("can't be understood");
        Files.writeString(MachineIdentity.file(files), "{");
        assertThatThrownBy(() -> MachineIdentity.read(files)).hasMessageEndingWith("can't be understood");
    }

    @Test
    void anIndexThatCanNotBeChangedKeepsNothing() throws IOException {
        Path index =
                Files.createDirectories(temp.resolve("home/data/machine-index")).resolve("index");
        Files.writeString(index, "{\"version\":1,\"machines\":{\"x");
        assertThatCode(() -> remains(new RecordedTools()).forget(files, Optional.empty(), name -> true))
                .doesNotThrowAnyException();
        assertThat(index).hasContent("{\"version\":1,\"machines\":{\"x");
    }

    private ExpectedFailure notGone(RecordedTools tools) throws IOException {
        List<LocalState.LocalMachine> before = LocalState.machines(files.directory()).stream()
                .filter(machine -> machine.name().equals("default"))
                .toList();
        return catchThrowableOfType(
                ExpectedFailure.class, () -> remains(tools).confirmGone(files, HostContext.here(), before));
    }

    @Test
    void oneMachineOfSeveralIsConfirmedByItself() throws IOException {
        note("virtualbox", VM);
        Files.writeString(
                Files.createDirectories(files.directory().resolve(".vagrant/machines/other/vmware_desktop"))
                        .resolve("id"),
                "some-id");
        assertThat(notGone(new RecordedTools().program(LIST, "")))
                .as("the other one stays")
                .isNull();
        assertThat(notGone(new RecordedTools())).hasMessageStartingWith("Nobody could confirm that default is gone: ");
        assertThat(notGone(new RecordedTools().program(LIST, Files.readString(RECORDED.resolve("vbox-list.txt")))))
                .hasMessage("vagrant destroy said it was done, but virtualbox still has default.");
        note("vmware_desktop", "some-id");
        assertThat(notGone(new RecordedTools().program(LIST, "")))
                .hasMessage("vagrant destroy said it was done, but still notes default.");
    }

    @Test
    void vagrantsWordIsNotNeededWhereEveryHypervisorTells() throws IOException {
        note("virtualbox", VM);
        List<LocalState.LocalMachine> machines = LocalState.machines(files.directory());
        assertThat(remains(new RecordedTools().program(LIST, "")).tellsAll(HostContext.here(), machines))
                .isTrue();
        assertThat(remains(new RecordedTools().program(LIST, "")).of(HostContext.here(), machines))
                .isEmpty();
    }

    private Path index(String home) throws IOException {
        Path index = Files.createDirectories(temp.resolve(home).resolve("data/machine-index"))
                .resolve("index");
        String entry = "\"%s\":{\"name\":\"%s\",\"provider\":\"libvirt\",\"vagrantfile_path\":\"%s\"}";
        return Files.writeString(
                index,
                "{\"version\":1,\"machines\":{"
                        + String.join(
                                ",",
                                entry.formatted("a".repeat(32), "web", files.directory()),
                                entry.formatted("b".repeat(32), "db", files.directory()),
                                entry.formatted("c".repeat(32), "web", "/elsewhere"))
                        + "}}");
    }

    private static List<String> entries(Path index) {
        return MachineIndex.read(index.getParent().getParent().getParent()).entries().stream()
                .map(entry -> entry.uuid().substring(0, 1))
                .toList();
    }

    @Test
    void onlyTheSandboxesOwnEntriesLeaveVagrantsIndex() throws IOException {
        Path index = index("home");
        remains(new RecordedTools()).forget(files, Optional.empty(), name -> name.equals("web"));
        assertThat(entries(index)).containsExactly("b", "c");
        remains(new RecordedTools()).forget(files, Optional.empty(), name -> true);
        assertThat(entries(index)).containsExactly("c");
        String before = Files.readString(index);
        remains(new RecordedTools()).forget(files, Optional.empty(), name -> true);
        assertThat(index).hasContent(before);
    }

    @Test
    void theIndexIsTheOneThatItsVagrantUses() throws IOException {
        Path own = index("own");
        Path usual = index("home");
        Manifest manifest = new Manifest(
                2,
                files.id(),
                Instant.EPOCH,
                new Owner(1, 1, "", Owner.Kind.CONSOLE),
                Manifest.Origin.none(),
                "",
                new Manifest.StartContext(
                        Optional.empty(),
                        Map.of("VAGRANT_HOME", temp.resolve("own").toString())),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        remains(new RecordedTools()).forget(files, Optional.of(manifest), name -> true);
        assertThat(entries(own)).containsExactly("c");
        assertThat(entries(usual)).hasSize(3);
    }
}
