package dev.corral.console.guest.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.fx.SameThread;
import dev.corral.console.guest.Guest;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of a guest are closed in the middle of a transfer, over a real OpenSSH server on this machine. */
@Tag("unit")
@Timeout(60)
class ClosedTransfersTest {
    @TempDir
    private Path temp;

    private final SameThread threads = new SameThread();
    private final MessageCenter desk = new MessageCenter();
    private LoopbackSshd sshd;
    private GuestConnection guest;
    private Path there;
    private Path here;
    private FilesModel model;
    private volatile boolean over;

    @BeforeEach
    void start() throws Exception {
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        guest = new GuestConnection(sshd.endpoint());
        there = Files.createDirectory(temp.resolve("there")).toRealPath();
        here = Files.createDirectory(temp.resolve("here")).toRealPath();
        model = new FilesModel(new Guest("box/web", () -> guest, Optional::empty), threads, desk, () -> {});
    }

    @AfterEach
    void stop() {
        over = true;
        guest.close();
        sshd.close();
    }

    private static Path big(Path folder) throws IOException {
        Path big = folder.resolve("big");
        try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(256L << 20);
        }
        return big;
    }

    // The window's thread is that of the test, and busy with the transfer.
    private void closeOnceThereIsSomethingIn(Path folder) {
        Thread.ofVirtual().start(() -> {
            while (size(folder) == 0 && !over) {
                LockSupport.parkNanos(1_000_000);
            }
            // Otherwise it may be whole before that is closed.
            pause(true);
            model.close();
            pause(false);
        });
    }

    private void pause(boolean yes) {
        try {
            sshd.paused(yes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long size(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            // It has not begun yet.
            return 0;
        }
    }

    private List<String> said() {
        return desk.notices().stream().map(Notice::sentence).toList();
    }

    @Test
    void aDownloadLeavesNoHalfFileAndIsSaid() throws Exception {
        big(there);
        model.go(there.toString());
        closeOnceThereIsSomethingIn(here);
        model.download(List.of(model.row("big").orElseThrow()), here);
        assertThat(here).isEmptyDirectory();
        assertThat(said())
                .containsExactly("Download big was cut off, as the files of box/web were closed. 0 files are there.");
    }

    @Test
    void anUploadLeavesNoHalfFileInTheGuestAndIsSaid() throws Exception {
        Path big = big(here);
        model.go(there.toString());
        closeOnceThereIsSomethingIn(there);
        model.upload(List.of(big));
        // The guest itself removes it, and nobody waits for that.
        while (size(there) > 0) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(there).isEmptyDirectory();
        assertThat(said())
                .containsExactly("Upload big was cut off, as the files of box/web were closed. 0 files are there.");
    }

    @Test
    void whatWaitsIsNamedBeforeAndSaidAfterwards() throws Exception {
        Files.writeString(there.resolve("one"), "1");
        model.go(there.toString());
        threads.hold();
        model.download(List.of(model.row("one").orElseThrow()), here);
        model.download(List.of(model.row("one").orElseThrow()), here);
        model.upload(List.of(there.resolve("one")));
        assertThat(model.losses()).contains("Download one, and 1 more that wait for it");
        model.close();
        threads.release();
        assertThat(here).isEmptyDirectory();
        assertThat(desk.question().get()).as("nobody is asked any more").isNull();
        assertThat(said())
                .containsExactlyInAnyOrder(
                        "Download one was cut off, as the files of box/web were closed. 0 files are there.",
                        "Download one was not begun: the files of box/web were closed.",
                        "Upload one was not begun: the files of box/web were closed.");
    }
}
