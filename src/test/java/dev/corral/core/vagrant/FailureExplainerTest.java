package dev.corral.core.vagrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a Vagrant command failed, in plain words, by what Vagrant said of it. */
@Tag("unit")
class FailureExplainerTest {
    private static UpOutput fed(String... lines) {
        UpOutput output = new UpOutput(UpOutput.Listener.NONE);
        for (String line : lines) {
            output.line(line);
        }
        return output;
    }

    private static UpOutput during(String phase, String... lines) {
        UpOutput output = fed("1,web,metadata,provider,libvirt", "1,web,ui,info,==> web: " + phase);
        for (String line : lines) {
            output.line(line);
        }
        return output;
    }

    private static FailureView explained(UpOutput output, int exitCode) {
        return FailureExplainer.explain(output, exitCode, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Vagrant::Errors::ConfigInvalid|x|Vagrant does not accept a setting of the Vagrantfile.",
                "Vagrant::Errors::BoxNotFound|x|The box can't be found or fetched.",
                "Vagrant::Errors::DownloaderError|x|The box can't be found or fetched.",
                "E|The box could not be found or\\ncould not be accessed|The box can't be found or fetched.",
                "E|The Box 'x' couldn't be found|The box can't be found or fetched.",
                "E|The file couldn't be found|The file couldn't be found.",
                "Vagrant::Errors::ProviderNotFound|x|No provider on this machine can run it.",
                "Vagrant::Errors::NoDefaultProvider|x|No provider on this machine can run it.",
                "E|The provider 'x' could not be found|No provider on this machine can run it.",
                "E|The provider 'x' is odd|The provider 'x' is odd.",
                "VagrantPlugins::ProviderLibvirt::Errors::LibvirtConnectionError|x|libvirt does not answer.",
                "E|Failed to connect socket to /x|libvirt does not answer.",
                "E|no /run/libvirt/libvirt-sock|libvirt does not answer.",
                "Vagrant::Errors::MachineLocked|x|Another Vagrant works on this machine.",
                "Vagrant::Errors::MachineActionLockedError|x|Another Vagrant works on this machine.",
                "Vagrant::Errors::CorruptMachineIndex|x|Vagrant's machine index is unreadable.",
                "Vagrant::Errors::VMBootTimeout|x|The machine did not answer over SSH in time.",
                "E|Timed out while waiting for the machine to boot.|The machine did not answer over SSH in time.",
                "Vagrant::Errors::VagrantInterrupt|x|Vagrant was interrupted.",
                "E|write: No space left on device|The disk is full.",
                "E|ENOSPC|The disk is full."
            })
    void whatVagrantNamesIsSaidPlainly(String name, String text, String sentence) {
        FailureView failure = explained(fed("1,,error-exit," + name + "," + text), 1);
        assertThat(failure.sentence()).isEqualTo(sentence);
        assertThat(failure.nextStep()).isNotBlank();
        assertThat(failure.in().kind()).as("before its first phase it loads").isEqualTo(PhaseKind.LOAD);
        assertThat(failure.cancelled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "130|Vagrant was interrupted.",
                "137|Vagrant was killed.",
                "143|Vagrant was killed.",
                "2|Vagrant ended with exit code 2 and said nothing."
            })
    void theExitCodeTellsWhereVagrantSaysNothing(int exitCode, String sentence) {
        assertThat(explained(fed(), exitCode).sentence()).isEqualTo(sentence);
    }

    @Test
    void aVagrantfileThatEndsVagrantSaidItsLastWordsItself() {
        FailureView failure = explained(fed("Welcome", "", "Set LAB first!", "  ", "  "), 3);
        assertThat(failure.sentence()).isEqualTo("Vagrant ended with exit code 3 and last said: Set LAB first!");
        assertThat(failure.lines()).containsExactly("Welcome", "Set LAB first!");
    }

    @Test
    void aProvisionerIsNamedWithItsLastLines() {
        UpOutput output = during("Running provisioner: schema (shell)...");
        for (int number = 1; number <= 20; number++) {
            output.line("1,web,ui,detail,    web: line " + number);
        }
        FailureView failure = explained(output, 1);
        assertThat(failure.sentence()).isEqualTo("The provisioner schema (shell) failed.");
        assertThat(failure.machine()).isEqualTo("web");
        assertThat(failure.lines()).hasSize(12).startsWith("line 9").endsWith("line 20");
        assertThat(explained(during("Running provisioner: odd"), 1).sentence()).isEqualTo("The provisioner failed.");
    }

