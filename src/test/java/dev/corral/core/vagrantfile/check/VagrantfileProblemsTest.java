package dev.corral.core.vagrantfile.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.vagrantfile.Problem.Severity;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.keys.SomeKeys;
import dev.corral.core.vagrantfile.syntax.RubyParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a Vagrantfile, from parser, settings and Vagrant together. */
@Tag("unit")
class VagrantfileProblemsTest {
    private static final RubyParser PARSER = new RubyParser(() -> Path.of("/usr/bin/vagrant"), System.getenv());
    private static final Path FILE = Path.of("/lab/Vagrantfile");
    private static final Known KNOWN = new Known(SomeKeys.table(), List.of("debian/bookworm64"));

    @AfterAll
    static void end() {
        PARSER.close();
    }

    private static List<VagrantfileProblem> problems(Optional<Resolution> resolution, String... lines) {
        String text = "Vagrant.configure('2') do |config|\n" + String.join("\n", lines) + "\nend\n";
        return VagrantfileProblems.of(FILE, PARSER.parse("Vagrantfile", text), resolution, KNOWN);
    }

    private static List<String> said(Optional<Resolution> resolution, String... lines) {
        return problems(resolution, lines).stream()
                .map(one -> one.line() + ":" + one.column() + " " + one.severity() + " " + one.text())
                .toList();
    }

    private static Optional<Resolution> told(String json) throws IOException {
        return Optional.of(Json.mapper().readValue(json, Resolution.class));
    }

    @Test
    void wordsThatNobodyKnowsAreFoundWithoutRunningTheFile() {
        assertThat(said(
                        Optional.empty(),
                        "config.vm.bax = 'debian/bookworm46'",
                        "config.vm.box = 'debian/bookworm46'",
                        "config.vbguest.auto = 1",
                        "config.shs.username = 'x'",
                        "config.vm.provider(:libvrt) { |v| v.x = 1 }",
                        "config.vm.provider(:qemu) { |v| v.x = 1 }",
                        "config.vm.provider(:libvirt) { |v| v.memry = 1; v.tap { }; v.cpus += 1 }",
                        "config.vm.provision 'shel', inline: 'x'",
                        "config.vm.provision 'x', type: 'ansibel'",
                        "config.vm.provision 'x', preserve_order: true",
                        "config.vm.provision 'y', type: kind",
                        "config.vm.provision name, inline: 'x'",
                        "config.vm.network 'private_netwrk', ip: 'x'",
                        "config.vm.synced_folder '.', '/x', type: 'rsnc'",
                        "config.vm.define 'web'",
                        "config.vm.define 'web'",
                        "config.vm.guest = :windos",
                        "config.trigger.before(:up) { |t| t.inf = 'x' }",
                        "config.vm.networks.each { |n| n.anything }"))
                .containsExactly(
                        "2:11 WARNING There is no setting bax of config.vm. Did you mean box?",
                        "3:18 WARNING The box debian/bookworm46 is not here yet; Vagrant will fetch it."
                                + " Did you mean debian/bookworm64?",
                        "4:8 WARNING Nothing that is installed knows config.vbguest."
                                + " Mend the name, or install the plugin that brings it.",
                        "5:8 WARNING Nothing that is installed knows config.shs. Did you mean ssh?",
                        "6:21 WARNING No plugin for the provider libvrt is installed. Did you mean libvirt?",
                        "7:21 WARNING No plugin for the provider qemu is installed."
                                + " vagrant plugin install vagrant-qemu gets it.",
                        "8:38 WARNING There is no setting memry of the provider libvirt. Did you mean memory?",
                        "9:22 WARNING There is no type of provisioner shel. Did you mean shell?",
                        "10:33 WARNING There is no type of provisioner ansibel. Did you mean ansible?",
                        "14:20 WARNING There is no kind of network private_netwrk. Did you mean private_network?",
                        "15:43 WARNING There is no type of synced folder rsnc. Did you mean rsync?",
                        "17:19 WARNING The machine web is defined twice; Vagrant makes one of both."
                                + " Give one of them another name if two are meant.",
                        "18:20 WARNING There is no guest windos. Did you mean windows?",
                        "19:36 WARNING There is no setting inf of config.trigger.before. Did you mean info?");
    }

