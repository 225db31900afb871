package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SshSettings;
import dev.corral.core.ssh.SshConfigParser;
import dev.corral.core.ssh.SshEndpoint;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.Vagrant;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What our Ruby in Vagrant tells of a start and of the verbs after it, and that Vagrant and the Vagrantfile do not notice it. */
@Tag("unit")
@Timeout(180)
class HookedStartTest {
    @TempDir
    Path temp;

    private ServerSocket sshServer;
    private StubWorld stub;

    @BeforeEach
    void open() throws Exception {
        // Something has to listen, else Vagrant is asked anew in case the address has changed.
        sshServer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Files.createDirectories(temp.resolve("bin"));
        wrap("exec '%s' \"$@\"");
        Map<String, String> variables = new HashMap<>();
        variables.put("PATH", temp.resolve("bin") + ":" + System.getenv("PATH"));
        variables.put("STUB_SSH", sshServer.getLocalPort() + " ada " + temp + "/a key%d");
        stub = new StubWorld(temp, variables);
    }

    @AfterEach
    void close() throws Exception {
        for (String sandbox : stub.directories()) {
            stub.destroy(sandbox);
        }
        stub.close();
        sshServer.close();
    }

    // Notes the first word of each command line, and runs the real Vagrant in this way.
    private void wrap(String last) throws Exception {
        Path real = new Vagrant(Environment.system()).executable();
        Path vagrant = Files.writeString(
                temp.resolve("bin/vagrant"),
                "#!/bin/sh\necho \"$1\" >>'" + temp + "/commands'\n" + last.formatted(real) + "\n");
        Files.setPosixFilePermissions(vagrant, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> commands() throws Exception {
        return Files.readAllLines(temp.resolve("commands")).stream()
                .filter(word -> !word.equals("--version"))
                .toList();
    }

    private Path project(String name, String... lines) throws Exception {
        Path vagrantfile =
                stub.vagrantfile("single").getParent().resolveSibling(name).resolve("Vagrantfile");
        Files.createDirectories(vagrantfile.getParent());
        Files.copy(stub.vagrantfile("single").resolveSibling("stub.rb"), vagrantfile.resolveSibling("stub.rb"));
        return Files.writeString(
                vagrantfile,
                "require_relative \"stub\"\nStub.world = ENV.fetch(\"STUB_WORLD\")\nStub.verbs = true\n"
                        + String.join("\n", lines) + "\n");
    }

    private SandboxFiles files(String sandbox) {
        return stub.files(sandbox);
    }

    private Optional<SshEndpoint> kept(String sandbox, String machine) throws Exception {
        String id = LocalState.machines(files(sandbox).directory()).stream()
                .filter(local -> local.name().equals(machine))
                .findFirst()
                .orElseThrow()
                .id();
        return SshSettings.read(files(sandbox), machine, id).map(endpoint -> endpoint.withLabel(machine));
    }

    private SshEndpoint asked(String sandbox, String machine) throws Exception {
        String text = new Vagrant(stub.environment())
                .sshConfig(
                        files(sandbox).directory(),
                        machine,
                        stub.manifest(sandbox).context().environment());
        return SshConfigParser.parse(text).get(machine);
    }

    private void run(String sandbox, String machine, MachineVerb verb) throws Exception {
        StubWorld.await(stub.corral().operations().run(sandbox, machine, verb, line -> {}));
    }

    @Test
    void howMachinesAreReachedIsKeptByTheStartItself() throws Exception {
        String sandbox = stub.start(StartRequest.of(project(
                "two",
                "Vagrant.configure('2') do |config|",
                "  config.vm.provider :stub",
                "  config.vm.provision :local, says: 'every time', run: 'always'",
                "  config.vm.define('web') { |web| web.ssh.proxy_command = 'nc %h %p' }",
                "  config.vm.define('db') { |db| db.ssh.username = 'grace hopper'; db.ssh.forward_agent = true }",
                "end")));
        // The Vagrant that was asked went on as the start.
        assertThat(commands()).containsExactly("corral-resolve");
        for (String machine : List.of("web", "db")) {
            stub.corral().connect(sandbox, machine);
        }
        assertThat(commands()).as("nobody has to ask Vagrant").containsExactly("corral-resolve");
        for (String machine : List.of("web", "db")) {
            assertThat(kept(sandbox, machine)).contains(asked(sandbox, machine));
        }
        assertThat(kept(sandbox, "db").orElseThrow().user()).isEqualTo("grace hopper");
        assertThat(kept(sandbox, "web").orElseThrow().proxyCommand()).contains("nc %h %p");
        SshEndpoint db = kept(sandbox, "db").orElseThrow();

        run(sandbox, "web", MachineVerb.halt());
        assertThat(kept(sandbox, "web")).as("off").isEmpty();
        assertThat(kept(sandbox, "db")).as("the other one goes on").contains(db);
        run(sandbox, "web", MachineVerb.up());
        assertThat(kept(sandbox, "web")).as("up again").contains(asked(sandbox, "web"));
        run(sandbox, "web", MachineVerb.provision());
        assertThat(kept(sandbox, "web")).contains(asked(sandbox, "web"));
    }

    @Test
    void nothingShowsThatItWasThere() throws Exception {
        String sandbox = stub.start(StartRequest.of(project(
                "curious",
                "seen = { env: ENV.keys.grep(/CORRAL_HOOK|VAGRANT_VAGRANTFILE/), file: __FILE__, argv: ARGV.dup, dir: Dir.pwd }",
                "File.write(File.join(Stub.world, 'seen'), JSON.generate(seen))",
                "Vagrant.configure('2') do |config|",
                "  config.vm.provider :stub",
                "end")));
        JsonNode seen = Json.mapper().readTree(temp.resolve("world/seen").toFile());
        assertThat(seen.path("env")).isEmpty();
        assertThat(seen.path("file").asText())
                .isEqualTo(files(sandbox)
                        .directory()
                        .resolve("Vagrantfile")
                        .toRealPath()
                        .toString());
        assertThat(seen.path("argv").get(0).asText()).isEqualTo("up");
        JsonNode index = Json.mapper()
                .readTree(temp.resolve("vagrant-home/data/machine-index/index").toFile());
        assertThat(index.path("machines")).hasSize(1);
        index.path("machines").forEach(entry -> {
            assertThat(entry.path("vagrantfile_name").isNull()).isTrue();
            assertThat(entry.path("vagrantfile_path").asText()).endsWith(sandbox);
        });
    }

    @Test
    void whereItCanNotWorkVagrantGoesOn() throws Exception {
        Path vagrantfile = project(
                "hostile",
                "CorralHook::Tell.define_singleton_method(:tell) { |*| raise 'not today' } if defined?(CorralHook)",
                "Vagrant.configure('2') do |config|",
                "  config.vm.provider :stub",
                "  config.vm.provision :local, says: 'there'",
                "end");
        String broken = stub.start(StartRequest.of(vagrantfile));
        assertThat(kept(broken, "default")).isEmpty();
        assertThat(commands()).containsExactly("corral-resolve");
        stub.destroy(broken);

        StartRequest single = stub.request("single");
        // What was written in the moment before Vagrant is asked is not remembered: it may be changed in the same
        // moment.
        Thread.sleep(100);
        stub.destroy(stub.start(single));
        // As in a container, which sees the sandbox only.
        wrap(
                "[ \"$1\" = up ] && [ -f \"$VAGRANT_VAGRANTFILE\" ] && export VAGRANT_VAGRANTFILE=/nowhere/hook.rb\nexec '%s' \"$@\"");
        Files.delete(temp.resolve("commands"));
        String contained = stub.start(single);
        assertThat(commands()).as("once more, without it").containsExactly("up", "up");
        assertThat(stub.machines()).hasSize(1);
        stub.destroy(contained);
    }

    @Test
    void anErrorOfTheVagrantfileIsItsOwn() throws Exception {
        Throwable failure = stub.failure(StartRequest.of(project("wrong", "", "raise 'no such course'")));
        assertThat(failure).isInstanceOf(ExpectedFailure.class);
        assertThat(failure.getMessage() + ((ExpectedFailure) failure).details())
                .contains("line 5", "no such course")
                .doesNotContain("hook.rb", "corral-hook");
        assertThat(commands()).containsExactly("corral-resolve");
    }

    @Test
    void aStartThatRanNoProvisionerIsNoSuccess() throws Exception {
        Throwable failure = stub.failure(StartRequest.of(project(
                "skipped",
                "Stub.trouble = :no_provision",
                "Vagrant.configure('2') do |config|",
                "  config.vm.provider :stub",
                "  config.vm.provision 'late', type: :local, run: 'never'",
                "  config.vm.provision 'app', type: :local, says: 'never said'",
                "end")));
        assertThat(failure).isInstanceOf(ExpectedFailure.class);
        assertThat(failure.getMessage())
                .isEqualTo(
                        "Machine default ran no provisioner app (local), although the Vagrantfile asks for it in line 8 of"
                                + " Vagrantfile.");
        assertThat(stub.machines()).isEmpty();
    }

    @Test
    void whatRanIsNotMissed() throws Exception {
        String sandbox = stub.start(StartRequest.of(project(
                "all",
                "Vagrant.configure('2') do |config|",
                "  config.vm.provider :stub",
                "  3.times { config.vm.provision :local, says: 'again' }",
                "  config.vm.provision 'never', type: :local, run: 'never'",
                "  config.vm.provision 'always', type: :local, run: 'always'",
                "  config.vm.provision 'changed', type: :local, says: 'first'",
                "  config.trigger.after(:up, only_on: ['web']) { |trigger| trigger.info = 'up' }",
                "  config.vm.define('web') { |web| web.vm.provision 'changed', type: :local, says: 'second' }",
                "  config.vm.define('db', autostart: false)",
                "end")));
        run(sandbox, "web", MachineVerb.halt());
        run(sandbox, "web", MachineVerb.up());
        run(sandbox, "web", MachineVerb.provision());
        assertThat(stub.machines()).hasSize(1);
    }
}
