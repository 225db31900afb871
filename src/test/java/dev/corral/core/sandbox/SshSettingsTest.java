package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.ssh.SshEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How machines are reached, kept from one command to the next. */
@Tag("unit")
@Tag("any_user")
class SshSettingsTest {
    private static final SshEndpoint ENDPOINT =
            new SshEndpoint("192.0.2.7", 2222, "vagrant", List.of(Path.of("/k")), "t-0a1b2c3d.db");
    // No ssh on it: whether OpenSSH takes them is tried with SshConfigText.
    private static final Map<String, String> NO_SSH = Map.of("PATH", "/nowhere");

    @TempDir
    Path temp;

    private SandboxFiles files;

    @BeforeEach
    void make() throws IOException {
        files = SandboxFiles.inOne(Files.createDirectories(temp.resolve("t-0a1b2c3d")));
    }

    private void write(String machine, String id) throws IOException {
        SshSettings.write(files, machine, id, ENDPOINT, NO_SSH);
    }

    @Test
    void whatWasKeptHoldsForThatMachineIdOnly() throws IOException {
        assertThat(SshSettings.read(files, "db", "id-1")).isEmpty();
        write("db", "id-1");
        assertThat(SshSettings.read(files, "db", "id-1")).contains(ENDPOINT);
        assertThat(SshSettings.read(files, "db", "id-2")).as("made anew").isEmpty();
        assertThat(SshSettings.read(files, "web", "id-1")).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.sshConfig())))
                .isEqualTo("rwx------");
    }

    @Test
    void whatIsNotAsWeWriteItIsNotBelieved() throws IOException {
        write("db", "id-1");
        Path file = files.sshConfig().resolve("db");
        Files.writeString(file, Files.readString(file).replace("User vagrant", "User root"));
        assertThat(SshSettings.read(files, "db", "id-1"))
                .as("another user is a form of ours")
                .isPresent();
        Files.writeString(file, Files.readString(file) + "  ProxyJump elsewhere\n");
        assertThat(SshSettings.read(files, "db", "id-1")).isEmpty();
        Files.writeString(file, "");
        assertThat(SshSettings.read(files, "db", "id-1")).isEmpty();
    }

    @Test
    void aMachinesNameStaysInTheFolder() throws IOException {
        write("../web 1", "id-1");
        assertThat(files.sshConfig().resolve(".._web_1")).isRegularFile();
        assertThat(SshSettings.read(files, "../web 1", "id-1")).isPresent();
        write("db", "id\n  ProxyCommand touch x");
        assertThat(Files.readAllLines(files.sshConfig().resolve("db")).getFirst())
                .isEqualTo("# for machine id id_  ProxyCommand touch x");
    }

    @Test
    void afterABootAllIsForgotten() throws IOException {
        SshSettings.forget(files);
        write("db", "id-1");
        write("web", "id-2");
        SshSettings.forget(files);
        assertThat(files.sshConfig()).doesNotExist();
        assertThat(SshSettings.read(files, "db", "id-1")).isEmpty();
    }

    @Test
    void aSandboxThatIsGoneDoesNotComeBack() {
        SandboxFiles gone = SandboxFiles.inOne(temp.resolve("gone"));
        assertThatThrownBy(() -> SshSettings.write(gone, "db", "id-1", ENDPOINT, NO_SSH))
                .isInstanceOf(IOException.class);
        assertThat(gone.directory()).doesNotExist();
    }

    @Test
    void aFileInTheFoldersPlaceIsAnError() throws IOException {
        Files.writeString(files.sshConfig(), "notes");
        assertThatThrownBy(() -> write("db", "id-1")).isInstanceOf(IOException.class);
        assertThat(files.sshConfig()).hasContent("notes");
    }

    @Test
    void whatOpenSshDoesNotTakeIsNotKept() throws IOException {
        Path bin = Files.createDirectory(temp.resolve("bin"));
        Path ssh = Files.writeString(bin.resolve("ssh"), "#!/bin/sh\nexit 255\n");
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> refusing = Map.of("PATH", bin + ":/usr/bin:/bin");
        assertThatThrownBy(() -> SshSettings.write(files, "db", "id-1", ENDPOINT, refusing))
                .isInstanceOf(IOException.class)
                .hasMessage("OpenSSH does not take these settings");
        assertThat(files.sshConfig()).doesNotExist();
    }
}