    @Test
    void aFullDiskInTheVmIsNotOurs() {
        FailureView failure = explained(
                during("Running provisioner: shell...", "1,web,ui,detail,    web: tar: No space left on device"), 1);
        assertThat(failure.sentence())
                .isEqualTo("The provisioner shell failed: a disk is full, the VM's own by the looks of it.");
        assertThat(explained(during("Starting domain.", "1,web,ui,detail,    web: No space left on device"), 1)
                        .sentence())
                .as("said while it boots it is no provisioner's")
                .doesNotContain("provisioner");
    }

    @Test
    void aTriggerIsNamedWithItsCause() {
        UpOutput named = during(
                "Running action triggers after up ...",
                "1,web,ui,info,==> web: Running trigger: Check...",
                "1,,error-exit,E,It said no.");
        assertThat(explained(named, 1).sentence()).isEqualTo("The trigger Check (after up) failed: It said no.");
        assertThat(explained(during("Running action triggers after up ..."), 1).sentence())
                .isEqualTo("The trigger after up failed.");
        assertThat(explained(during("Running action triggers odd", "/t.rb:1:in `x': it is odd (Some::Error)"), 1)
                        .sentence())
                .isEqualTo("The trigger failed: it is odd.");
    }

    @Test
    void errorsWithoutAClassAreReadFromTheirLines() {
        UpOutput output = during("Starting domain.", "1,web,ui,error,It broke.\\nBadly.");
        FailureView failure = explained(output, 1);
        assertThat(failure.sentence()).isEqualTo("It broke. Badly.");
        assertThat(failure.lines()).containsExactly("It broke.", "Badly.");
        assertThat(failure.phase()).isEqualTo("boot");
    }

    @Test
    void aLongErrorIsShownByItsFirstLines() {
        StringBuilder text = new StringBuilder("first");
        for (int number = 0; number < 20; number++) {
            text.append("\\n  line ").append(number).append(number == 0 ? "\\n\\n" : " ");
        }
        FailureView failure = explained(fed("1,,error-exit,E," + text), 1);
        assertThat(failure.lines())
                .hasSize(12)
                .startsWith("first", "  line 0", "  line 1")
                .noneMatch(String::isBlank);
    }

    @Test
    void aBacktraceIsShownWithoutVagrantsOwnFiles() {
        FailureView failure = explained(
                fed(
                        "/home/ada/x.rb:1:in `y': odd (Some::Error)",
                        "\tfrom /home/ada/z.rb:2:in `z'",
                        "  from /usr/share/vagrant/a: b",
                        " WARN loader: noise"),
                1);
        assertThat(failure.lines()).hasSize(2).noneMatch(line -> line.contains("WARN") || line.contains("/usr/"));
        assertThat(failure.sentence()).isEqualTo("Vagrant stopped with Some::Error: odd.");
    }

    @Test
    void aVagrantfilesErrorNamesItsLine() {
        UpOutput output = fed(
                "Vagrant failed to initialize at a very early stage:",
                "",
                "There was an error loading a Vagrantfile.",
                "Message: NoMethodError: undefined method 'frob' for nil",
                "",
                "  config.frob = 1",
                "        ^^^^^");
        FailureView failure = FailureExplainer.explain(
                output, 1, "Vagrant.configure do |config|\n  config.frob = 0\n  config.frob = 1\nend\n");
        assertThat(failure.vagrantfileLine()).isEqualTo(3);
        assertThat(failure.sentence())
                .isEqualTo("The Vagrantfile stops with a Ruby error in line 3: undefined method 'frob' for nil.");
        assertThat(failure.machine()).isEmpty();
    }

