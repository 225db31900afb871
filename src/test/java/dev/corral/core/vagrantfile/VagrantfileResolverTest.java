package dev.corral.core.vagrantfile;

import static dev.corral.core.vagrantfile.CountedVagrant.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.ExpectedFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Vagrantfile that does not behave costs, and how its failure is told. */
@Tag("unit")
class VagrantfileResolverTest {
    @TempDir
    private Path root;

    private CountedVagrant vagrant;

    @BeforeEach
    void vagrant() throws IOException {
        vagrant = new CountedVagrant(root);
    }

    private ExpectedFailure failure(ResolveRequest request) {
        return catchThrowableOfType(
                ExpectedFailure.class, () -> vagrant.resolver().resolve(request));
    }

    @Test
    void oneThatDoesNotEndIsStopped() throws IOException {
        ExpectedFailure failure = failure(
                request(vagrant.project("loop", "x = 0", "loop { x += 1 }")).within(Duration.ofSeconds(12)));
        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(failure).hasMessage("The Vagrantfile was not done after 12 s; it was in line 6.");
    }

    @Test
    void oneThatDoesNotHeedInterruptsIsKilled() throws IOException {
        Path file = vagrant.project("deaf", "begin", "loop { sleep 1 }", "rescue Interrupt", "retry", "end");
        assertThat(failure(request(file).within(Duration.ofSeconds(3))).kind()).isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void oneThatPrintsWithoutAnEndIsStopped() throws IOException {
        assertThat(failure(request(vagrant.project("loud", "loop { puts \"x\" * 100_000 }"))))
                .hasMessageContaining("prints without an end");
    }

    @Test
    void failuresNameTheirLine() throws IOException {
        ExpectedFailure variable =
                failure(request(vagrant.project("variable", "config.vm.hostname = ENV.fetch(\"NO_SUCH_NAME\")")));
        assertThat(variable).hasMessage("The Vagrantfile looks up NO_SUCH_NAME in line 5, and it is not there.");
        assertThat(variable.nextStep()).contains("--env NO_SUCH_NAME=VALUE");
        assertThat(failure(request(vagrant.project("name", "config.vm.hostname = lenght"))))
                .hasMessageContaining("in line 5: undefined local variable");
        assertThat(failure(request(vagrant.project("ends", "exit 3"))))
                .hasMessage("The Vagrantfile ends Vagrant itself in line 5: exit 3.");
        assertThat(failure(request(root.resolve("nowhere/Vagrantfile"))).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure(request(root))).hasMessageContaining("can't be read as a Vagrantfile");
    }

    @Test
    void problemsAreFoundWithTheirLines() throws IOException {
        Path file = vagrant.project(
                "wrong",
                "config.vm.hostnme = \"a\"",
                "config.vm.provision \"ansibel\"",
                "config.vm.provision \"shell\", path: \"setpu.sh\"",
                "config.vm.define \"web\"",
                "config.vm.define \"db\"",
                "config.trigger.before(:up) { |t| t.only_on = \"wbe\" }",
                "config.vm.synced_folder \"gone\", \"/gone\"",
                "config.vagrant.plugins = [\"vagrant-no-such-plugin\"]",
                "config.nonsense.key = 1",
                "config.vm.provider(:libvirt) { |lv| lv.memry = 1 }",
                "Vagrant.has_plugin?(\"vagrant-other\")");
        Files.writeString(file.resolveSibling("setup.sh"), "");
        List<String> found = Problems.of(vagrant.resolver().examine(request(file))).stream()
                .map(one -> one.line() + ":" + one.severity() + ": " + one.text())
                .toList();
        assertThat(found)
                .contains(
                        "5:ERROR: There is no setting hostnme of config.vm. Did you mean hostname?",
                        "6:ERROR: There is no provisioner of the type ansibel. Did you mean ansible?",
                        "7:ERROR: The provisioner shell names setpu.sh, which is not there; setup.sh is.",
                        "10:WARNING: The trigger is for the machine wbe, which the file does not define. Did you mean web?",
                        "11:ERROR: The synced folder gone is not there.",
                        "1:ERROR: The plugin vagrant-no-such-plugin is not installed; vagrant plugin install "
                                + "vagrant-no-such-plugin gets it.",
                        "13:ERROR: There is no config.nonsense.",
                        "1:WARNING: The plugin vagrant-other, which the file asks for, is not installed.");
        assertThat(found)
                .anyMatch(text -> text.startsWith(
                        "14:ERROR: There is no setting memry of provider libvirt. Did you mean memory"));
    }

    @Test
    void aNameOfTwoLinesIsOneWhereSuchAFileIs() throws IOException {
        Path file = vagrant.project(
                "lines",
                "config.vm.provision \"shell\", path: File.absolute_path(\"two\\nlines.sh\")",
                "config.vm.provision \"shell\", path: \"no\\nfile.sh\"");
        Path script = Files.writeString(file.resolveSibling("two\nlines.sh"), "echo two\n");
        assertThat(NamedFiles.of(vagrant.resolver().examine(request(file))))
                .extracting(NamedFile::file)
                .contains(script)
                .noneMatch(named -> named.toString().contains("no\n"));
    }

    @Test
    void anAbsentProviderIsTroubleButNotTheEnd() throws IOException {
        Path file = vagrant.project("provider", "config.vm.define \"web\"");
        Resolution resolution = vagrant.resolver().examine(ResolveRequest.of(file, Map.of(), Optional.of("stubb")));
        assertThat(resolution.machines()).extracting(ResolvedMachine::name).containsExactly("web");
        assertThat(Problems.of(resolution))
                .extracting(Problem::text)
                .containsExactly("No plugin for the provider stubb is installed. Did you mean stub?");
    }

    @Test
    void trustIsAboutEverythingThatWasRead() throws IOException {
        Path file = vagrant.project(
                "trusted",
                "eval File.read(\"more.rb\")",
                "File.exist?(\"local.rb\") && load(\"local.rb\")",
                "config.trigger.before(:up) { |t| t.run = { path: \"host.sh\" } }",
                "config.vm.provision \"shell\", path: \"guest.sh\"");
        Path folder = file.getParent();
        for (String name : List.of("more.rb", "host.sh", "guest.sh")) {
            Files.writeString(folder.resolve(name), "1\n");
        }
        ReadFiles files = ReadFiles.of(vagrant.resolver().resolve(request(file)));
        assertThat(files.hashes().keySet())
                .contains(
                        file.toString(),
                        folder.resolve("more.rb").toString(),
                        folder.resolve("stub.rb").toString(),
                        folder.resolve("host.sh").toString())
                .doesNotContain(folder.resolve("guest.sh").toString());
        assertThat(files.hold()).isTrue();
        Files.writeString(folder.resolve("more.rb"), "2\n");
        assertThat(files.hold()).isFalse();
        Files.writeString(folder.resolve("more.rb"), "1\n");
        assertThat(files.hold()).isTrue();
        Files.writeString(folder.resolve("local.rb"), "1\n");
        assertThat(files.hold())
                .as("a file that was looked for in vain appears")
                .isFalse();
    }
}
