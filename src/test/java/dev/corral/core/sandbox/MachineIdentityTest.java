package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.FileGuard;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is noted of whose a VM is: never more than was said, and never less while it may still be there. */
@Tag("unit")
class MachineIdentityTest {
    private static final MachineIdentity RESOLVED =
            new MachineIdentity("web", "libvirt", "qemu:///system", "lab_web", false, "");

    @TempDir
    Path temp;

    private SandboxFiles files;

    @BeforeEach
    void aSandbox() {
        files = new SandboxStore(temp.resolve("cache")).create("s");
    }

    private List<MachineIdentity> noted() throws IOException {
        return MachineIdentity.read(files);
    }

    private static MachineIdentity with(String id) {
        return new MachineIdentity("web", "libvirt", "qemu:///system", "lab_web", false, id);
    }

    @Test
    void whatWasWrittenIsRead() throws Exception {
        assertThat(noted()).isEmpty();
        MachineIdentity.write(files, List.of(RESOLVED));
        assertThat(MachineIdentity.file(files)).isRegularFile().hasParent(files.own());
        assertThat(noted()).containsExactly(RESOLVED);
        MachineIdentity.write(files, List.of());
        assertThat(noted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[null]", "{}", "[{\"machine\":", "[[]]", "[1]"})
    void ofWhatCanNotBeUnderstoodNothingIsConcluded(String content) throws Exception {
        Files.writeString(MachineIdentity.file(files), content);
        assertThatThrownBy(this::noted).isInstanceOf(IOException.class).hasMessageContaining("can't be understood");
    }

    @Test
    void whatIsMissingIsEmpty() throws Exception {
        Files.writeString(MachineIdentity.file(files), "[{\"comes_later\": 1}]");
        assertThat(noted()).containsExactly(new MachineIdentity("", "", "", "", false, ""));
    }

    @Test
    void theFirstIdTakesThePlaceOfNone() throws Exception {
        MachineIdentity.write(files, List.of(RESOLVED));
        MachineIdentity.note(files, "web", "libvirt", "one");
        assertThat(noted()).containsExactly(with("one"));
    }

    @Test
    void aSecondIdStandsBesideTheFirst() throws Exception {
        MachineIdentity.write(files, List.of(RESOLVED));
        MachineIdentity.note(files, "web", "libvirt", "one");
        MachineIdentity.note(files, "web", "libvirt", "two");
        MachineIdentity.note(files, "web", "libvirt", "one");
        assertThat(noted()).containsExactly(with("one"), with("two"));
    }

    @Test
    void anotherMachineOrProviderIsNotTheSame() throws Exception {
        MachineIdentity.write(files, List.of(RESOLVED));
        MachineIdentity.note(files, "db", "libvirt", "three");
        MachineIdentity.note(files, "web", "qemu", "four");
        assertThat(noted())
                .containsExactly(
                        RESOLVED,
                        new MachineIdentity("db", "libvirt", "", "", true, "three"),
                        new MachineIdentity("web", "qemu", "", "", true, "four"));
    }

    @Test
    void whatIsNotNewIsNotWritten() throws Exception {
        MachineIdentity.note(files, "web", "libvirt", "one");
        Object before = Files.getAttribute(MachineIdentity.file(files), "unix:ino");
        MachineIdentity.note(files, "web", "libvirt", "one");
        assertThat(Files.getAttribute(MachineIdentity.file(files), "unix:ino")).isEqualTo(before);
        MachineIdentity.note(files, "web", "libvirt", "two");
        assertThat(Files.getAttribute(MachineIdentity.file(files), "unix:ino")).isNotEqualTo(before);
    }

    @Test
    void whatIsGoneIsForgottenAndWhatItIsKnownByIsNot() throws Exception {
        MachineIdentity.forget(files, machine -> true);
        assertThat(MachineIdentity.file(files)).doesNotExist();
        MachineIdentity db = new MachineIdentity("db", "libvirt", "", "lab_db", false, "three");
        MachineIdentity.write(files, List.of(with("one"), with("two"), db));
        MachineIdentity.forget(files, "web"::equals);
        assertThat(noted()).containsExactly(RESOLVED, db);
    }

    @Test
    void whoFindsThemBeingWrittenWaits() throws Exception {
        CompletableFuture<Void> noting;
        try (FileGuard held =
                FileGuard.tryTake(files.own().resolve("identities.json.lock")).orElseThrow()) {
            noting = CompletableFuture.runAsync(() -> {
                try {
                    MachineIdentity.note(files, "web", "libvirt", "one");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Thread.sleep(100);
            assertThat(noting).isNotDone();
            assertThat(noted()).isEmpty();
        }
        noting.join();
        assertThat(noted()).hasSize(1);
    }

    private static SurveyedMachine machine(String provider, String name, String source) {
        return new SurveyedMachine(
                new HypervisorObject(provider, "u-1", name, MachineState.RUNNING, -1, "qemu:///system"),
                source,
                List.of(),
                0,
                0,
                List.of(),
                Optional.empty());
    }

    @Test
    void byItsNameAloneItMayBeOneOfWhichNothingElseIsKnown() {
        assertThat(RESOLVED.mayBe(machine("libvirt", "lab_web", ""))).isTrue();
        assertThat(RESOLVED.mayBe(machine("libvirt", "lab_db", ""))).isFalse();
        assertThat(RESOLVED.mayBe(machine("virtualbox", "lab_web", ""))).isFalse();
        assertThat(RESOLVED.mayBe(machine("libvirt", "lab_web", "/lab/Vagrantfile")))
                .as("it says where it is from")
                .isFalse();
        assertThat(with("one").mayBe(machine("libvirt", "lab_web", "")))
                .as("its id is known")
                .isFalse();
        assertThat(new MachineIdentity("web", "libvirt", "", "lab_web", true, "")
                        .mayBe(machine("libvirt", "lab_web", "")))
                .as("it would say so")
                .isFalse();
        assertThat(new MachineIdentity("web", "libvirt", "", "", false, "").mayBe(machine("libvirt", "", "")))
                .isFalse();
    }

    @Test
    void theHypervisorsWordCountsWhereItNamesTheFolder() throws Exception {
        String own = files.directory().resolve("Vagrantfile").toString();
        assertThat(MachineIdentity.from(machine("libvirt", "x", own), files)).isTrue();
        assertThat(MachineIdentity.from(machine("libvirt", "x", "/lab/Vagrantfile"), files))
                .isFalse();
        assertThat(MachineIdentity.from(machine("libvirt", "x", ""), files)).isFalse();
        assertThat(MachineIdentity.from(machine("libvirt", "x", "a\u0000b"), files))
                .isFalse();
        Path link = Files.createSymbolicLink(
                temp.resolve("by-link"), files.directory().getParent());
        SandboxFiles linked = new SandboxFiles(link.resolve(files.directory().getFileName()), files.own());
        assertThat(MachineIdentity.from(machine("libvirt", "x", own), linked))
                .as("Vagrant resolves links")
                .isTrue();
        SandboxFiles gone = new SandboxFiles(temp.resolve("gone"), files.own());
        assertThat(MachineIdentity.from(machine("libvirt", "x", temp + "/gone/Vagrantfile"), gone))
                .isTrue();
        assertThat(MachineIdentity.from(machine("libvirt", "x", temp + "/other/Vagrantfile"), gone))
                .isFalse();
    }

    @Test
    void itIsWhatVagrantNotesOfTheSameMachineAndProvider() {
        LocalMachine local = with("one").local(files.directory());
        assertThat(local)
                .isEqualTo(new LocalMachine(
                        "web", "libvirt", "one", files.directory().resolve(".vagrant/machines/web/libvirt")));
        assertThat(RESOLVED.isOf(local)).isTrue();
        assertThat(new MachineIdentity("db", "libvirt", "", "", true, "").isOf(local))
                .isFalse();
        assertThat(new MachineIdentity("web", "qemu", "", "", true, "").isOf(local))
                .isFalse();
    }
}
