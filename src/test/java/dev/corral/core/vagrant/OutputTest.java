package dev.corral.core.vagrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Vagrant's machine-readable output, line by line. */
@Tag("unit")
class OutputTest {
    private final List<String> news = new ArrayList<>();
    private final UpOutput output = new UpOutput(new UpOutput.Listener() {
        @Override
        public void machines(Set<String> names) {
            news.add("machines " + names);
        }

        @Override
        public void phase(Phase phase, Instant at) {
            news.add(phase.machine() + ": " + phase.words());
        }

        @Override
        public void address(String machine, String address) {
            news.add(machine + " at " + address);
        }

        @Override
        public void booted(String machine) {
            news.add(machine + " answers");
        }
    });

    @Test
    void unescapesFields() {
        MachineReadable line = MachineReadable.parse(
                        "1700000000,web,ui,info,==> web: a%!(VAGRANT_COMMA) b\\n==> web: c")
                .orElseThrow();
        assertThat(line.at()).isEqualTo(Instant.ofEpochSecond(1700000000));
        assertThat(line.text()).isEqualTo("a, b\nc");
        assertThat(MachineReadable.parse("/usr/lib/ruby: oops, a, b")).isEmpty();
        assertThat(MachineReadable.parse("")).isEmpty();
        assertThat(MachineReadable.parse("99999999999999999999,a,b,c")).isEmpty();
        assertThat(MachineReadable.parse("1,a,b"))
                .hasValueSatisfying(short_ -> assertThat(short_.field(5)).isEmpty());
    }

    @Test
    void tellsTheStoryOfAStart() {
        feed(
                "1,web,metadata,provider,libvirt",
                "1,db,metadata,provider,libvirt",
                "1,web,ui,info,==> web: Creating image (snapshot of base box volume).",
                "1,web,ui,info,==> web: Starting domain.",
                "1,web,ui,info,==> web: Waiting for domain to get an IP address...",
                "1,web,ui,detail,    web: SSH address: 192.168.121.5:22",
                "1,web,ui,output,==> web: Machine booted and ready!",
                "1,web,ui,info,==> web: Running provisioner: packages (shell)...",
                "1,web,ui,detail,    web: \\u001b[31mred\\u001b[0m");
        assertThat(news)
                .containsSubsequence(
                        "machines [web]",
                        "machines [web, db]",
                        "web: create machine",
                        "web: boot",
                        "web at 192.168.121.5:22",
                        "web answers",
                        "web: provision · packages (shell)");
        assertThat(output.phase("db")).isEmpty();
    }

    @Test
    void aFailureBelongsToTheMachineThatVagrantNames() {
        feed(
                "1,web,metadata,provider,libvirt",
                "1,db,metadata,provider,libvirt",
                "1,db,ui,info,==> db: Running provisioner: schema (shell)...",
                "1,db,ui,detail,    db: psql: no such host",
                "1,web,ui,info,==> web: Waiting for domain to get an IP address...",
                "1,,error-exit,Vagrant::Errors::BatchMultiError,An error occurred while executing multiple actions in parallel.\\n"
                        + "Any errors that occurred are shown below.\\n\\nAn error occurred while executing the action on "
                        + "the 'db'\\nmachine. "
                        + "Please handle this error then try again:\\n\\nThe SSH command responded with a non-zero exit status.");
        FailureView failure = FailureExplainer.explain(output, 1, "");
        assertThat(failure.machine()).isEqualTo("db");
        assertThat(failure.phase()).isEqualTo("provision · schema (shell)");
        assertThat(failure.sentence()).isEqualTo("The provisioner schema (shell) failed.");
        assertThat(failure.lines()).contains("psql: no such host");
    }

