package dev.corral.core.vagrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ruby's errors, found in what Vagrant prints and said in plain words. */
@Tag("unit")
class RubyCausesTest {
    private static final Path SANDBOX = Path.of("/c/x-1a2b3c4d");
    private static final RubyCauses.Place PLACE = new RubyCauses.Place("The Vagrantfile", " in line 3");

    private static RubyCauses.Cause cause(String type, String message) {
        return RubyCauses.of(type, message, PLACE, "/x-1a2b3c4d/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SyntaxError|unexpected end|The Vagrantfile has a Ruby syntax error in line 3.",
                "NameError|undefined local variable|The Vagrantfile stops with a Ruby error in line 3: undefined local variable.",
                "NoMethodError|undefined method 'x'|The Vagrantfile stops with a Ruby error in line 3: undefined method 'x'.",
                "RuntimeError|Set LAB first|The Vagrantfile stops in line 3 and says: Set LAB first.",
                "SystemStackError|stack level too deep|The Vagrantfile calls itself without end in line 3.",
                "Psych::SyntaxError|did not find|Data that the Vagrantfile reads in line 3 is no good YAML: did not find.",
                "JSON::ParserError|unexpected token|Data that the Vagrantfile reads in line 3 is no good JSON: unexpected token.",
                "Odd::Error|it is odd|The Vagrantfile stops with Odd::Error in line 3: it is odd.",
                "KeyError|key not found: \"LAB\"|The Vagrantfile looks up LAB in line 3, and it is not there.",
                "KeyError|key not found: :lab|The Vagrantfile looks up lab in line 3, and it is not there.",
                "KeyError|odd|The Vagrantfile looks up something that is not there in line 3: odd.",
                "LoadError|cannot load such file -- nokogiri|The Vagrantfile requires nokogiri in line 3, "
                        + "and Vagrant's Ruby has no such library.",
                "LoadError|cannot load such file -- /c/x-1a2b3c4d/lib/a|The Vagrantfile loads lib/a in line 3, "
                        + "and there is no such file.",
                "LoadError|cannot load such file -- ./lib/a|The Vagrantfile loads ./lib/a in line 3, "
                        + "and there is no such file.",
                "LoadError|incompatible library|The Vagrantfile can't load a Ruby library in line 3: incompatible library.",
                "Errno::ENOENT|No such file or directory @ rb_sysopen - names.txt|The Vagrantfile reads names.txt in line 3, "
                        + "and there is no such file.",
                "Errno::ENOENT|No such file or directory - /tmp/x-1a2b3c4d/names.txt|The Vagrantfile reads names.txt in line 3, "
                        + "and there is no such file.",
                "Errno::ENOENT|gone|The Vagrantfile reads a file in line 3, and there is no such file."
            })
    void eachErrorIsSaidInPlainWords(String type, String message, String sentence) {
        RubyCauses.Cause cause = cause(type, message);
        assertThat(cause.sentence()).isEqualTo(sentence);
        assertThat(cause.nextStep()).isNotBlank();
    }

    @Test
    void theNextStepFitsTheError() {
        assertThat(cause("KeyError", "key not found: \"LAB\"").nextStep()).contains("--env LAB=VALUE");
        assertThat(cause("Errno::ENOENT", "No such file or directory - a").nextStep())
                .contains("beside the Vagrantfile");
        assertThat(cause("LoadError", "cannot load such file -- nokogiri").nextStep())
                .contains("vagrant plugin install");
        assertThat(cause("LoadError", "cannot load such file -- /x").nextStep()).contains("beside the Vagrantfile");
        assertThat(RubyCauses.of(
                                "JSON::ParserError",
                                "odd",
                                new RubyCauses.Place("lib/a.rb, which the Vagrantfile loads,", ""),
                                "/x/")
                        .sentence())
                .isEqualTo("Data that lib/a.rb, which the Vagrantfile loads, reads is no good JSON: odd.");
    }

