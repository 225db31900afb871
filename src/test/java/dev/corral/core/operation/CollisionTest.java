package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.JournalEntry.Event;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.FailureView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a Vagrantfile fixes, and another sandbox or program has: told before anything is made, or waited for. */
@Tag("unit")
@Timeout(300)
class CollisionTest {
    @TempDir
    private Path temp;

    private StubWorld stub;

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (String sandbox : stub.directories()) {
            stub.destroy(sandbox);
        }
        assertThat(stub.machines()).isEmpty();
        stub.close();
    }

    private StartRequest request(String name, String... lines) throws IOException {
        Path file = stub.vagrantfile("single");
        Path own = Files.createDirectories(temp.resolve(name)).resolve("Vagrantfile");
        Files.copy(file.resolveSibling("stub.rb"), own.resolveSibling("stub.rb"));
        Files.writeString(own, """
                require_relative "stub"
                Stub.world = ENV.fetch("STUB_WORLD")
                Vagrant.configure("2") do |config|
                  config.vm.provider :stub
                  %s
                end
                """.formatted(String.join("\n  ", lines)));
        return StartRequest.of(own);
    }

    @Test
    void aStaticAddressOfAnotherSandboxIsRefusedUntilThatIsGone() throws Exception {
        stub = new StubWorld(temp);
        StartRequest request = request("lab", "config.vm.network \"private_network\", ip: \"10.9.8.7\"");
        String first = stub.start(request);
        Throwable failure = stub.failure(request);
        assertThat(failure)
                .isInstanceOf(ExpectedFailure.class)
                .hasMessage("The Vagrantfile gives default the address 10.9.8.7, which sandbox " + first + " has now.");
        assertThat(((ExpectedFailure) failure).nextStep()).contains("INSPECT_VM_SUFFIX");
        // Nothing was made, and nothing of the first was touched.
        assertThat(stub.machines()).hasSize(1);
        assertThat(stub.directories()).containsExactly(first);
        stub.destroy(first);
        String next = stub.start(request);
        assertThat(stub.machines()).hasSize(1);
        assertThat(stub.directories()).containsExactly(next);
    }

    @Test
    void theLineThatFixesItIsNamedWhereTheFileCanBeRead() throws Exception {
        stub = new StubWorld(temp);
        StartRequest request = request("lab", "config.vm.network \"private_network\", ip: \"10.9.8.7\"");
        stub.start(request);
        assertThat(refused(request).vagrantfileLine()).isEqualTo(5);
        // Vagrant's answer is remembered by the content, whatever the line says in a comment.
        Files.writeString(request.vagrantfile(), Files.readString(request.vagrantfile()) + "# 10.9.8.7\n");
        assertThat(refused(request).vagrantfileLine()).isEqualTo(5);
        Files.writeString(request.vagrantfile(), Files.readString(request.vagrantfile()) + "ADDRESS = \"10.9.8.7\"\n");
        FailureView several = refused(request);
        assertThat(several.vagrantfileLine()).as("two lines have it").isZero();
        assertThat(several.sentence()).contains("10.9.8.7");
        assertThat(stub.machines()).hasSize(1);
    }

    private FailureView refused(StartRequest request) throws InterruptedException {
        Operation start = stub.corral().operations().start(request);
        assertThat(StubWorld.failure(start)).isInstanceOf(ExpectedFailure.class);
        return start.failure().orElseThrow();
    }

    @Test
    void otherAddressesNetworksOfOtherNamesAndWhatVagrantMayCorrectAreNoCollision() throws Exception {
        stub = new StubWorld(temp);
        stub.start(request(
                "a",
                "config.vm.network \"private_network\", ip: \"10.9.8.7\", libvirt__network_name: \"a\"",
                "config.vm.network \"forwarded_port\", guest: 80, host: 18080, auto_correct: true"));
        stub.start(request(
                "b",
                "config.vm.network \"private_network\", ip: \"10.9.8.7\", libvirt__network_name: \"b\"",
                "config.vm.network \"forwarded_port\", guest: 80, host: 18080, auto_correct: true"));
        stub.start(request("c", "config.vm.network \"private_network\", ip: \"10.9.8.8\""));
        assertThat(stub.machines()).hasSize(3);
    }

    @Test
    void aPortOfThisMachineThatAProgramHasIsNamed() throws Exception {
        stub = new StubWorld(temp);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            StartRequest request = request("web", "config.vm.network \"forwarded_port\", guest: 80, host: " + port);
            assertThat(stub.failure(request))
                    .hasMessage("The Vagrantfile gives default port " + port
                            + ", which another program of this machine has now.");
        }
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    void aHypervisorThatDoesNotAnswerIsToldBeforeAVmIsMade() throws Exception {
        stub = new StubWorld(temp, Map.of("LIBVIRT_DEFAULT_URI", "test:///default"));
        StartRequest request = request(
                "silent",
                "config.vm.provider :libvirt",
                "config.vm.define(\"far\") { |m| m.vm.provider(:libvirt) { |l| l.uri = \"test:///nowhere/node.xml\" } }");
        ExpectedFailure failure = (ExpectedFailure) stub.failure(new StartRequest(
                request.vagrantfile(),
                Optional.empty(),
                Map.of(),
                Optional.of("libvirt"),
                false,
                Manifest.Origin.none(),
                Optional.empty(),
                false));
        assertThat(failure)
                .hasMessageStartingWith("libvirt (test:///nowhere/node.xml) does not answer: ")
                .hasMessageEndingWith(". No VM was made.");
        assertThat(failure.nextStep()).contains("libvirt.uri");
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    void whoWaitsIsQueuedBehindTheOther() throws Exception {
        stub = new StubWorld(temp, Map.of("CORRAL_ON_COLLISION", "wait"));
        StartRequest request = request("lab", "config.vm.network \"private_network\", ip: \"10.9.8.7\"");
        String first = stub.start(request);
        Operation second = stub.corral().operations().start(request);
        List<JournalEntry> told = new CopyOnWriteArrayList<>();
        second.follow(told::add);
        StubWorld.until(() -> told.stream().anyMatch(entry -> entry.event() == Event.QUEUED));
        assertThat(second.done()).isNotDone();
        assertThat(stub.machines()).hasSize(1);
        stub.destroy(first);
        second.done().get(2, TimeUnit.MINUTES);
        assertThat(stub.directories()).containsExactly(second.sandbox());
    }

    @Test
    void whoWaitsCanBeCancelled() throws Exception {
        stub = new StubWorld(temp, Map.of("CORRAL_ON_COLLISION", "wait"));
        StartRequest request = request("lab", "config.vm.network \"private_network\", ip: \"10.9.8.7\"");
        String first = stub.start(request);
        Operation second = stub.corral().operations().start(request);
        List<JournalEntry> told = new CopyOnWriteArrayList<>();
        second.follow(told::add);
        StubWorld.until(() -> told.stream().anyMatch(entry -> entry.event() == Event.QUEUED));
        second.cancel();
        StubWorld.until(() -> second.done().isDone());
        assertThat(stub.directories()).containsExactly(first);
    }

    @Test
    void aWordThatMeansNothingIsRefused() throws Exception {
        stub = new StubWorld(temp, Map.of("CORRAL_ON_COLLISION", "maybe"));
        StartRequest request = request("lab");
        assertThatThrownBy(() -> stub.corral().operations().start(request))
                .hasMessageContaining("CORRAL_ON_COLLISION is \"maybe\"");
    }
}