    @Test
    void aFixTakesThePlaceOfTheWord() {
        assertThat(problems(Optional.empty(), "  config.vm.provision 'shel', inline: 'x'"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.fix()).contains(new Fix(2, 24, 28, "shell"));
                    assertThat(one.end()).isEqualTo(28);
                    assertThat(one.severity()).isEqualTo(Severity.WARNING);
                });
    }

    @Test
    void whatVagrantSaidOfAWordCountsAndIsSaidOnce() throws IOException {
        Optional<Resolution> told = told("""
                {"vagrantfile": "/lab/Vagrantfile", "machines": [{"name": "default", "provider": "libvirt", "provider_known": true,
                 "providers": [{"name": "libvirt", "known": true}, {"name": "stub", "known": true}],
                 "provisioners": [{"index": 0, "type": "homemade", "known": true}],
                 "unknown_keys": [
                   {"of": "config.vm", "key": "bax", "did_you_mean": ["box"], "file": "/lab/Vagrantfile", "line": 2},
                   {"of": "provider libvirt", "key": "odd", "did_you_mean": [], "file": "/lab/Vagrantfile", "line": 3}]}]}
                """);
        assertThat(said(
                        told,
                        "config.vm.bax = 1",
                        "config.vm.provider(:libvirt) { |v| v.send(:odd=, 1) }",
                        "config.vm.provider(:stub) { |v| v.x = 1 }",
                        "config.vm.provision 'homemade'",
                        "config.vbguest.auto = 1 if Vagrant.has_plugin?('vagrant-vbguest')",
                        "config.vm.box = 'other'",
                        "config.vm.hostnme = 'x' if false"))
                .containsExactly(
                        "2:11 ERROR There is no setting bax of config.vm. Did you mean box?",
                        "3:1 ERROR There is no setting odd of provider libvirt.",
                        "8:11 WARNING There is no setting hostnme of config.vm. Did you mean hostname?");
        assertThat(problems(told, "config.vm.bax = 1").getFirst().fix()).contains(new Fix(2, 11, 14, "box"));
    }

    @Test
    void aPluginIsMissedWhereTheFileAsksForIt() throws IOException {
        Optional<Resolution> told = told("""
                {"vagrantfile": "/lab/Vagrantfile", "machines": [], "plugins_asked": {"vagrant-reload": false, "vagrant-x": false}}
                """);
        String line =
                "config.reload.x = 1 if Vagrant.has_plugin?('vagrant-reload') || Vagrant.has_plugin?('vagrant-libvirt')";
        String said = " WARNING The plugin vagrant-reload, which the file asks for, is not installed."
                + " vagrant plugin install vagrant-reload gets it.";
        assertThat(said(Optional.empty(), line)).containsExactly("2:45" + said);
        assertThat(said(told, line))
                .containsExactly(
                        "1:1 WARNING The plugin vagrant-x, which the file asks for, is not installed.", "2:45" + said);
    }

    @Test
    void ofASyntaxErrorTheBetterPlaceIsSaid() throws IOException {
        Optional<Resolution> told = told("""
                {"vagrantfile": "/lab/Vagrantfile", "machines": [], "failure": {"class": "SyntaxError", "message": "end-of-input",
                 "file": "/lab/Vagrantfile", "line": 4, "column": 4}}
                """);
        assertThat(said(told, "  config.vm.define 'x' do |x|"))
                .containsExactly("2:24 ERROR The end that belongs to this do is missing.");
    }

    @Test
    void whereNothingIsKnownNothingIsUnknown() {
        assertThat(VagrantfileProblems.of(
                        FILE,
                        PARSER.parse("Vagrantfile", "Vagrant.configure(2) { |c| c.any.thing = 1 }"),
                        Optional.empty(),
                        Known.NOTHING))
                .isEmpty();
    }

    @Test
    void boxesAreTheFoldersOfVagrantsOwn(@TempDir Path home) throws IOException {
        assertThat(InstalledBoxes.names(home)).isEmpty();
        Files.createDirectories(home.resolve("boxes/debian-VAGRANTSLASH-bookworm64"));
        Files.createDirectories(home.resolve("boxes/file-VAGRANTCOLON-x"));
        Files.writeString(home.resolve("boxes/note"), "");
        assertThat(InstalledBoxes.names(home)).containsExactly("debian/bookworm64", "file:x");
    }
}