    @Test
    void explainsWhatPeopleMeet() {
        assertThat(sentence("Vagrant::Errors::BoxNotFound", "The box 'x' could not be found."))
                .isEqualTo("The box can't be found or fetched.");
        assertThat(sentence(
                        "VagrantPlugins::ProviderLibvirt::Errors::FogLibvirtConnectionError",
                        "Error: Failed to connect socket to '/x'"))
                .isEqualTo("libvirt does not answer.");
        assertThat(sentence("Vagrant::Errors::VMBootTimeout", "Timed out while waiting for the machine to boot."))
                .isEqualTo("The machine did not answer over SSH in time.");
        assertThat(sentence("Errno::ENOSPC", "No space left on device - write")).isEqualTo("The disk is full.");
        assertThat(sentence("Some::Error", "The frob is unfrobbed")).isEqualTo("The frob is unfrobbed.");
        assertThat(sentence("", "")).isEqualTo("Vagrant ended with exit code 1 and said nothing.");
    }

    @Test
    void anErrorThatNobodyExpectedIsNamedWhateverItsBacktrace() {
        feed(
                "1,default,ui,info,==> default: Starting domain.",
                "/usr/lib/ruby/vendor_ruby/fog/vm_action.rb:7:in `create': Call to virDomainCreate failed: no /dev/random "
                        + "(Libvirt::Error)");
        for (int depth = 0; depth < 200; depth++) {
            feed("\tfrom /usr/lib/gems/vagrant/action/warden.rb:" + depth + ":in `call'");
        }
        FailureView failure = FailureExplainer.explain(output, 1, "");
        assertThat(failure.sentence())
                .isEqualTo("libvirt could not do it: Call to virDomainCreate failed: no /dev/random.");
        assertThat(failure.lines())
                .singleElement()
                .asString()
                .contains("virDomainCreate")
                .doesNotContain("warden");
        UpOutput other = new UpOutput(silent());
        other.line("/opt/plugin.rb:3:in 'Plug::In#call': undefined method 'frob' for nil (NoMethodError)");
        assertThat(FailureExplainer.explain(other, 1, "").sentence())
                .isEqualTo("Vagrant stopped with NoMethodError: undefined method 'frob' for nil.");
    }

    @Test
    void aLineThatRubyDoesNotNameIsFoundByWhatIsMissingThere() {
        feed(
                "Vagrant failed to initialize at a very early stage:",
                "There was an error loading a Vagrantfile.",
                "Line number: 0",
                "Message: undefined method `upcase'");
        assertThat(FailureExplainer.explain(output, 1, "# upcase\nx = 1\nnil.upcase\nupcased\n")
                        .vagrantfileLine())
                .isEqualTo(3);
        assertThat(FailureExplainer.explain(output, 1, "nil.upcase\n'a'.upcase\n")
                        .vagrantfileLine())
                .as("either of two")
                .isZero();
        assertThat(FailureExplainer.explain(output, 1, "require_relative 'lib'\n")
                        .vagrantfileLine())
                .isZero();
    }

    @Test
    void aTriggerOfTheWholeCommandFailsAsOne() {
        feed(
                "1,web,metadata,provider,stub",
                "1,vagrant,ui,info,==> vagrant: Running command triggers before up ...",
                "1,vagrant,ui,info,==> vagrant: Running trigger: Check (the lab)...",
                "1,vagrant,ui,detail,    vagrant: no token",
                "1,,ui,error,A script exited with an unacceptable exit code 3.");
        FailureView failure = FailureExplainer.explain(output, 1, "");
        assertThat(failure.phase()).isEqualTo("trigger · Check (the lab) (before up)");
        assertThat(failure.lines()).contains("no token");
    }

