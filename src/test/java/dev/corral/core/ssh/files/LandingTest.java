package dev.corral.core.ssh.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import dev.corral.core.ssh.SshEndpoint;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a download lands: nowhere but in the chosen folder, and whole or not at all. */
@Tag("unit")
@Timeout(60)
class LandingTest {
    @TempDir
    static Path temp;

    private static LoopbackSshd sshd;
    private static GuestConnection guest;
    private static GuestFolders folders;
    private static int number;

    private Path there;
    private Path here;
    private Path outside;

    /** Downloads on and on, until it is ended. */
    static final class Downloads {
        public static void main(String[] arguments) throws Exception {
            SshEndpoint endpoint = new SshEndpoint(
                    "127.0.0.1",
                    Integer.parseInt(arguments[0]),
                    System.getProperty("user.name"),
                    List.of(Path.of(arguments[1])),
                    "loopback");
            GuestFolders folders = new GuestFolders(new GuestConnection(endpoint), Optional.empty());
            new Download(folders, Path.of(arguments[3]), new Progress(seen -> {}), TransferLimits.USUAL)
                    .run(arguments[2], folders.list(arguments[2]).entries());
        }
    }

    @BeforeAll
    static void start() throws Exception {
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        guest = new GuestConnection(sshd.endpoint());
        folders = new GuestFolders(guest, Optional.empty());
    }

    @AfterAll
    static void stop() {
        guest.close();
        sshd.close();
    }

    @BeforeEach
    void folders() throws Exception {
        Path own = Files.createDirectory(temp.resolve("test" + number++)).toRealPath();
        there = Files.createDirectory(own.resolve("there"));
        here = Files.createDirectory(own.resolve("here"));
        outside = Files.createDirectory(own.resolve("outside"));
    }

    private void download(Path target, Progress progress) throws InterruptedException {
        new Download(folders, target, progress, TransferLimits.USUAL)
                .run(there.toString(), folders.list(there.toString()).entries());
    }

    // As a guest can, by a folder that it shares with this machine.
    private void exchange(Path folder, Path kept) {
        try {
            if (!Files.isSymbolicLink(folder) && Files.exists(folder)) {
                Files.move(folder, kept);
                Files.createSymbolicLink(folder, outside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFolderThatBecomesALinkIsNotFollowed() throws Exception {
        Files.createDirectories(there.resolve("dir/sub"));
        Files.writeString(there.resolve("dir/file"), "1");
        Files.writeString(there.resolve("dir/sub/file"), "2");
        download(here, new Progress(seen -> exchange(here.resolve("dir"), here.resolve("kept"))));
        assertThat(here.resolve("dir")).isSymbolicLink();
        assertThat(outside).isEmptyDirectory();
        assertThat(here.resolve("kept/file")).hasContent("1");
        assertThat(here.resolve("kept/sub/file")).hasContent("2");
    }

    @Test
    void norIsTheChosenFolderItself() throws Exception {
        Files.writeString(there.resolve("file"), "1");
        Path kept = here.resolveSibling("kept");
        download(here, new Progress(seen -> {
            if (seen.bytes() > 0) {
                exchange(here, kept);
            }
        }));
        assertThat(outside).isEmptyDirectory();
        assertThat(kept.resolve("file")).hasContent("1");
        try (Stream<Path> all = Files.list(kept)) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void whatIsThereStaysAndAFolderIsMadeAtOnce() throws Exception {
        Files.writeString(here.resolve("a"), "mine");
        Files.createSymbolicLink(here.resolve("b"), outside);
        try (OpenFolder open = OpenFolder.of(here)) {
            for (String taken : List.of("a", "b")) {
                assertThatThrownBy(() -> open.file(taken)).isInstanceOf(FileAlreadyExistsException.class);
                assertThatThrownBy(() -> open.folder(taken)).isInstanceOf(FileAlreadyExistsException.class);
            }
            open.file("c").close();
            assertThatThrownBy(() -> open.rename("c", "a")).isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> open.rename("none", "e")).isInstanceOf(NoSuchFileException.class);
            open.folder("d").close();
            open.delete("c");
            open.delete("c");
        }
        assertThat(here.resolve("a")).hasContent("mine");
        try (Stream<Path> all = Files.list(here)) {
            assertThat(all.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("a", "b", "d");
        }
    }

    @Test
    void aProgramThatIsEndedInTheMiddleLeavesNoHalfFile() throws Exception {
        Files.createDirectory(there.resolve("dir"));
        try (RandomAccessFile big =
                new RandomAccessFile(there.resolve("dir/big").toFile(), "rw")) {
            big.setLength(256L << 20);
        }
        SshEndpoint endpoint = sshd.endpoint();
        Process downloads = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Downloads.class.getName(),
                        Integer.toString(endpoint.port()),
                        endpoint.identityFiles().getFirst().toString(),
                        there.toString(),
                        here.toString())
                .inheritIO()
                .start();
        Path part = here.resolve("dir/big.part");
        try {
            while (part.toFile().length() == 0 && downloads.isAlive()) {
                LockSupport.parkNanos(1_000_000);
            }
            // Otherwise it may be whole before it is ended.
            sshd.paused(true);
            downloads.destroy();
        } finally {
            if (!downloads.waitFor(30, TimeUnit.SECONDS)) {
                downloads.destroyForcibly();
            }
            sshd.paused(false);
        }
        assertThat(downloads.waitFor()).as("ended by a signal").isEqualTo(143);
        assertThat(here.resolve("dir")).isEmptyDirectory();
    }
}
