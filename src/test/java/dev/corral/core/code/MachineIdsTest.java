package dev.corral.core.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.RecordedMachines;
import dev.corral.core.hypervisor.RecordedTools;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.SandboxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that can write into its sandbox's folder names somebody else's VM as its own. */
@Tag("unit")
class MachineIdsTest {
    private static final String OWN = RecordedMachines.uuid(0);
    private static final String OTHERS = RecordedMachines.uuid(1);

    @TempDir
    Path temp;

    private SandboxFiles files;
    private Path id;
    private MachineIds ids;
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void twoSandboxes() throws IOException {
        Path cache = temp.resolve("cache");
        files = SandboxFiles.inOne(Files.createDirectories(cache.resolve("9f3c2a1b")));
        id = Files.createDirectories(files.directory().resolve(".vagrant/machines/default/libvirt"))
                .resolve("id");
        RecordedTools tools = RecordedMachines.libvirt(2, 0, cache.toString(), n -> n == 0 ? "9f3c2a1b" : "0a1b2c3d");
        ids = new MachineIds(
                new Hypervisors(new Environment(Map.of("HOME", temp.toString())), tools, temp.resolve("proc")));
    }

    private void check(WhenChanged then) throws IOException {
        ids.check(files, HostContext.here(), then, said::add);
    }

    private void noted(String... known) throws IOException {
        List<MachineIdentity> all = new ArrayList<>();
        for (String one : known) {
            all.add(new MachineIdentity("default", "libvirt", "qemu:///system", "9f3c2a1b_default", true, one));
        }
        MachineIdentity.write(files, all);
    }

    @Test
    void whatWasNotedIsNotAskedAbout() throws IOException {
        noted(OWN);
        Files.writeString(id, OWN + "\n");
        check(WhenChanged.REFUSE);
        Files.delete(id);
        check(WhenChanged.REFUSE);
        assertThat(said).isEmpty();
        assertThat(id).doesNotExist();
    }

    @Test
    void anothersIsRefusedOrPutBack() throws IOException {
        noted(OWN);
        Files.writeString(id, OTHERS);
        assertThatThrownBy(() -> check(WhenChanged.REFUSE))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("was not made for 9f3c2a1b: default as " + OTHERS)
                .extracting(failure -> ((ExpectedFailure) failure).nextStep())
                .asString()
                .contains("--changed restore", "--changed use");
        assertThat(id).hasContent(OTHERS);
        check(WhenChanged.RESTORE);
        assertThat(id).hasContent(OWN);
        assertThat(said).singleElement().asString().startsWith("The id of another VM, put back");
        check(WhenChanged.REFUSE);
    }

    @Test
    void aPersonMayTakeAnother() throws IOException {
        noted(OWN);
        Files.writeString(id, OTHERS);
        check(WhenChanged.USE);
        assertThat(said).singleElement().asString().contains("default as " + OTHERS);
        assertThat(MachineIdentity.read(files)).extracting(MachineIdentity::id).containsExactly(OWN, OTHERS);
        check(WhenChanged.REFUSE);
    }

    @Test
    void whatTheHypervisorSaysWasMadeHereIsTheSandboxs() throws IOException {
        noted("gone-since");
        Files.writeString(id, OWN);
        check(WhenChanged.REFUSE);
        assertThat(said).isEmpty();
        assertThat(MachineIdentity.read(files)).extracting(MachineIdentity::id).containsExactly("gone-since", OWN);
    }

    @Test
    void whatIsPutAsideMayBeSomebodysWhereNothingSaysSo() throws IOException {
        noted(OWN);
        Files.writeString(id, OTHERS);
        assertThat(ids.check(files, HostContext.here(), WhenChanged.RESTORE, said::add))
                .as("the hypervisor says that it is another's")
                .isEmpty();
        for (String name : List.of("0A1B2C3D_default", OWN.toUpperCase(Locale.ROOT), "06c1a1c1")) {
            Files.writeString(id, name);
            assertThat(ids.check(files, HostContext.here(), WhenChanged.RESTORE, said::add))
                    .as("a tool may take this for a machine")
                    .extracting(machine -> machine.id())
                    .containsExactly(name);
            assertThat(id).hasContent(OWN);
        }
    }

    @Test
    void anIdOfNothingIsNoNews() throws IOException {
        noted("");
        Files.writeString(id, RecordedMachines.uuid(77));
        check(WhenChanged.REFUSE);
        assertThat(MachineIdentity.read(files)).extracting(MachineIdentity::id).containsExactly("");
        assertThat(ids.ours(files, HostContext.here())).isEmpty();
    }

    @Test
    void aHypervisorThatIsSilentProvesNothing() throws IOException {
        noted(OWN);
        Files.writeString(id, OTHERS);
        MachineIds silent = new MachineIds(new Hypervisors(
                new Environment(Map.of("HOME", temp.toString())),
                new RecordedTools().silent("qemu:///system"),
                temp.resolve("proc")));
        for (WhenChanged then : WhenChanged.values()) {
            assertThatThrownBy(() -> silent.check(files, HostContext.here(), then, said::add))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("can't be told");
        }
        assertThat(id).hasContent(OTHERS);
    }

    @Test
    void whatIsLearntIsJudged() throws IOException {
        noted("");
        Files.writeString(id, OTHERS);
        ids.learn(files, HostContext.here());
        assertThat(MachineIdentity.read(files)).extracting(MachineIdentity::id).containsExactly("");
        Files.writeString(id, OWN);
        ids.learn(files, HostContext.here());
        assertThat(MachineIdentity.read(files)).extracting(MachineIdentity::id).containsExactly(OWN);
        assertThat(ids.ours(files, HostContext.here()))
                .extracting(machine -> machine.id())
                .containsExactly(OWN);
    }

    @Test
    void ofASandboxOfWhichNothingWasNotedAllIsLearnt() throws IOException {
        Files.writeString(id, OTHERS);
        assertThat(ids.ours(files, HostContext.here())).hasSize(1);
        ids.learn(files, HostContext.here());
        assertThat(MachineIdentity.read(files)).extracting(MachineIdentity::id).containsExactly(OTHERS);
    }

    @Test
    void aMachineThatWasNeverMadeIsNotAnothers() throws IOException {
        noted(OWN);
        Files.writeString(id, OWN);
        Path spare = Files.createDirectories(files.directory().resolve(".vagrant/machines/spare/libvirt"))
                .resolve("id");
        Files.writeString(spare, OTHERS);
        check(WhenChanged.RESTORE);
        assertThat(spare).doesNotExist();
        assertThat(id).hasContent(OWN);
    }

    @Test
    void aLinkInItsPlaceIsNotWrittenThrough() throws IOException {
        noted(OWN);
        Path theirs = Files.writeString(temp.resolve("theirs"), OTHERS);
        Files.createSymbolicLink(id, theirs);
        check(WhenChanged.RESTORE);
        assertThat(theirs).hasContent(OTHERS);
        assertThat(Files.isSymbolicLink(id)).isFalse();
        assertThat(id).hasContent(OWN);
    }

    @Test
    void sandboxesOfOlderVersionsAreUsedAsTheyAre() throws IOException {
        Files.writeString(id, OTHERS);
        check(WhenChanged.REFUSE);
        assertThat(said).isEmpty();
        assertThat(id).hasContent(OTHERS);
    }
}
