package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables, folders and displays that can not be used, and what is missing, in sentences. */
@Tag("unit")
@Timeout(180)
class SurroundingsTest extends CommandsOverStub {
    @Test
    void aCacheDirectoryThatIsALinkIsNoEmptyOne() throws Exception {
        variables.put(
                "INSPECT_SANDBOX_CACHE_DIR",
                Files.createSymbolicLink(temp.resolve("link"), temp).toString());
        Ended ended = CorralProcess.run(variables, "list", "vms");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("is a link.", "never follows links");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ui", "list vms", "strays", "logs x", "start --vagrantfile x"})
    void aVariableThatMakesNoSenseIsSaidByEveryVerb(String line) throws Exception {
        variables.put("DISPLAY", ":7777");
        variables.put("INSPECT_SANDBOX_CACHE_SUFFIX", "../../elsewhere");
        Ended ended = CorralProcess.run(variables, line.split(" "));
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err())
                .isEqualTo(
                        "INSPECT_SANDBOX_CACHE_SUFFIX leads out of the sandbox cache directory.\nSet it to a plain folder name.\n");
    }

    @Test
    void aDisplayOrAPathThatCanNotBeUsedIsNoBug() throws Exception {
        variables.put("DISPLAY", ":7777");
        assertThat(CorralProcess.run(variables, "ui").err())
                .startsWith("The display :7777 can't be opened.\nSet DISPLAY");
        variables.put("LC_ALL", "C");
        variables.remove("INSPECT_SANDBOX_CACHE_DIR");
        variables.put("XDG_STATE_HOME", "");
        variables.put("HOME", "/tmp/h\u00f6me");
        for (String verb : new String[] {"ui", "strays"}) {
            assertThat(CorralProcess.run(variables, verb).err())
                    .contains("can't be used as a path", "LC_ALL=C.UTF-8")
                    .doesNotContain("bug in Corral");
        }
    }

    @Test
    void theDoctorSaysWhatIsMissing() throws Exception {
        variables.put("PATH", Files.createDirectories(temp.resolve("empty")).toString());
        Ended doctor = CorralProcess.run(variables, "doctor", "--json");
        assertThat(doctor.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(doctor.json()).anySatisfy(row -> {
            assertThat(row.path("check").asText()).isEqualTo("Vagrant");
            assertThat(row.path("verdict").asText()).isEqualTo("fail");
            assertThat(row.path("next_step").asText()).isNotEmpty();
        });
        assertThat(doctor.err()).isEmpty();
    }
}
