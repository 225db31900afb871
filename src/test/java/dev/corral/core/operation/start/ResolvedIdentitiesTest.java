package dev.corral.core.operation.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.vagrantfile.Resolution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what a machine will be known, from what Vagrant said of its settings. */
@Tag("unit")
class ResolvedIdentitiesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "libvirt    | {'uri':'qemu:///session'}                          | 9f3c2a1b_web | true  | qemu:///session",
                "libvirt    | {'uri':'u','default_prefix':null,'description':''} | 9f3c2a1b_web | true  | u",
                "libvirt    | {'uri':'u','default_prefix':''}                    | web          | true  | u",
                "libvirt    | {'uri':'u','default_prefix':'my lab_é!'}           | mylab_web    | true  | u",
                "libvirt    | {'uri':'u','description':'mine'}                   | 9f3c2a1b_web | false | u",
                "libvirt    | {'uri':'u','random_hostname':true}                 | \"\"           | true  | u",
                "virtualbox | {'name':'Box 1'}                                   | Box 1        | false | \"\"",
                "virtualbox | {'name':null}                                      | \"\"           | false | \"\"",
                "docker     | {'name':'db'}                                      | db           | false | \"\""
            })
    void isWhatItsProviderMakesOfItsSettings(
            String provider, String settings, String name, boolean says, String connection) throws Exception {
        Resolution resolution = Json.mapper()
                .readValue(
                        ("{'machines':[{'name':'web','provider':'" + provider + "','providers':[{'name':'" + provider
                                        + "','known':true,'settings':" + settings
                                        + "}]},{'name':'none'}]}")
                                .replace('\'', '"'),
                        Resolution.class);
        assertThat(ResolvedIdentities.of(resolution, "9f3c2a1b"))
                .containsExactly(new MachineIdentity("web", provider, connection, name, says, ""));
    }
}
