package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.OperationView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the installed Vagrant makes of each way in which Ruby can stop, and the sentence that Corral makes of that. */
@Tag("unit")
class VagrantfileErrorsTest {
    private static final int AT_ONCE = 2;

    @TempDir
    private static Path temp;

    private static List<Future<Ended>> kinds;
    private static List<Future<Ended>> triggers;

    /** How a start ended, and what was left of it. */
    private record Ended(
            Throwable failure, Optional<OperationView> told, List<String> directories, List<String> machines) {}

    private static final String BLOCK = "\nVagrant.configure('2') do |config|\n  config.vm.provider :stub\nend\n";

    // Each in a world of its own, two at once: every one of them is mostly a Vagrant that loads.
    @BeforeAll
    @Timeout(600)
    static void startAll() throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
            kinds = kinds().map(one -> (String) one.get()[0])
                    .map(text -> executor.submit(() -> ended("# one line\n" + text)))
                    .toList();
            triggers = triggers()
                    .map(one -> (String) one.get()[0])
                    .map(trigger -> executor.submit(
                            () -> ended(Files.readString(Path.of("src/test/resources/stub/single.Vagrantfile"))
                                    .replace("config.vm.provider :stub", "config.vm.provider :stub\n  " + trigger))))
                    .toList();
        }
    }

    private static Ended ended(String text) throws Exception {
        try (StubWorld stub = new StubWorld(Files.createTempDirectory(temp, "one"))) {
            Path project = stub.vagrantfile("single").getParent();
            Files.createDirectories(project.resolve("lib"));
            Files.writeString(project.resolve("lib/key.rb"), "X = 1\n\nY = ENV.fetch('LAB_TOKEN')\n");
            Files.writeString(project.resolve("lib/broken.rb"), "X = 1\n\nY = = 2\n");
            Files.writeString(project.resolve("Vagrantfile"), text);
            Throwable failure = stub.failure(StartRequest.of(project.resolve("Vagrantfile")));
            return new Ended(
                    failure, stub.inventory().ended().getFirst().operation(), stub.directories(), stub.machines());
        }
    }

    private static Ended ended(List<Future<Ended>> all, Stream<Arguments> these, String text) throws Exception {
        Ended ended =
                all.get(these.map(one -> one.get()[0]).toList().indexOf(text)).get();
        assertThat(ended.directories()).isEmpty();
        assertThat(ended.machines()).isEmpty();
        assertThat(ended.failure()).isInstanceOf(ExpectedFailure.class);
        return ended;
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
        Ended ended = ended(kinds, kinds(), text);
        assertThat(ended.failure()).hasMessage(sentence);
        assertThat(((ExpectedFailure) ended.failure()).nextStep()).isNotEmpty();
        assertThat(ended.told().flatMap(OperationView::failure))
                .hasValueSatisfying(view -> assertThat(view.vagrantfileLine()).isEqualTo(line));
    }

    static Stream<Arguments> triggers() {
        String fail = "trigger.run = { inline: 'sh -c \"echo told; exit 3\"' }";
        return Stream.of(
                Arguments.of(
                        "config.trigger.before :up do |trigger|\n    trigger.name = 'Check tokens'\n    " + fail
                                + "\n  end",
                        "trigger · Check tokens (before up)",
                        "The trigger Check tokens (before up) failed: its script ended with exit code 3."),
                Arguments.of(
                        "config.trigger.after :up do |trigger|\n    " + fail + "\n  end",
                        "trigger · after up",
                        "The trigger after up failed: its script ended with exit code 3."),
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
        Throwable failure = ended(triggers, triggers(), trigger).failure();
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
