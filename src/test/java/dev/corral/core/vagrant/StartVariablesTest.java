package dev.corral.core.vagrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which variables are kept with a sandbox. */
@Tag("unit")
class StartVariablesTest {
    @Test
    void keepsWhatDecidesAndWhatTheVagrantfileReads() {
        Environment environment = new Environment(Map.of(
                "HOME",
                "/home/ada",
                "PATH",
                "/bin",
                "VAGRANT_DEFAULT_PROVIDER",
                "libvirt",
                "LIBVIRT_DEFAULT_URI",
                "qemu:///session",
                "VAGRANT_CWD",
                "/elsewhere",
                "VAGRANT_CLOUD_TOKEN",
                "hush",
                "MEMORY",
                "512",
                "DB_PASSWORD",
                "hush",
                "OTHER",
                "x"));
        Map<String, String> known =
                StartVariables.of(environment, Map.of("GIVEN", "1", "INSPECT_VM_SUFFIX", "-mine"), "-0a1b2c3d");
        StartVariables.Read read = StartVariables.read(
                environment, known, List.of("MEMORY", "DB_PASSWORD", "HOME", "UNSET", "GIVEN", "VAGRANT_CWD"));
        assertThat(read.withheld()).containsExactly("DB_PASSWORD");
        assertThat(read.kept())
                .containsOnly(
                        Map.entry("VAGRANT_DEFAULT_PROVIDER", "libvirt"),
                        Map.entry("LIBVIRT_DEFAULT_URI", "qemu:///session"),
                        Map.entry("MEMORY", "512"),
                        Map.entry("GIVEN", "1"),
                        Map.entry("INSPECT_VM_SUFFIX", "-0a1b2c3d"),
                        Map.entry("VAGRANT_DOTFILE_PATH", ".vagrant"),
                        Map.entry("VAGRANT_HOME", "/home/ada/.vagrant.d"));
    }

    @Test
    void ofAFileThatReadsAllTheUsersOwnAreKeptAndNoSecret() {
        Environment environment = new Environment(
                Map.of("HOME", "/home/ada", "PATH", "/bin", "APP_PORT", "80", "APP_TOKEN", "hush", "TERM", "xterm"));
        StartVariables.Read read = StartVariables.read(environment, Map.of("GIVEN", "1"), List.of("*", "UNSET"));
        assertThat(read.kept()).containsOnly(Map.entry("APP_PORT", "80"), Map.entry("GIVEN", "1"));
        assertThat(read.withheld()).isEmpty();
    }

    @Test
    void aLaterCommandRunsWithTheStoredOnesOnly() {
        Vagrant vagrant = new Vagrant(new Environment(Map.of(
                "HOME",
                "/home/ada",
                "VAGRANT_CWD",
                "/elsewhere",
                "VAGRANT_DEFAULT_PROVIDER",
                "docker",
                "INSPECT_VM_SUFFIX",
                "-other")));
        assertThat(vagrant.variables(Map.of("INSPECT_VM_SUFFIX", "-0a1b2c3d")))
                .containsEntry("INSPECT_VM_SUFFIX", "-0a1b2c3d")
                .containsEntry("HOME", "/home/ada")
                .containsEntry("LC_ALL", "C.UTF-8")
                .doesNotContainKeys("VAGRANT_CWD", "VAGRANT_DEFAULT_PROVIDER");
    }

    @Test
    void whatWouldLeadVagrantAwayIsRefused() {
        assertThatThrownBy(() -> StartVariables.check(Map.of("VAGRANT_CWD", "/elsewhere")))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageStartingWith("VAGRANT_CWD can't be set for a sandbox");
        StartVariables.check(Map.of("LAB", "1", "VAGRANT_HOME", "/v"));
    }
}
