package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the names of VMs, disks and networks tell of the sandbox that they were made for. */
@Tag("unit")
class SandboxNamesTest {
    private static final Set<String> KNOWN = Set.of("my_lab", "my_lab_two", "s-0a1b2c3d", "lab1");

    @ParameterizedTest
    @CsvSource({
        "0a1b2c3d, true",
        "sqli-01-0a1b2c3d, true",
        "12345678-0a1b2c3d, true",
        "123456789-0a1b2c3d, false",
        "0a1b2c3, false",
        "0A1B2C3D, false",
        "0a1b2c3d-, false",
        "x0a1b2c3d, false",
        "'', false"
    })
    void aSandboxIsToldByItsEightDigits(String name, boolean sandbox) {
        assertThat(SandboxNames.isSandbox(name)).isEqualTo(sandbox);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "s-0a1b2c3d_default, s-0a1b2c3d",
                "99999999_default.img, 99999999",
                "sqli-01-99999999_web_1, sqli-01-99999999",
                "my_lab_default, my_lab",
                "my_labs_default, none",
                "99999999_, none",
                "99999999, none",
                "_default, none",
                "default, none",
                "windows-build-agent, none"
            })
    void aVmLeadsBackToTheDirectoryItIsNamedAfter(String name, String sandbox) {
        assertThat(SandboxNames.ofMachine(name, KNOWN).orElse(null)).isEqualTo(sandbox);
    }

    @Test
    void whatIsKnownIsBelievedBeforeTheMereLook() {
        assertThat(SandboxNames.ofMachine("0a1b2c3d_x_default", Set.of("0a1b2c3d_x")))
                .contains("0a1b2c3d_x");
        assertThat(SandboxNames.ofNetwork("0a1b2c3d12", Set.of("0a1b2c3d1"))).contains("0a1b2c3d1");
        assertThat(SandboxNames.ofMachine("_x", Set.of("")))
                .as("nothing is no name")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "s-0a1b2c3d0, s-0a1b2c3d",
                "99999999a1b2c3d, none",
                "0a1b2c3d123, 0a1b2c3d",
                "lab10, lab1",
                "lab1000, lab1",
                "lab10000, none",
                "lab1x, none",
                "0a1b2c3d, none",
                "vagrant-libvirt, none",
                "7, none",
                "'', none"
            })
    void aNetworkIsTheDirectoryAndANumber(String name, String sandbox) {
        assertThat(SandboxNames.ofNetwork(name, KNOWN).orElse(null)).isEqualTo(sandbox);
    }

    @ParameterizedTest
    @CsvSource({
        "sqli-01, sqli-01-",
        "a b/c, a-b-c-",
        "'', ''",
        "---, ''",
        "a--b, a-b-",
        "-a-, a-",
        "éa, a-",
        "abcdefghij, abcdefgh-",
        "Az09, Az09-"
    })
    void aPrefixHoldsWhatEveryHypervisorTakes(String sample, String prefix) {
        assertThat(SandboxNames.prefix(sample)).isEqualTo(prefix);
    }
}
