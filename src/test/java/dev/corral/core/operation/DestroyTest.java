package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a destroy removes, and above all what it leaves. */
@Tag("unit")
@Timeout(180)
class DestroyTest extends OverStub {
    @Test
    @Tag("any_user")
    void keepsTheDirectoryWhileVagrantNotesAMachine() throws Exception {
        String id = stub.start(stub.request("sticky"));
        Path outside = Files.writeString(temp.resolve("outside"), "not ours");
        Files.createSymbolicLink(stub.cache().resolve(id).resolve("link"), outside);

        assertThat(StubWorld.failure(stub.corral().operations().destroy(id)))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure)
                        .hasMessageContaining("still notes default"));
        assertThat(stub.sandbox(id).state()).isEqualTo(SandboxState.DESTROY_FAILED);
        assertThat(stub.machines()).hasSize(1);

        stub.letGo();
        stub.destroy(id);
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
        assertThat(outside).hasContent("not ours");
    }

    @Test
    void keepsTheDirectoryWhenVagrantFails() throws Exception {
        String id = stub.start(stub.request("single"));
        Path vagrantfile = stub.cache().resolve(id).resolve("Vagrantfile");
        String whole = Files.readString(vagrantfile);
        Files.writeString(vagrantfile, "Vagrant.configure(\"2\") do |config\nend\n");
        // As in a sandbox of an older Corral: nothing was kept that could be put back.
        Files.delete(stub.files(id).own().resolve("kept.json"));
        assertThat(StubWorld.failure(stub.corral().operations().destroy(id)))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
                    assertThat(failure).hasMessageContaining("vagrant destroy ended with exit code 1");
                    assertThat(failure.details()).contains("Vagrantfile");
                });
        assertThat(stub.machines()).hasSize(1);
        assertThat(stub.sandbox(id).machines()).hasSize(1);
        Files.writeString(vagrantfile, whole);
        stub.destroy(id);
        assertThat(stub.machines()).isEmpty();
    }

    @Test
    void leavesSandboxesOfTheOriginalPluginAlone() throws Exception {
        Path old = Files.createDirectories(stub.cache().resolve("0a1b2c3d"));
        Files.writeString(old.resolve("Vagrantfile"), "Vagrant.configure('2') { |config| }\n");
        Path nested = Files.createDirectories(stub.cache().resolve("night-run/9f3c2a1b"));
        Files.writeString(nested.resolve("Vagrantfile"), "Vagrant.configure('2') { |config| }\n");
        Path stranger = Files.createDirectories(stub.cache().resolve("stranger"));
        Files.writeString(stranger.resolve("notes.txt"), "not a sandbox");
        String ours = stub.start(stub.request("single"));

        assertThat(stub.inventory().sandboxes())
                .hasSize(3)
                .filteredOn(view -> !view.id().equals(ours))
                .allSatisfy(view -> {
                    assertThat(view.state()).isEqualTo(SandboxState.UNKNOWN);
                    // Another test's run of Inspect may be older than they are, and then it might own them.
                    assertThat(view.liveness()).isIn(Liveness.STRAY, Liveness.UNKNOWN);
                    assertThat(view.detail()).isEqualTo("not made by Corral");
                });
        stub.destroy(ours);
        assertThat(stub.directories()).containsExactly("0a1b2c3d", "night-run", "stranger");
        assertThat(old.resolve("Vagrantfile")).exists();
        assertThat(stranger.resolve("notes.txt")).exists();

        stub.destroy("0a1b2c3d");
        stub.destroy("9f3c2a1b");
        assertThat(old).doesNotExist();
        assertThat(nested).doesNotExist();
    }

    @Test
    void neverFollowsALinkInTheCacheDirectory() throws Exception {
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere/deadbeef"));
        Files.writeString(elsewhere.resolve("Vagrantfile"), "Vagrant.configure('2') { |config| }\n");
        Files.createDirectories(stub.cache());
        Files.createSymbolicLink(stub.cache().resolve("deadbeef"), elsewhere);
        Files.createSymbolicLink(stub.cache().resolve("level"), elsewhere.getParent());
        assertThat(stub.inventory().sandboxes()).isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> stub.corral().operations().destroy("deadbeef"))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ExpectedFailure.Kind.NOT_FOUND));
        assertThat(elsewhere.resolve("Vagrantfile")).exists();
    }

    @Test
    void putsSandboxesOfASuffixOneLevelDeeperAndFindsThemFromAbove() throws Exception {
        String id;
        try (StubWorld night = new StubWorld(temp, Map.of("INSPECT_SANDBOX_CACHE_SUFFIX", "night"))) {
            id = night.start(night.request("single"));
            assertThat(StubWorld.files(stub.cache().resolve("night").resolve(id))
                            .manifest())
                    .exists();
        }
        assertThat(stub.sandbox(id).state()).isEqualTo(SandboxState.READY);
        stub.destroy(id);
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.cache().resolve("night").resolve(id)).doesNotExist();
    }
}
