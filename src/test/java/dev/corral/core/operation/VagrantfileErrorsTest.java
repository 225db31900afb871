package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.OperationView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the installed Vagrant makes of each way in which Ruby can stop, and the sentence that Corral makes of that. */
@Tag("unit")
@Tag("once")
@Timeout(180)
class VagrantfileErrorsTest extends OverStub {
    private static final String BLOCK = "\nVagrant.configure('2') do |config|\n  config.vm.provider :stub\nend\n";
    private static final String COPY = "Put it beside the Vagrantfile;";

    @AfterEach
    void nothingIsLeft() {
        assertThat(stub.directories()).isEmpty();
        assertThat(stub.machines()).isEmpty();
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                kind("x = = 1" + BLOCK, "The Vagrantfile has a Ruby syntax error in line 2.", 2),
                kind("if true" + BLOCK, "The Vagrantfile has a Ruby syntax error in line 5.", 5),
                kind(
                        "require 'no_such_gem'" + BLOCK,
                        "The Vagrantfile requires no_such_gem in line 2, and Vagrant's Ruby has no such library.",
                        2),
                kind(
                        "require_relative 'lib/nowhere'" + BLOCK,
                        "The Vagrantfile loads lib/nowhere in line 2, and there is no such file.",
                        2),
                kind(
                        "NAME = ENV.fetch('LAB_NAME')" + BLOCK,
                        "The Vagrantfile looks up LAB_NAME in line 2, and it is not there.",
                        2),
                kind(
                        in("config.vm.hostname = ENV.fetch('LAB_NAME')"),
                        "The Vagrantfile looks up LAB_NAME in line 3, and it is not there.",
                        3),
                kind(
                        "require 'yaml'; D = YAML.load_file('lab.yml')" + BLOCK,
                        "The Vagrantfile reads lab.yml in line 2, and there is no such file.",
                        2),
                kind(
                        in("config.vm.hostname = File.read(File.join(__dir__, 'name.txt'))"),
                        "The Vagrantfile reads name.txt in line 3, and there is no such file.",
                        3),
                kind(
                        in("config.vm.hostname = hostnam"),
                        "The Vagrantfile stops with a Ruby error in line 3: undefined local variable or method `hostnam'.",
                        3),
                kind(
                        "Vagrant.confgure('2')",
                        "The Vagrantfile stops with a Ruby error in line 2: undefined method `confgure' for Vagrant:Module.",
                        2),
                kind(
                        "puts 'There is a syntax error in', \"/x/Vagrantfile:99: in `a': b (KeyError)\"\n"
                                + "raise 'Set LAB_TOKEN first. Ask for one:\n  desk 3'"
                                + BLOCK,
                        "The Vagrantfile stops in line 3 and says: Set LAB_TOKEN first. Ask for one: desk 3.",
                        3),
                kind(
                        in("config.vm.define('a') { raise ArgumentError, \"a number,\\nnot text\" }"),
                        "The Vagrantfile stops with ArgumentError in line 3: a number, not text.",
                        3),
                kind("def deep; deep; end\ndeep" + BLOCK, "The Vagrantfile calls itself without end in line 2.", 2),
                kind("exit 3", "The Vagrantfile ends Vagrant itself in line 2: exit 3.", 2),
                kind("exit", "The Vagrantfile ends Vagrant itself in line 2: exit 0.", 2),
                kind(
                        "abort 'Install vagrant-hostmanager first'",
                        "The Vagrantfile ends Vagrant itself in line 2: exit 1: Install vagrant-hostmanager first.",
                        2),
                kind(
                        "require 'yaml'; YAML.load('a: [1, 2')" + BLOCK,
                        "Data that the Vagrantfile reads in line 2 is no good YAML: (<unknown>): did not find "
                                + "expected ',' or ']' while parsing a flow sequence at line 1 column 4.",
                        2),
                kind(in("1/0"), "The Vagrantfile stops with ZeroDivisionError in line 3: divided by 0.", 3),
                kind(
                        "Vagrant.require_version '>= 9.0'" + BLOCK,
                        "This Vagrant environment has specified that it requires the Vagrant version to satisfy "
                                + "the following version requirements: >= 9.0.",
                        2),
                kind(
                        "require_relative 'lib/key'" + BLOCK,
                        "lib/key.rb, which the Vagrantfile loads, looks up LAB_TOKEN in line 3, and it is not there.",
                        2),
                kind(
                        "require_relative 'lib/broken'" + BLOCK,
                        "lib/broken.rb, which the Vagrantfile loads, has a Ruby syntax error in line 3.",
                        2));
    }

    private static Arguments kind(String text, String sentence, int line) {
        return Arguments.of(text, sentence, line);
    }

    private static String in(String setting) {
        return "Vagrant.configure('2') do |config|\n  " + setting + "\nend\n";
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachKindHasItsSentence(String text, String sentence, int line) throws Exception {
        Path project = stub.vagrantfile("single").getParent();
        Files.createDirectories(project.resolve("lib"));
        Files.writeString(project.resolve("lib/key.rb"), "X = 1\n\nY = ENV.fetch('LAB_TOKEN')\n");
        Files.writeString(project.resolve("lib/broken.rb"), "X = 1\n\nY = = 2\n");
        Files.writeString(project.resolve("Vagrantfile"), "# one line\n" + text);
        Throwable failure = stub.failure(StartRequest.of(project.resolve("Vagrantfile")));
        assertThat(failure).isInstanceOf(ExpectedFailure.class).hasMessage(sentence);
        assertThat(((ExpectedFailure) failure).nextStep()).isNotEmpty();
        assertThat(stub.inventory().ended().getFirst().operation().flatMap(OperationView::failure))
                .hasValueSatisfying(view -> assertThat(view.vagrantfileLine()).isEqualTo(line));
    }

    static Stream<Arguments> triggers() {
        String fail = "trigger.run = { inline: 'sh -c \"echo told; exit 3\"' }";
        return Stream.of(
                Arguments.of(
                        "config.trigger.before :up do |trigger|\n    trigger.name = 'Check tokens'\n    " + fail
                                + "\n  end",
                        "trigger · Check tokens (before up)",
                        "The trigger Check tokens (before up) failed: A script exited with an unacceptable exit code 3."),
                Arguments.of(
                        "config.trigger.after :up do |trigger|\n    " + fail + "\n  end",
                        "trigger · after up",
                        "The trigger after up failed: A script exited with an unacceptable exit code 3."),
                Arguments.of(
                        "config.trigger.before :up do |trigger|\n    trigger.name = 'In the guest'\n"
                                + "    trigger.run_remote = { inline: 'true' }\n  end",
                        "trigger · In the guest (before up)",
                        null),
                Arguments.of(
                        "config.trigger.after :up do |trigger|\n    trigger.name = 'Ruby...'\n"
                                + "    trigger.ruby { |env, machine| raise 'no route' }\n  end",
                        "trigger · Ruby... (after up)",
                        "The trigger Ruby... (after up) failed: no route."));
    }

    @ParameterizedTest
    @MethodSource("triggers")
    void aTriggerIsCalledByItsName(String trigger, String phase, String sentence) throws Exception {
        Path vagrantfile = stub.vagrantfile("single");
        Files.writeString(
                vagrantfile,
                Files.readString(vagrantfile)
                        .replace("config.vm.provider :stub", "config.vm.provider :stub\n  " + trigger));
        Throwable failure = stub.failure(StartRequest.of(vagrantfile));
        assertThat(failure).isInstanceOf(ExpectedFailure.class);
        assertThat(((ExpectedFailure) failure).details()).startsWith("Phase: " + phase + " (default)");
        if (sentence == null) {
            assertThat(failure.getMessage())
                    .startsWith("The trigger In the guest (before up) failed: ")
                    .doesNotContain("\n")
                    .endsWith(".");
        } else {
            assertThat(failure).hasMessage(sentence);
        }
    }
}
