package dev.corral.core.vagrantfile.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the text of a Vagrantfile says, without running it. */
@Tag("unit")
class RubyParserTest {
    private static final RubyParser PARSER = new RubyParser(() -> Path.of("/usr/bin/vagrant"), System.getenv());

    @TempDir
    private Path folder;

    @AfterAll
    static void end() {
        PARSER.close();
    }

    private static ParsedRuby parsed(String... lines) {
        return PARSER.parse("Vagrantfile", String.join("\n", lines) + "\n");
    }

    private static List<String> places(ParsedRuby parsed) {
        return parsed.problems().stream()
                .map(one -> one.line() + ":" + one.column() + "-" + one.end() + " " + one.message())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "Vagrant.configure(2) do |c|~  c.vm.define 'a' do |a|~    a.vm.box = 'x'~end"
                        + "§ 2:19-21 The end that belongs to this do is missing.",
                "Vagrant.configure(2) do |c|~  c.vm.box = 'x'§ 1:22-24 The end that belongs to this do is missing.",
                "Vagrant.configure(2) do |c|~  c.vm.box = 'q'~  end~end"
                        + "§ 3:3-6 This end closes nothing: there is one too many.",
                "end§ 1:1-4 This end closes nothing: there is one too many.",
                "foo(1,§ 1:4-5 This ( is never closed.",
                "foo = [1,~bar§ 1:7-8 This [ is never closed.",
                "Vagrant.configure(2) do |c|~  c.vm.provision(~end§ 2:17-18 This ( is never closed.",
                "a = 'abc~b = 3§ 1:5-6 The text that begins here has no closing quote.",
                "c.vm.box = \"x~ c.vm.y = \"z\"~d§ 1:12-13 The text that begins here has no closing quote.",
                "x = <<EOS~foo§ 1:5-10 The text that begins here has no line EOS that ends it.",
                "Vagrant.configure(2) do |c|~  c.vm.~end§ 2:7-8 The name of a setting is missing after this dot.",
                "Vagrant.configure(2) do |c|~  c.vm.define 'a' do |a~    a.vm.x = 1~  end~end"
                        + "§ 2:22-23 The names of this block have no | that closes them.",
                "Vagrant.configure(2) do |c|~  c.vm.define 'x' do |~end"
                        + "§ 2:22-23 The names of this block have no | that closes them.",
                "x = = 3§ 1:5-6 Ruby does not expect '=' here.",
                "x = 'ü'; y = = 'ä'§ 1:14-15 Ruby does not expect '=' here.",
                "x = '😀'; y = = 1§ 1:15-16 Ruby does not expect '=' here.",
                "foo a: 80 b: 8080§ 1:11-12 Ruby does not expect a name here."
                        + " Is a comma, a quote or a line end missing before it?",
                "break§ 1:1-6 Ruby can't read this: Invalid break."
            })
    void aFaultIsMarkedWhereItIsMended(String text, String place) {
        assertThat(places(parsed(text.split("~")))).containsExactly(place);
    }

    @Test
    void severalFaultsAreToldAtOnce() {
        assertThat(places(parsed("Vagrant.configure(2) do |c|", "  c.a = = 3", "  c.b(", "end")))
                .containsExactly("2:9-10 Ruby does not expect '=' here.", "3:6-7 This ( is never closed.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x = 1 if y; z while w",
                "foo.class.if.end; x = :end; {if: 1, end: 2}",
                "def a = 1\ndef b(c) = c\ndef self.d\n 1\nend",
                "while true do\n break\nend\nuntil x do\nend\nfor a in b do\nend",
                "x = case y\nwhen 1 then 2\nelse 3\nend\nbegin\n a\nend while b",
                "puts <<~A, <<~B\n  do end #{x.map { |y| y }}\nA\n  if\nB\nfoo do |a, (b, c), *d|\nend",
                "%w[do end if].each { |x| }; %q(do (if)); ?d; /do x/; `end`",
                "=begin\n do\n=end\n__END__\n do do do"
            })
    void whatIsRubyHasNoFault(String text) {
        assertThat(PARSER.parse("Vagrantfile", text).problems()).isEmpty();
    }

    @Test
    void settingsAreToldWithWhatTheirNamesStandFor() {
        ParsedRuby parsed = parsed(
                "Vagrant.configure('2') do |config|",
                "  vm = config.vm",
                "  vm.box = 'debian'",
                "  %w[a b].each do |name|",
                "    config.vm.define \"#{name}-x\", primary: true do |node|",
                "      node.vm.provider :libvirt do |lv, over|",
                "        lv.memory = 2048",
                "        over.vm.box = 'other'",
                "      end",
                "      node.vm.provider('virtualbox') { |v| v.customize ['x'] }",
                "    end",
                "  end",
                "  config.vm.provision 'setup', type: 'shell' do |s|",
                "    s.inline = <<~SH",
                "      lv.nothing = 1",
                "    SH",
                "  end",
                "  config.vm.provision 'x', type: kind do |s|",
                "    s.any = 1",
                "  end",
                "  config.trigger.before :up do |t|",
                "    t.info = 'x'",
                "  end",
                "  config",
                "    .ssh",
                "    .username = 'u'",
                "  config.vm.hostname",
                "end");
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.settings())
                .extracting(one -> one.line() + " " + one.path() + " " + one.kind()
                        + one.value().map(value -> " " + value.text()).orElse(""))
                .containsExactly(
                        "2 vm READ",
                        "3 vm.box ASSIGNED debian",
                        "5 vm.define CALLED",
                        "6 vm.provider CALLED libvirt",
                        "7 provider.libvirt.memory ASSIGNED 2048",
                        "8 vm.box ASSIGNED other",
                        "10 vm.provider CALLED virtualbox",
                        "10 provider.virtualbox.customize CALLED",
                        "13 vm.provision CALLED setup",
                        "14 provisioner.shell.inline ASSIGNED",
                        "18 vm.provision CALLED x",
                        "21 trigger.before CALLED up",
                        "22 trigger.before.info ASSIGNED x",
                        "24 ssh.username ASSIGNED u",
                        "27 vm.hostname READ");
        assertThat(parsed.settings().get(4).parts()).containsExactly(new Word("memory", 7, 12, 18));
        assertThat(parsed.settings().get(13).parts()).extracting(Word::line).containsExactly(25, 26);
        assertThat(parsed.meaning("lv", 7)).contains("provider.libvirt");
        assertThat(parsed.meaning("lv", 13)).isEmpty();
        assertThat(parsed.folds())
                .extracting(one -> one.firstLine() + "-" + one.lastLine() + " " + one.kind() + " " + one.label())
                .containsExactly(
                        "1-28 BLOCK ",
                        "4-12 BLOCK ",
                        "5-11 MACHINE ",
                        "6-9 PROVIDER libvirt",
                        "13-17 PROVISIONER setup",
                        "14-16 HEREDOC SH",
                        "18-20 PROVISIONER x",
                        "21-23 BLOCK ");
    }

    @Test
    void variablesAreToldWhereTheirNamesStand() {
        ParsedRuby parsed = parsed(
                "a = ENV['ONE'] || ENV.fetch(\"TWO\", 'x').to_i",
                "b = ENV.key?('THREE') && ENV[name] && ENV['']",
                "c = \"#{ENV['ü4']}\" # ENV['NOT']");
        assertThat(parsed.variables())
                .containsExactly(
                        new VariableUse("ONE", 1, 10, 13),
                        new VariableUse("TWO", 1, 30, 33),
                        new VariableUse("THREE", 2, 15, 20),
                        new VariableUse("ü4", 3, 13, 15));
    }

    @Test
    void whatStandsBehindTheBeginningOfAHereDocumentIsReadBeforeItsText() {
        ParsedRuby parsed = parsed(
                "Vagrant.configure('2') do |config|",
                "  config.vm.provision 'one', inline: <<~A + <<~B, type: 'shell' do |s| # both",
                "    a #{config.vm.box} #{ENV['IN_A']}",
                "  A",
                "    b",
                "  B",
                "    s.inline = 1; x = ENV['AFTER']",
                "  end",
                "end");
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.settings())
                .extracting(one -> one.line() + " " + one.path()
                        + one.type().map(type -> " " + type.text()).orElse(""))
                .containsExactly("2 vm.provision shell", "3 vm.box", "7 provisioner.shell.inline");
        assertThat(parsed.variables()).extracting(VariableUse::name).containsExactly("IN_A", "AFTER");
        assertThat(parsed.folds())
                .extracting(one -> one.firstLine() + "-" + one.lastLine())
                .contains("2-4", "2-6", "2-8");
    }

    @Test
    void aTextThatIsBrokenInTheMiddleIsReadAllTheSame() {
        ParsedRuby parsed = parsed(
                "Vagrant.configure('2') do |config|",
                "  config.vm.box = = 'x'",
                "  config.vm.",
                "  config.vm.define :web do |web|",
                "    web.vm.hostname = 'w'",
                "  end",
                "end");
        assertThat(parsed.problems()).isNotEmpty();
        assertThat(parsed.meaning("web", 5)).contains("");
        assertThat(parsed.machines()).containsExactly("web");
    }

    @Test
    void nothingOfATextIsRun() {
        Path proof = folder.resolve("proof");
        String write = "File.write('" + proof + "', 'x')";
        assertThat(parsed("BEGIN { " + write + " }", write, "END { " + write + " }", "`touch " + proof + "`")
                        .problems())
                .isEmpty();
        assertThat(proof).doesNotExist();
    }

    @Test
    void strangeTextsAreReadOrRefusedButNeverHang() {
        for (String text : List.of(
                "\0",
                "\uFEFFx = 1",
                "# encoding: klingon\nx = 1",
                "x = 1\r\ny = 2\r\n",
                "(".repeat(20_000),
                "do |a|\n".repeat(3_000),
                "\"#{".repeat(2_000),
                "\uD800",
                "x = \"" + "a".repeat(300_000) + "\"",
                "<<A\n".repeat(500))) {
            assertThat(PARSER.parse("Vagrantfile", text)).isNotNull();
        }
        assertThat(PARSER.parse("Vagrantfile", "x\n".repeat(RubyParser.LONGEST)).problems())
                .singleElement()
                .satisfies(mark -> assertThat(mark.message()).contains("too long"));
        assertThat(parsed("x = 1").problems())
                .as("and the next is read as ever")
                .isEmpty();
    }

    @Test
    void severalThreadsMayAskAtOnce() throws Exception {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> answers = new ArrayList<>();
            for (int number = 0; number < 20; number++) {
                String name = "machine" + number;
                answers.add(threads.submit(() -> parsed("Vagrant.configure(2) { |c| c.vm.define '" + name + "' }")
                        .machines()));
            }
            for (int number = 0; number < 20; number++) {
                assertThat(answers.get(number).get()).containsExactly("machine" + number);
            }
        }
    }

    @Test
    void aParserThatDiedIsStartedAgain() {
        try (RubyParser parser = new RubyParser(() -> Path.of("/usr/bin/vagrant"), System.getenv())) {
            assertThat(parser.parse("Vagrantfile", "x = 1").problems()).isEmpty();
            ProcessHandle ruby = children().findFirst().orElseThrow();
            ruby.destroyForcibly();
            ruby.onExit().join();
            assertThat(parser.parse("Vagrantfile", "x = = 1").problems()).hasSize(1);
        }
    }

    // Those of the parser that every test shares are older.
    private static Stream<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("CorralSyntax"))
                .sorted((one, other) -> Long.compare(other.pid(), one.pid()));
    }

    @Test
    void whereThereIsNoRubyThatIsSaid() throws IOException {
        Path vagrant = Files.writeString(folder.resolve("vagrant"), "#!" + folder.resolve("ruby") + "\n");
        Path ruby = Files.writeString(folder.resolve("ruby"), "#!/bin/sh\nexit 1\n");
        assertThat(ruby.toFile().setExecutable(true)).isTrue();
        try (RubyParser parser = new RubyParser(() -> vagrant, System.getenv())) {
            assertThatThrownBy(() -> parser.parse("Vagrantfile", "x"))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageStartingWith("Ruby could not read Vagrantfile: ");
        }
    }
}
