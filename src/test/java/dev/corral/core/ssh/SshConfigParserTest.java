package dev.corral.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class SshConfigParserTest {
    @Test
    void readsAllMachinesWithTheirKeys() {
        Map<String, SshEndpoint> endpoints = SshConfigParser.parse("""
                Host attacker-ab12cd34
                  HostName 192.168.121.7
                  User vagrant
                  Port 22
                  UserKnownHostsFile /dev/null
                  StrictHostKeyChecking no
                  PasswordAuthentication no
                  IdentityFile "/home/ada lovelace/box/.vagrant/machines/attacker/libvirt/private_key"
                  IdentityFile /home/ada/.vagrant.d/insecure_private_keys/vagrant.key.rsa
                  IdentitiesOnly yes
                  LogLevel FATAL
                  PubkeyAcceptedKeyTypes +ssh-rsa
                  HostKeyAlgorithms +ssh-rsa

                Host target
                  HostName 127.0.0.1
                  User root
                  Port 2222
                  IdentityFile /k
                  ProxyCommand ssh 'hyper visor' -W %h:%p

                """);

        assertThat(endpoints.keySet()).containsExactly("attacker-ab12cd34", "target");
        assertThat(endpoints.get("attacker-ab12cd34").identityFiles())
                .containsExactly(
                        Path.of("/home/ada lovelace/box/.vagrant/machines/attacker/libvirt/private_key"),
                        Path.of("/home/ada/.vagrant.d/insecure_private_keys/vagrant.key.rsa"));
        assertThat(endpoints.get("attacker-ab12cd34").proxyCommand()).isEmpty();
        assertThat(endpoints.get("target").address()).isEqualTo("127.0.0.1:2222");
        assertThat(endpoints.get("target").user()).isEqualTo("root");
        assertThat(endpoints.get("target").proxyCommand()).isEqualTo(Optional.of("ssh 'hyper visor' -W %h:%p"));
    }

    @Test
    void leavesOutWhatHasNoAddress() {
        assertThat(SshConfigParser.parse("Host a\n  Port x\n\nHost b\n  HostName ::1\n  Port 99999\n")
                        .keySet())
                .containsExactly("b");
        assertThat(SshConfigParser.parse("The provider for this machine is not ready for SSH."))
                .isEmpty();
    }

    @Test
    void minasReaderStillTearsWhatVagrantQuotes() throws IOException {
        String text = "Host web\n  HostName 192.0.2.1\n  IdentityFile \"/home/ada lovelace/key\"\n";
        assertThat(SshConfigParser.parse(text).get("web").identityFiles())
                .containsExactly(Path.of("/home/ada lovelace/key"));
        // Should it keep them whole one day, the reader of our own may go.
        assertThat(HostConfigEntry.readHostConfigEntries(new BufferedReader(new StringReader(text)))
                        .getFirst()
                        .getIdentities())
                .doesNotContain("/home/ada lovelace/key", "\"/home/ada lovelace/key\"");
    }

    @Test
    void settingsAreReadWhateverTheirForm() {
        SshEndpoint found = SshConfigParser.parse("""
                # a comment
                Host = "web"
                \thostname=lab.example
                USER="ada b"
                  Port = 2200
                IdentityFile ""
                IdentityFile /a%%b
                IdentityFile "/half
                ProxyCommand none
                ProxyCommand later
                """).get("web");
        assertThat(found)
                .isEqualTo(new SshEndpoint(
                        "lab.example",
                        2200,
                        "ada b",
                        List.of(Path.of("/a%b"), Path.of("\"/half")),
                        Optional.empty(),
                        "web"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "65535, 65535", "0, 22", "65536, 22", "-1, 22", "x, 22"})
    void aPortThatNobodyHasIsTheUsualOne(String said, int port) {
        assertThat(SshConfigParser.parse("Host a\n  HostName h\n  Port " + said + "\n")
                        .get("a")
                        .port())
                .isEqualTo(port);
        assertThat(SshConfigParser.parse("Host a\n  HostName h\n").get("a").port())
                .isEqualTo(22);
    }

    @Test
    void ofEachSettingTheFirstCounts() {
        SshEndpoint found = SshConfigParser.parse(
                        "Host a\n HostName h\n User one\n User two\n ProxyCommand p\n ProxyCommand q\n")
                .get("a");
        assertThat(found.user()).isEqualTo("one");
        assertThat(found.proxyCommand()).contains("p");
        assertThat(SshConfigParser.parse("Host a\n HostName h\n").get("a").user())
                .isEqualTo("vagrant");
    }

    @Test
    void whatBelongsToNoHostIsNone() {
        assertThat(SshConfigParser.parse("HostName h\nHost a\n HostName b\nMatch all\n HostName c\n"))
                .containsOnlyKeys("a");
        assertThat(SshConfigParser.parse("Host a\n HostName h%%1\n ProxyCommand a\u0001b\n IdentityFile /a\u0001\n")
                        .get("a"))
                .isEqualTo(new SshEndpoint("h%1", 22, "vagrant", List.of(), "a"));
        assertThat(SshConfigParser.parse("")).isEmpty();
    }
}
