package dev.corral.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings for OpenSSH in our own words. OpenSSH itself reads them. */
@Tag("unit")
class SshConfigTextTest {
    private static final SshEndpoint PLAIN =
            new SshEndpoint("192.0.2.7", 2222, "vagrant", List.of(Path.of("/home/ada lovelace/50%/key")), "x");

    @Test
    void openSshReadsThemAsMeant() {
        for (SshEndpoint endpoint : List.of(
                PLAIN,
                new SshEndpoint("fe80::1%eth0", 22, "CORP\\ada b", List.of(), "x"),
                new SshEndpoint(
                        "lab.example", 1, "root", List.of(Path.of("/k")), Optional.of("ssh 'a b' -W %h:%p"), "x"))) {
            assertThat(SshConfigText.accepted(SshConfigText.of("s.m", endpoint), "s.m", endpoint, System.getenv()))
                    .as(endpoint.toString())
                    .isTrue();
            assertThat(SshConfigParser.parse(SshConfigText.of("s.m", endpoint))
                            .get("s.m")
                            .withLabel("x"))
                    .isEqualTo(endpoint);
        }
    }

    @Test
    void openSshIsAskedAndItsNoCounts() {
        assertThat(SshConfigText.accepted(
                        "Hostmanager plugin not found.\n" + SshConfigText.of("s.m", PLAIN),
                        "s.m",
                        PLAIN,
                        System.getenv()))
                .isFalse();
        assertThat(SshConfigText.accepted(
                        "Host *\n  Port 1\n" + SshConfigText.of("s.m", PLAIN), "s.m", PLAIN, System.getenv()))
                .isFalse();
        assertThat(SshConfigText.accepted("nonsense", "s.m", PLAIN, Map.of("PATH", "/nowhere")))
                .as("no ssh")
                .isTrue();
    }

    @Test
    void whatCanNotBeWrittenIsLeftOut() {
        SshEndpoint odd = new SshEndpoint(
                "h",
                22,
                "u",
                List.of(Path.of("/a\"b"), Path.of("/c\nProxyCommand touch x")),
                Optional.of("a\nInclude /x"),
                "x");
        assertThat(SshConfigText.of("s.m", odd)).doesNotContain("Include", "ProxyCommand", "IdentityFile");
        assertThat(SshConfigText.host("a1", "x *?!\"\n")).isEqualTo("a1.x______");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host m\n  HostName -oProxyCommand=x\n  User v\n",
                "Host m\n  HostName a b\n  User v\n",
                "Host m\n  HostName a\n  User -x\n",
                "Host m\n  HostName \"\n  User v",
                "Match exec \"touch /x\"\n  HostName a\n"
            })
    void anAddressOrUserThatNobodyHasIsNone(String text) {
        assertThat(SshConfigParser.parse(text).values().stream()
                        .filter(found -> found.host().startsWith("-")
                                || found.user().startsWith("-")
                                || found.host().contains(" ")
                                || found.host().contains("\"")))
                .isEmpty();
        assertThat(SshConfigParser.parse("Match all\n  HostName a\n")).isEmpty();
    }

    @Test
    void ofTwoTheFirstCountsAsWithOpenSsh() {
        assertThat(
                        SshConfigParser.parse(
                                "Host m\n  HostName real\n  User vagrant\n  HostName fake\n  Port 7\n  Port 8\nHost m\n  HostName other\n"))
                .hasEntrySatisfying("m", found -> assertThat(found.address()).isEqualTo("real:7"));
    }
}
