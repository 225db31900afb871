package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.sandbox.Ownership;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxLock;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One machine of several goes and the others stay; a sandbox whose owner has ended gets another. */
@Tag("unit")
@Timeout(180)
class OneMachineTest extends OverStub {
    private List<String> names(String id) {
        return stub.sandbox(id).machines().stream().map(MachineView::name).toList();
    }

    @Test
    void theOthersStayAndTheLastOneTakesTheSandboxWithIt() throws Exception {
        String id = stub.start(stub.request("multi"));
        StubWorld.await(stub.corral().operations().destroyMachine(id, "victim"));
        assertThat(stub.machines()).singleElement().asString().startsWith("stub-attacker-");
        assertThat(names(id)).containsExactly("attacker");
        assertThat(stub.sandbox(id).state()).isEqualTo(SandboxState.READY);
        assertThat(stub.manifest(id).machines()).containsExactly("attacker");

        assertThatThrownBy(() -> stub.corral().operations().destroyMachine(id, "victim"))
                .isInstanceOfSatisfying(ExpectedFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ExpectedFailure.Kind.NOT_FOUND));

        StubWorld.await(stub.corral().operations().destroyMachine(id, "attacker"));
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    void oneThatDoesNotStartByItselfIsMadeWhenItIsNamed() throws Exception {
        Path vagrantfile = stub.vagrantfile("single");
        Files.writeString(
                vagrantfile,
                String.join(
                        "\n",
                        "require_relative 'stub'",
                        "Stub.world = ENV.fetch('STUB_WORLD')",
                        "Stub.verbs = true",
                        "Vagrant.configure('2') do |config|",
                        "  config.vm.provider :stub",
                        "  config.vm.define 'web'",
                        "  config.vm.define 'spare', autostart: false",
                        "end",
                        ""));
        String id = stub.start(StartRequest.of(vagrantfile));
        assertThat(stub.machines()).hasSize(1);
        StubWorld.await(stub.corral().operations().run(id, "spare", MachineVerb.up(), line -> {}));
        assertThat(stub.machines()).hasSize(2);
        // Where it is reached and since when is known as of those that the start made.
        assertThat(new Journal(stub.files(id).journal()).read())
                .filteredOn(entry -> "spare".equals(entry.machine()))
                .extracting(JournalEntry::event, JournalEntry::address)
                .contains(
                        tuple(JournalEntry.Event.MACHINE_ADDRESS, "192.0.2.1:22"),
                        tuple(JournalEntry.Event.MACHINE_BOOTED, null));
        assertThatThrownBy(() -> stub.corral().operations().run(id, "nobody", MachineVerb.up(), line -> {}))
                .hasMessageContaining("nobody");
        stub.destroy(id);
    }

    @Test
    void upOfAllDoesNotMakeAgainWhatWasDestroyed() throws Exception {
        String id = stub.start(stub.request("multi"));
        StubWorld.await(stub.corral().operations().destroyMachine(id, "attacker"));
        StubWorld.await(stub.corral().operations().run(id, "", MachineVerb.up(), line -> {}));
        assertThat(stub.machines()).singleElement().asString().startsWith("stub-victim-");
        stub.destroy(id);
    }

    @Test
    void upOfAllMakesWhatAFailedStartDidNotComeTo() throws Exception {
        Path vagrantfile = stub.vagrantfile("single");
        Path room = Files.createFile(vagrantfile.resolveSibling("room"));
        Files.writeString(
                vagrantfile,
                String.join(
                        "\n",
                        "require_relative 'stub'",
                        "Stub.world = ENV.fetch('STUB_WORLD')",
                        "Stub.verbs = true",
                        "Vagrant.configure('2') do |config|",
                        "  config.vm.provider :stub",
                        "  config.vm.define 'web'",
                        "  config.vm.define 'db' do |db|",
                        "    db.trigger.before :up do |trigger|",
                        "      trigger.run = { inline: \"test -s '" + room + "'\" }",
                        "    end",
                        "  end",
                        "  config.vm.define 'spare', autostart: false",
                        "end",
                        ""));
        Operation start =
                stub.corral().operations().start(StartRequest.of(vagrantfile).withKeepFailed(true));
        assertThat(StubWorld.failure(start)).isNotNull();
        String id = start.target().sandbox();
        assertThat(stub.machines()).singleElement().asString().startsWith("stub-web-");
        assertThat(stub.sandbox(id).state()).isEqualTo(SandboxState.FAILED);
        Files.writeString(room, "for one more");
        StubWorld.await(stub.corral().operations().run(id, "", MachineVerb.up(), line -> {}));
        assertThat(stub.machines()).hasSize(2).noneMatch(name -> name.startsWith("stub-spare-"));
        assertThat(stub.sandbox(id).state()).isEqualTo(SandboxState.READY);
        stub.destroy(id);
    }

