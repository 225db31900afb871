package dev.corral.core.solve.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Public keys as people send them. */
@Tag("unit")
@Timeout(90)
class PersonKeyTest extends HandedOver {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "ssh-ed25519 AAAA",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI ann",
                "ssh-dss AAAAB3NzaC1kc3MAAACBA",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n",
                "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n",
                "command=\"x\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI",
                "/etc",
                ""
            })
    void whatIsNoPublicKeyIsSaid(String given) {
        assertThatThrownBy(() -> PersonKey.of(given)).isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void aPrivateKeysFileIsRefusedAndTwoKeysAreNone() throws Exception {
        assertThatThrownBy(() -> PersonKey.of(key.toString())).hasMessageContaining("is a private key");
        Path two = folder.resolve("two.pub");
        String line = Files.readString(Path.of(key + ".pub"));
        Files.writeString(two, line + line);
        assertThatThrownBy(() -> PersonKey.of(two.toString())).hasMessageContaining("2 lines");
        Files.writeString(two, "\uFEFF# Ann's\r\n" + line.strip() + "\r\n");
        assertThat(PersonKey.of(two.toString()).line())
                .isEqualTo(PersonKey.of(line).line());
    }
}