    @Test
    void anErrorInAVagrantfileIsReadFromVagrantsMessage() {
        RubyFailure found = RubyFailure.in("""
                        There was an error loading a Vagrantfile. The file being loaded
                        and the error message are shown below.

                        Path: /c/x-1a2b3c4d/lib/a.rb
                        Line number: 0
                        Message: NoMethodError: undefined method 'x'
                        """, "", SANDBOX).orElseThrow();
        assertThat(found.type()).isEqualTo("NoMethodError");
        assertThat(found.message()).isEqualTo("undefined method 'x'");
        assertThat(found.place()).contains(new RubyFailure.Frame("lib/a.rb", 0));
        assertThat(found.vagrantfileLine()).isZero();
        RubyFailure nameless = RubyFailure.in(
                        "There was an error loading a Vagrantfile.\nMessage: undefined local variable", "", SANDBOX)
                .orElseThrow();
        assertThat(nameless.type()).isEqualTo("NameError");
        assertThat(nameless.frames()).isEmpty();
    }

    @Test
    void whatRubyRepeatsOfALineIsNoPartOfTheMessage() {
        assertThat(RubyFailure.in("""
                        There was an error loading a Vagrantfile.
                        Message: NoMethodError: undefined method 'x'

                        nil.x
                           ^^
                        """, "", SANDBOX).orElseThrow().message()).isEqualTo("undefined method 'x'");
    }

    @Test
    void theTraceTellsTheWayThere() {
        RubyFailure found = RubyFailure.in(
                        "There was an error loading a Vagrantfile.\nMessage: KeyError: key not found: \"A\"",
                        """
                        ERROR loader: /c/x-1a2b3c4d/lib/a.rb:3:in 'Hash#fetch'
                        /usr/share/vagrant/loader.rb:284:in 'Kernel#load'
                        /c/x-1a2b3c4d/Vagrantfile:7:in 'Kernel#require_relative'
                        """,
                        SANDBOX)
                .orElseThrow();
        assertThat(found.frames())
                .containsExactly(new RubyFailure.Frame("lib/a.rb", 3), new RubyFailure.Frame("Vagrantfile", 7));
        assertThat(found.vagrantfileLine()).isEqualTo(7);
        assertThat(found.place().orElseThrow().inVagrantfile()).isFalse();
    }

    @Test
    void aSyntaxErrorIsOneWhateverElseIsSaid() {
        RubyFailure found = RubyFailure.in("""
                        before
                        There is a syntax error in the following Vagrantfile. The syntax error
                        message is reproduced below for convenience:

                        /c/x-1a2b3c4d/Vagrantfile:2: syntax error, unexpected end-of-input
                        """, "", SANDBOX).orElseThrow();
        assertThat(found.type()).isEqualTo("SyntaxError");
        assertThat(found.message()).startsWith("There is a syntax error");
        assertThat(found.vagrantfileLine()).isEqualTo(2);
    }

    @Test
    void anErrorThatNobodyCaughtIsReadFromItsBacktrace() {
        RubyFailure found = RubyFailure.in("""
                        /usr/lib/ruby/a.rb:1:in `b': the first line (Some::Error)
                        the second line
                        \tfrom /c/x-1a2b3c4d/Vagrantfile:4:in `block'
                        \tfrom /usr/lib/ruby/c.rb:9:in `d'
                        """, "", SANDBOX).orElseThrow();
        assertThat(found.type()).isEqualTo("Some::Error");
        assertThat(found.message()).isEqualTo("the first line\nthe second line");
        assertThat(found.frames()).containsExactly(new RubyFailure.Frame("Vagrantfile", 4));
        assertThat(RubyFailure.in("all is well", "", SANDBOX)).isEqualTo(Optional.empty());
        assertThat(RubyFailure.in("/a.rb:1:in `b': odd (not a class)", "", SANDBOX))
                .isEmpty();
    }

    @Test
    void onlyFilesOfTheSandboxArePlaces() {
        String trace = """
                Vagrantfile:5:in 'x'
                /elsewhere/Vagrantfile:6:in 'y'
                """;
        assertThat(RubyFailure.in("There was an error loading a Vagrantfile.\nMessage: odd", trace, SANDBOX)
                        .orElseThrow()
                        .frames())
                .containsExactly(new RubyFailure.Frame("Vagrantfile", 5));
    }
}