    @Test
    void whatVagrantStillNotesIsNotForgotten() throws Exception {
        String id = stub.start(stub.request("multi"));
        Path vagrantfile = stub.cache().resolve(id).resolve("Vagrantfile");
        String whole = Files.readString(vagrantfile);
        // What was kept would be put back before Vagrant runs.
        Files.delete(stub.files(id).own().resolve("kept.json"));
        Files.writeString(
                vagrantfile, whole.replace("Vagrant.configure", "Stub.trouble = :destroy_keeps_id\nVagrant.configure"));
        assertThat(StubWorld.failure(stub.corral().operations().destroyMachine(id, "victim")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("still notes victim");
        assertThat(names(id)).containsExactly("attacker", "victim");
        Files.writeString(vagrantfile, "nonsense(");
        assertThat(StubWorld.failure(stub.corral().operations().destroyMachine(id, "victim")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("vagrant destroy ended with exit code");
        assertThat(names(id)).containsExactly("attacker", "victim");
        Files.writeString(vagrantfile, whole);
        stub.destroy(id);
        assertThat(stub.machines()).isEmpty();
    }

    private static Owner ended() {
        ProcessIdentity self = ProcessIdentity.self();
        return new Owner(
                self.pid(), self.startTicks() + 1, self.bootId(), self.pidNamespace(), self.host(), Owner.Kind.CONSOLE);
    }

    private void giveTo(String id, Owner owner) throws IOException {
        new SandboxStore(stub.cache()).write(stub.files(id), stub.manifest(id).takenBy(owner, Instant.now()));
    }

    @Test
    void aStrayIsTakenBackButNeverFromWhoeverLives() throws Exception {
        String id = stub.start(stub.request("single"));
        giveTo(id, ended());
        assertThat(stub.sandbox(id).liveness()).isEqualTo(Liveness.STRAY);
        stub.corral().operations().takeBack(id);
        assertThat(stub.sandbox(id).liveness()).isEqualTo(Liveness.LIVE);
        assertThat(stub.manifest(id).owner()).isEqualTo(Owners.self(Owner.Kind.CONSOLE));
        stub.corral().operations().takeBack(id);

        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            giveTo(id, Owners.process(other.pid(), Owner.Kind.INSPECT));
            assertThatThrownBy(() -> stub.corral().operations().takeBack(id))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("which is alive");
            assertThat(stub.manifest(id).owner().pid()).isEqualTo(other.pid());
        } finally {
            other.destroyForcibly().waitFor();
        }
        ProcessIdentity self = ProcessIdentity.self();
        giveTo(id, new Owner(self.pid(), 1, "another-boot", self.pidNamespace(), "another-host", Owner.Kind.CONSOLE));
        assertThatThrownBy(() -> stub.corral().operations().takeBack(id))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("can't be told");
        stub.destroy(id);
    }

    @Test
    void ofTwoWindowsThatTakeItOneGetsIt() throws Exception {
        String id = stub.start(stub.request("single"));
        giveTo(id, ended());
        SandboxFiles files = stub.files(id);
        SandboxStore store = new SandboxStore(stub.cache());
        Process first = new ProcessBuilder("sleep", "60").start();
        Process second = new ProcessBuilder("sleep", "60").start();
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(2);
        for (Process window : List.of(first, second)) {
            Owner self = Owners.process(window.pid(), Owner.Kind.CONSOLE);
            Thread.ofVirtual().start(() -> {
                try {
                    Ownership.take(store, files, self);
                    taken.incrementAndGet();
                } catch (ExpectedFailure | IOException e) {
                    assertThat(e).isInstanceOf(ExpectedFailure.class);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        assertThat(taken).hasValue(1);
        first.destroyForcibly().waitFor();
        second.destroyForcibly().waitFor();
        stub.destroy(id);
    }

    @Test
    void aPinShowsWhoeverElseNeedsTheSandbox() throws Exception {
        String id = stub.start(stub.request("single"));
        stub.corral().operations().pin(id, true);
        assertThat(stub.sandbox(id).pinned()).isTrue();
        // Somebody works in it, as an open terminal's ssh does.
        try (SandboxLock lock = SandboxLock.take(stub.files(id))) {
            assertThat(stub.sandbox(id).pinned()).isTrue();
        }
        stub.corral()
                .operations()
                .pin(
                        stub.cache().resolve(id),
                        Optional.of(new Manifest.Pin("window", Instant.EPOCH, Optional.of(Instant.EPOCH))));
        assertThat(stub.sandbox(id).pinned()).isFalse();
        stub.destroy(id);
    }
}