    @Test
    void anErrorInAFileThatItLoadsNamesThatFile() {
        String said =
                "Vagrant failed to initialize at a very early stage:\nThere was an error loading a Vagrantfile.\n";
        UpOutput unplaced = fed((said + "Path: /c/x-1a2b3c4d/lib/a.rb\nMessage: NoMethodError: odd").split("\n"));
        Path sandbox = Path.of("/c/x-1a2b3c4d");
        assertThat(FailureExplainer.explain(unplaced, 1, "", "", sandbox).sentence())
                .as("the line is not told")
                .isEqualTo("lib/a.rb, which the Vagrantfile loads, stops with a Ruby error: odd.");
        UpOutput placed = fed((said + "Message: NoMethodError: odd").split("\n"));
        FailureView traced = FailureExplainer.explain(placed, 1, "", "/c/x-1a2b3c4d/Vagrantfile:7:in 'x'\n", sandbox);
        assertThat(traced.sentence()).isEqualTo("The Vagrantfile stops with a Ruby error in line 7: odd.");
        assertThat(traced.vagrantfileLine()).isEqualTo(7);
    }

    @Test
    void aMarkAloneMarksNothing() {
        UpOutput output = fed(
                "Vagrant failed to initialize at a very early stage:",
                "There was an error loading a Vagrantfile.",
                "Message: odd",
                "",
                "^^^");
        assertThat(FailureExplainer.explain(output, 1, "odd\n").vagrantfileLine())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uninitialized constant Foo::Lab|1",
                "undefined local variable or method `lab'|2",
                "key not found: \"LAB_NAME\"|3",
                "No such file or directory @ rb_sysopen - /c/names.txt|4",
                "cannot load such file -- helper|5",
                "something else|0"
            })
    void whatIsMissingIsFoundInTheVagrantfile(String message, int line) {
        UpOutput output = fed(
                "Vagrant failed to initialize at a very early stage:",
                "There was an error loading a Vagrantfile.",
                "Message: " + message);
        String vagrantfile =
                "x = Lab.new\ny = lab + 1\nENV.fetch('LAB_NAME')\nFile.read('names.txt')\nrequire 'helper'\n";
        assertThat(FailureExplainer.explain(output, 1, vagrantfile).vagrantfileLine())
                .isEqualTo(line);
        assertThat(FailureExplainer.explain(output, 1, "# " + vagrantfile.replace("\n", "\n# "))
                        .vagrantfileLine())
                .as("in a comment it is not missing")
                .isZero();
    }

    @Test
    void anErrorOfALaterPhaseIsNotTheVagrantfiles() {
        UpOutput output = during("Starting domain.", "/c/x-1a2b3c4d/Vagrantfile:3:in `x': odd (Some::Error)");
        FailureView failure = FailureExplainer.explain(output, 1, "a\nb\nc\n", "", Path.of("/c/x-1a2b3c4d"));
        assertThat(failure.vagrantfileLine()).isZero();
        assertThat(failure.sentence()).isEqualTo("Vagrant stopped with Some::Error: odd.");
    }

    @Test
    void anEarlyErrorWithoutRubyIsSaidAsItIs() {
        FailureView failure = explained(
                fed("printed before", "Vagrant failed to initialize at a very early stage:", "", "The home is odd."),
                1);
        assertThat(failure.sentence()).isEqualTo("The home is odd.");
        assertThat(failure.lines())
                .isEqualTo(List.of(
                        "printed before", "Vagrant failed to initialize at a very early stage:", "The home is odd."));
    }

    @Test
    void aFailureIsCopiedWithWhatChanged() {
        FailureView failure = new FailureView(Phase.of(PhaseKind.BOOT, "web"), "No.", "Look.", List.of("a"), 3, true);
        assertThat(failure.phase()).isEqualTo("boot");
        assertThat(failure.in(Phase.of(PhaseKind.SSH, "db")).machine()).isEqualTo("db");
        assertThat(failure.withNextStep("Wait.").nextStep()).isEqualTo("Wait.");
        assertThat(failure.withNextStep("Wait.").lines()).containsExactly("a");
    }

    private static final String NOT_INSTALLED = "The plugin 'evil' is not installed";
    private static final String SSH_FAILED =
            "The following SSH command responded with a non-zero exit status.\\nVagrant assumes that this means the command failed!"
                    + "\\n\\nhostname x\\n\\nStdout from the command:\\n\\n%s\\n\\nStderr from the command:\\n\\n%s";

    private static String failed(String stdout, String stderr) {
        return "1,,error-exit,Vagrant::Errors::VagrantError," + SSH_FAILED.formatted(stdout, stderr);
    }

    private static boolean installs(UpOutput output) {
        return explained(output, 1)
                .remedy()
                .filter(remedy -> remedy.kind().changesThisComputer())
                .isPresent();
    }

    @Test
    void whatVagrantQuotesOfAGuestInstallsNothing() {
        // Nothing was said of the machine yet, as when one that runs is halted: the failure counts as one of loading.
        assertThat(installs(fed(failed("", NOT_INSTALLED)))).isFalse();
        assertThat(installs(fed(failed(NOT_INSTALLED, "plugins failed to initialize"))))
                .isFalse();
        assertThat(installs(fed("1,,ui,error,Stderr from the command:\\n\\n" + NOT_INSTALLED)))
                .isFalse();
        assertThat(installs(fed("1,,error-exit,Vagrant::Errors::PluginNotInstalled," + NOT_INSTALLED)))
                .isTrue();
    }

    @Test
    void norDoesWhatTheSshLibraryQuotes() {
        // As when a machine is halted whose sshd answers with any version line that it likes.
        String failure = "1,,error-exit,Vagrant::Errors::NetSSHException,"
                + "An error occurred in the underlying SSH library that "
                + "Vagrant uses.\\nThe error message is shown below. In many cases%!(VAGRANT_COMMA) errors from this\\n"
                + "library are caused by "
                + "ssh-agent issues. Try disabling your SSH\\nagent or removing some keys and try again.\\n\\nIf the problem "
                + "persists%!(VAGRANT_COMMA) please report a bug to the net-ssh project.\\n\\nincompatible SSH version `"
                + NOT_INSTALLED + "'";
        assertThat(installs(fed("1,web,metadata,provider,libvirt", failure))).isFalse();
        assertThat(installs(fed(failure))).isFalse();
        assertThat(installs(fed("1,web,metadata,provider,libvirt", failed("", ""))))
                .isFalse();
        assertThat(installs(fed(
                        "1,web,metadata,provider,libvirt",
                        "1,,error-exit,Vagrant::Errors::VagrantError,It said: " + NOT_INSTALLED)))
                .as("no phase tells who has spoken")
                .isFalse();
        assertThat(OwnWords.of("The error will be\nreproduced below:\n\nx")).isEqualTo("The error will be\n");
    }

    @Test
    void ofSeveralMachinesOneGuestSpeaksForNoOther() {
        String[] both = {
            "1,web,metadata,provider,libvirt",
            "1,db,metadata,provider,libvirt",
            "1,web,ui,info,==> web: Machine booted and ready!",
            "1,web,ui,detail,    web: " + NOT_INSTALLED
        };
        UpOutput quoted = fed(both);
        quoted.line(failed("action on the 'db' machine", NOT_INSTALLED));
        FailureView failure = explained(quoted, 1);
        assertThat(failure.machine()).as("what is quoted names nobody").isEqualTo("web");
        assertThat(failure.in().kind()).isEqualTo(PhaseKind.SET_UP);
        assertThat(failure.remedy()).isEmpty();

        UpOutput unheard = fed(both);
        unheard.line(
                "1,,error-exit,Vagrant::Errors::BatchMultiError,An error occurred while executing the action on the 'db'"
                        + "\\nmachine. Please handle this error then try again:\\n\\nIt said: " + NOT_INSTALLED);
        assertThat(explained(unheard, 1).in().kind()).as("db has not begun").isEqualTo(PhaseKind.LOAD);
        assertThat(installs(unheard)).isFalse();

        UpOutput own = fed(both);
        own.line("1,db,ui,info,==> db: Starting domain.");
        own.line(
                "1,,error-exit,Vagrant::Errors::BatchMultiError,An error occurred while executing the action on the 'db'"
                        + "\\nmachine. Please handle this error then try again:\\n\\nnetwork 'lab' is not active");
        assertThat(installs(own)).as("db itself has said nothing by then").isTrue();
    }

    @Test
    void whatIsRecognisedLaterInstallsNothing() {
        FailureView said =
                new FailureView(Phase.of(PhaseKind.SETUP, "web"), "It failed.", "", List.of(NOT_INSTALLED), 0, false);
        assertThat(FailureExplainer.recognised(said).remedy()).isEmpty();
        assertThat(FailureExplainer.recognised(said.in(Phase.of(PhaseKind.RESOLVE)))
                        .remedy())
                .isPresent();
    }
}
