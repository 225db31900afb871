package dev.corral.core.vagrantfile.complete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.vagrantfile.check.Known;
import dev.corral.core.vagrantfile.keys.SomeKeys;
import dev.corral.core.vagrantfile.syntax.ParsedRuby;
import dev.corral.core.vagrantfile.syntax.RubyParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be written where, and what stands there. */
@Tag("unit")
class CompletionsTest {
    private static final RubyParser PARSER = new RubyParser(() -> Path.of("/usr/bin/vagrant"), System.getenv());
    private static final Names NAMES = new Names(
            new Known(SomeKeys.table(), List.of("debian/bookworm64", "generic/alpine319")),
            List.of("attacker"),
            List.of("INSPECT_VM_SUFFIX", "LAB"));

    @AfterAll
    static void end() {
        PARSER.close();
    }

    private static final String BEFORE = """
            Vagrant.configure("2") do |config|
              config.vm.define "web" do |web|
                web.vm.provider :libvirt do |lv, override|
            """;

    // The caret stands at the ^ in the fourth line.
    private static List<Candidate> at(String line) {
        String text = BEFORE + line.replace("^", "") + "\n    end\n  end\nend\n";
        ParsedRuby parsed = PARSER.parse("Vagrantfile", text);
        return Completions.at(text, 4, line.indexOf('^') + 1, parsed, NAMES);
    }

    private static String names(List<Candidate> candidates) {
        return String.join(" ", candidates.stream().map(Candidate::insert).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "lv.^§cpus memory title",
                "lv.mem^§memory",
                "lv.or^§memory",
                "override.^§ssh trigger vm",
                "override.ssh.^§insert_key username",
                "x = override.ssh.us^§username",
                "override.vm.prov^§provider provision",
                "unknown.^§''",
                "# lv.^§''",
                "x = '#' + lv.^§cpus memory title",
                "override.vm.provision \"^§ansible file shell",
                "override.vm.provision :sh^§shell",
                "override.vm.provision \"setup\", type: \"^§ansible file shell",
                "override.vm.provision 'setup', run: '^§always never once",
                "override.vm.provider '^§libvirt virtualbox",
                "override.vm.network '^§forwarded_port private_network public_network",
                "override.vm.network 'forwarded_port', proto^§protocol: ",
                "override.vm.synced_folder '.', '/x', type: '^§nfs rsync",
                "override.vm.box = '^§debian/bookworm64 generic/alpine319",
                "override.vm.box = 'alp^§generic/alpine319",
                "override.vm.communicator = '^§ssh winrm",
                "override.vm.provision 'shell', in^§inline: ",
                "override.vm.provision 'x', type: 'shell', priv^§privileged: ",
                "x = ENV['^§INSPECT_VM_SUFFIX LAB",
                "x = ENV.fetch(\"LA^§LAB",
                "ov^§override",
                "^§lv web override config",
                "override.vm.hostname = 'lv.^§''",
                "puts 'lv.^§''"
            })
    void whatFitsIsOffered(String line, String offered) {
        List<Candidate> found = at(line);
        if (line.equals("^")) {
            assertThat(names(found).split(" ")).containsExactlyInAnyOrder(offered.split(" "));
        } else {
            assertThat(names(found)).isEqualTo(offered.equals("''") ? "" : offered);
        }
    }

    @Test
    void itIsSaidWhatTheyMeanAndWhatTheyReplace() {
        assertThat(at("lv.mem^"))
                .containsExactly(new Candidate("memory", 4, Candidate.Kind.SETTING, "Memory in MiB. Default 512"));
        assertThat(at("override.vm.def^")).singleElement().satisfies(one -> assertThat(one.kind())
                .isEqualTo(Candidate.Kind.BLOCK));
    }

    @Test
    void aCallMayGoOnInTheNextLine() {
        String text = BEFORE.replace("    web.vm.provider :libvirt do |lv, override|", "    web.vm.provision 'shell',")
                + "      pa\n";
        ParsedRuby parsed = PARSER.parse("Vagrantfile", text);
        assertThat(names(Completions.at(text, 4, 9, parsed, NAMES))).isEqualTo("path: ");
    }

    @Test
    void placesThatAreNoneAndLongLinesHarmNothing() {
        assertThat(Completions.at("", 1, 1, ParsedRuby.EMPTY, NAMES)).isEmpty();
        assertThat(Completions.at("x", 99, 99, ParsedRuby.EMPTY, NAMES)).isEmpty();
        assertThat(Completions.at("x", 0, 0, ParsedRuby.EMPTY, NAMES)).isEmpty();
        assertThat(names(Completions.at("config.ssh.", 1, 12, ParsedRuby.EMPTY, NAMES)))
                .as("a file that says nothing yet")
                .isEqualTo("insert_key username");
        String line = "a.b('".repeat(300_000);
        assertThat(Completions.at(line, 1, line.length() + 1, ParsedRuby.EMPTY, NAMES))
                .isEmpty();
    }

    @Test
    void whatStandsThereIsExplained() {
        String text = BEFORE + "      lv.memory = ENV['LAB']\n      lv.nothing = 1\n    end\n  end\nend\n";
        ParsedRuby parsed = PARSER.parse("Vagrantfile", text);
        assertThat(Hover.at(parsed, 4, 12, SomeKeys.table()))
                .contains(new Hover("provider.libvirt.memory", "Memory in MiB. Default 512", 4, 10, 16));
        assertThat(Hover.at(parsed, 4, 25, SomeKeys.table())).map(Hover::title).contains("LAB");
        assertThat(Hover.at(parsed, 2, 11, SomeKeys.table())).map(Hover::title).contains("vm");
        assertThat(Hover.at(parsed, 2, 14, SomeKeys.table())).map(Hover::title).contains("vm.define");
        assertThat(Hover.at(parsed, 5, 12, SomeKeys.table()))
                .as("what nobody knows")
                .isEmpty();
        assertThat(Hover.at(parsed, 4, 1, SomeKeys.table())).isEmpty();
    }
}
