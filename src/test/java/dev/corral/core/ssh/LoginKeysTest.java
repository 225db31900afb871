package dev.corral.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.exec.ExecRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A private key that can't be used does not stand in the way of those that can. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class LoginKeysTest {
    @TempDir
    Path temp;

    @Test
    void aKeyThatCanNotBeUsedIsPassedOver() throws Exception {
        try (LoopbackSshd sshd = new LoopbackSshd(temp.resolve("sshd"))) {
            for (Path bad : unusable().keySet()) {
                List<Path> files = new ArrayList<>(List.of(bad));
                files.addAll(sshd.endpoint().identityFiles());
                try (GuestConnection guest = new GuestConnection(with(sshd.endpoint(), files))) {
                    assertThat(guest.exec(ExecRequest.of("true")).exitCode())
                            .as(bad.toString())
                            .isZero();
                }
            }
            List<Path> strangers = List.of(key("locked-too", "secret", "ed25519"), sshd.newKey("stranger"));
            try (GuestConnection guest = new GuestConnection(with(sshd.endpoint(), strangers))) {
                assertThatThrownBy(() -> guest.exec(ExecRequest.of("true")))
                        .isInstanceOfSatisfying(ExpectedFailure.class, refused -> {
                            assertThat(refused).hasMessageContaining("does not let the user");
                            assertThat(refused.details())
                                    .contains("Not offered: ", "locked-too: it has a passphrase.")
                                    .doesNotContain("stranger");
                        });
            }
        }
    }

    @Test
    void whenNoneCanBeUsedEachIsNamedWithItsReason() throws Exception {
        Map<Path, String> unusable = unusable();
        SshEndpoint endpoint = new SshEndpoint("127.0.0.1", 1, "vagrant", List.copyOf(unusable.keySet()), "box");
        assertThatThrownBy(() -> LoginKeys.load(endpoint)).isInstanceOfSatisfying(ExpectedFailure.class, none -> {
            assertThat(none)
                    .hasMessage(
                            "None of the " + unusable.size() + " private keys that Vagrant names for box can be used.");
            unusable.forEach((file, why) -> assertThat(none.details().lines())
                    .as(file.toString())
                    .anySatisfy(line -> assertThat(line).startsWith(file + ": ").contains(why)));
        });
        Path locked = temp.resolve("locked");
        assertThatThrownBy(() -> LoginKeys.load(with(endpoint, List.of(locked))))
                .hasMessage("The private key that Vagrant names for box can't be used: " + locked
                        + ": it has a passphrase.");
        assertThatThrownBy(() -> LoginKeys.load(with(endpoint, List.of())))
                .hasMessage("Vagrant names no private key for box.");
    }

    private Map<Path, String> unusable() throws IOException, InterruptedException {
        Map<Path, String> unusable = new TreeMap<>();
        unusable.put(key("locked", "secret", "ed25519"), "it has a passphrase");
        unusable.put(key("locked.pem", "secret", "rsa", "-m", "PEM"), "it has a passphrase");
        unusable.put(key("locked.pkcs8", "secret", "rsa", "-m", "PKCS8"), "it has a passphrase");
        unusable.put(temp.resolve("missing"), "it does not exist");
        unusable.put(Files.createDirectories(temp.resolve("folder")), "it is no ordinary file");
        unusable.put(Files.write(temp.resolve("empty"), new byte[0]), "it holds no private key");
        unusable.put(Files.writeString(temp.resolve("public"), Files.readString(temp.resolve("locked.pub"))), "it");
        unusable.put(
                Files.writeString(temp.resolve("a.ppk"), "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n"),
                "it holds no private key");
        unusable.put(Files.write(temp.resolve("bytes"), new byte[] {0, 1, 2, (byte) 0xff}), "it");
        String whole = Files.readString(key("whole", "", "ed25519"));
        unusable.put(Files.writeString(temp.resolve("cut"), whole.substring(0, whole.length() / 2)), "it");
        unusable.put(
                Files.writeString(temp.resolve("wrong"), whole.replaceAll("(?m)^[^-].{20}", "!!! not base64 at all")),
                "it");
        unusable.put(
                Files.writeString(
                        temp.resolve("hollow"),
                        "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"),
                "it");
        Path pipe = temp.resolve("pipe");
        if (Files.notExists(pipe)) {
            run("mkfifo", pipe.toString());
        }
        unusable.put(pipe, "it is no ordinary file");
        return unusable;
    }

    private Path key(String name, String passphrase, String type, String... more)
            throws IOException, InterruptedException {
        Path file = temp.resolve(name);
        if (Files.notExists(file)) {
            List<String> command =
                    new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", file.toString()));
            command.addAll(List.of(more));
            run(command.toArray(String[]::new));
        }
        return file;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static SshEndpoint with(SshEndpoint endpoint, List<Path> files) {
        return new SshEndpoint(endpoint.host(), endpoint.port(), endpoint.user(), files, endpoint.label());
    }
}