    @Test
    void aVagrantThatRepeatsNoLineIsAskedForItsTrace() {
        // As Debian 13 has it: no excerpt, and a line that is not the Vagrantfile's.
        feed(
                "Vagrant failed to initialize at a very early stage:",
                "",
                "There was an error loading a Vagrantfile. The file being loaded",
                "and the error message are shown below. This is usually caused by",
                "a syntax error.",
                "",
                "Path: /c/x-1a2b3c4d/Vagrantfile",
                "Line number: 0",
                "Message: KeyError: key not found: \"LAB\"");
        assertThat(FailureExplainer.explain(output, 1, "a = ENV.fetch(\"LAB\")\n")
                        .vagrantfileLine())
                .as("named once")
                .isEqualTo(1);
        FailureView traced = FailureExplainer.explain(output, 1, "", """
                ERROR loader: Vagrantfile load error: key not found: "LAB"
                ERROR loader: /c/x-1a2b3c4d/lib/a.rb:3:in 'Hash#fetch'
                /c/x-1a2b3c4d/lib/a.rb:3:in '<top (required)>'
                /c/x-1a2b3c4d/Vagrantfile:7:in 'Kernel#require_relative'
                /usr/share/vagrant/loader.rb:284:in 'Kernel#load'
                """, Path.of("/somewhere/else/x-1a2b3c4d"));
        assertThat(traced.sentence())
                .isEqualTo("lib/a.rb, which the Vagrantfile loads, looks up LAB in line 3, and it is not there.");
        assertThat(traced.vagrantfileLine()).isEqualTo(7);
    }

    @Test
    void aWrappedMessageIsReadToItsEnd() {
        assertThat(
                        sentence(
                                "Some::Error",
                                "The frob that was\\nasked for%!(VAGRANT_COMMA) is\\nunfrobbed. Frob it:\\n\\n  frob now\\n\\nMore."))
                .isEqualTo("The frob that was asked for, is unfrobbed. Frob it: frob now.");
        assertThat(sentence("Some::Error", "Short. " + "long ".repeat(100)))
                .endsWith("…")
                .hasSizeLessThan(410);
        assertThat(sentence("Some::Error", "word ".repeat(40) + "end. " + "more ".repeat(100)))
                .endsWith("end.");
    }

    @Test
    void whatWasPrintedBeforeALineOnItIsLeftOut() {
        feed("Loading1795780210,web,metadata,provider,stub", "1,x,y: 12345,a,ui,info,not Vagrant's");
        assertThat(output.machines()).containsExactly("web");
    }

    @Test
    void shownLinesHaveNoControlCharacters() {
        assertThat(LogText.of("1,web,ui,detail,    web: a\u001b[2Jb\u0007\u202Ec"))
                .singleElement()
                .satisfies(line -> assertThat(line.text()).isEqualTo("abc"));
        assertThat(LogText.of("1,web,action,up,start")).isEmpty();
        assertThat(LogText.of("plain")).singleElement().satisfies(line -> assertThat(line.level())
                .isEqualTo(LogLine.Level.DETAIL));
    }

    @Test
    void knowsAHeldLock() {
        assertThat(MachineReadable.parse("1,,error-exit,Vagrant::Errors::MachineLocked,Vagrant can't use"))
                .hasValueSatisfying(line -> assertThat(line.machineLocked()).isTrue());
        assertThat(MachineReadable.parse("1,,error-exit,Vagrant::Errors::BoxNotFound,x"))
                .hasValueSatisfying(line -> assertThat(line.machineLocked()).isFalse());
    }

    private static String sentence(String errorClass, String text) {
        UpOutput quiet = new UpOutput(new OutputTest().silent());
        if (!errorClass.isEmpty()) {
            quiet.line("1,,error-exit," + errorClass + "," + text);
        }
        return FailureExplainer.explain(quiet, 1, "").sentence();
    }

    private UpOutput.Listener silent() {
        return new UpOutput.Listener() {
            @Override
            public void machines(Set<String> names) {
                news.addAll(names);
            }

            @Override
            public void phase(Phase phase, Instant at) {
                news.add(phase.words());
            }

            @Override
            public void address(String machine, String address) {
                news.add(address);
            }

            @Override
            public void booted(String machine) {
                news.add(machine);
            }
        };
    }

    private void feed(String... lines) {
        for (String line : lines) {
            output.line(line);
        }
    }
}
