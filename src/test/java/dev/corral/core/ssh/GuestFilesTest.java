package dev.corral.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.exec.ExecRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files over a real OpenSSH server on this machine. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class GuestFilesTest {
    @TempDir
    static Path temp;

    private static LoopbackSshd sshd;
    private static GuestConnection guest;
    private static GuestFiles files;

    @BeforeAll
    static void start() throws Exception {
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        guest = new GuestConnection(sshd.endpoint());
        files = new GuestFiles(guest, Optional.empty());
    }

    @AfterAll
    static void stop() {
        guest.close();
        sshd.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a b/c'd\"e.bin",
                "-dash",
                "line\nend\n",
                "$HOME `x` \\",
                "bröken",
                "deep/er/and/deeper",
                "-d/-f"
            })
    void whatIsWrittenIsRead(String name) throws Exception {
        String path = temp.resolve("names").resolve(name).toString();
        byte[] contents = {(byte) 0xc3, 0x28, 0, '\r', '\n', (byte) 0xff};
        write(path, contents);
        assertThat(read(path, 100)).isEqualTo(contents);
        assertThat(Files.readAllBytes(Path.of(path))).isEqualTo(contents);
    }

    @Test
    void aNameThatIsNoUtf8() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("bytes"));
        write(folder + "/br\udcffken", "x".getBytes(StandardCharsets.US_ASCII));
        assertThat(guest.exec(ExecRequest.of("sh", "-c", "ls " + folder + " | od -An -tx1"))
                        .stdoutText()
                        .strip())
                .isEqualTo("62 72 ff 6b 65 6e 0a");
    }

    @Test
    void largeAndEmptyOnes() throws Exception {
        byte[] large = new byte[20_000_000];
        new Random(7).nextBytes(large);
        String path = temp.resolve("large").toString();
        write(path, large);
        assertThat(read(path, large.length)).isEqualTo(large);
        write(path, new byte[0]);
        assertThat(read(path, 0)).isEmpty();
    }

    @Test
    void anExistingFileKeepsItsMode() throws Exception {
        Path script = Files.writeString(temp.resolve("script"), "old, and longer than the new one");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x--x"));
        write(script.toString(), "new".getBytes(StandardCharsets.US_ASCII));
        assertThat(script).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-x--x");
    }

    @Test
    void linksStayLinks() throws Exception {
        Path target = Files.writeString(temp.resolve("target"), "old");
        Path link = Files.createSymbolicLink(temp.resolve("link"), target);
        Path second = Files.createLink(temp.resolve("second-name"), target);
        write(link.toString(), "new".getBytes(StandardCharsets.US_ASCII));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(target).hasContent("new");
        write(target.toString(), "newer".getBytes(StandardCharsets.US_ASCII));
        assertThat(second).hasContent("newer");
        assertThat(Files.exists(target, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void whatDoesNotWorkHasAName() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("folder"));
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertReason(() -> read(folder.toString(), 10), GuestFileException.Reason.EISDIR);
        assertReason(() -> write(folder.toString(), new byte[1]), GuestFileException.Reason.EISDIR);
        assertReason(() -> write(folder + "/", new byte[1]), GuestFileException.Reason.EISDIR);
        assertReason(() -> read(temp.resolve("nothing").toString(), 10), GuestFileException.Reason.ENOENT);
        assertReason(() -> read("https:/en.wikipedia.org/wiki/%C5%81", 10), GuestFileException.Reason.ENOENT);
        assertReason(() -> read("", 10), GuestFileException.Reason.ENOENT);
        assertReason(() -> read(file + "/below", 10), GuestFileException.Reason.ENOTDIR);
        assertReason(() -> write(file + "/below", new byte[1]), GuestFileException.Reason.ENOTDIR);
        assertReason(() -> write(file + "/far/below", new byte[1]), GuestFileException.Reason.ENOTDIR);
        assertReason(() -> read(temp.resolve("n".repeat(300)).toString(), 10), GuestFileException.Reason.ENAMETOOLONG);
        assertReason(() -> read("/dev/zero", 100_000), GuestFileException.Reason.EFBIG);
        Files.writeString(file, "12345678901");
        assertReason(() -> read(file.toString(), 10), GuestFileException.Reason.EFBIG);
        assertThatThrownBy(() -> read("a\0b", 10)).isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void anInputThatBreaksOffChangesNothing() throws Exception {
        Path file = Files.writeString(temp.resolve("precious"), "old");
        assertThatThrownBy(() -> files.write(file.toString(), new ByteArrayInputStream(new byte[3]), 5))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("broke off");
        assertThat(file).hasContent("old");
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.startsWith(".corral-"));
        }
    }

    private static void write(String path, byte[] contents) throws Exception {
        files.write(path, new ByteArrayInputStream(contents), contents.length);
    }

    private static byte[] read(String path, long limit) throws Exception {
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        files.read(path, limit, contents);
        return contents.toByteArray();
    }

    private static void assertReason(ThrowingCallable attempt, GuestFileException.Reason reason) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(GuestFileException.class, failure -> assertThat(failure.reason())
                        .as(failure.getMessage())
                        .isEqualTo(reason));
    }
}
