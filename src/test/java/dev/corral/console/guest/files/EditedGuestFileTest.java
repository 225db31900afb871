package dev.corral.console.guest.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.editor.file.Disk;
import dev.corral.console.editor.file.FileText;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.LoopbackSshd;
import dev.corral.core.ssh.files.GuestFolders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A text of a guest that does not answer for a while. */
@Tag("unit")
@Timeout(60)
class EditedGuestFileTest {
    @TempDir
    private Path temp;

    private LoopbackSshd sshd;
    private GuestConnection guest;

    @BeforeEach
    void start() throws Exception {
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        guest = new GuestConnection(sshd.endpoint());
    }

    @AfterEach
    void stop() {
        guest.close();
        sshd.close();
    }

    @Test
    void whatTheWindowAsksForIsNotBehindTheGuest() throws Exception {
        Path file = Files.writeString(temp.resolve("conf"), "one\n");
        EditedGuestFile edited = EditedGuestFile.open(new GuestFolders(guest, Optional.empty()), file.toString());
        sshd.paused(true);
        FutureTask<Disk> save = new FutureTask<>(() -> edited.save("two\n"));
        Thread saving = Thread.ofPlatform().daemon().start(save);
        while (saving.isAlive()
                && saving.getState() != Thread.State.WAITING
                && saving.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        CompletableFuture<String> asked = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            String seen = edited.content().text();
            edited.take(new Disk.Changed(FileText.of("theirs\n".getBytes(StandardCharsets.UTF_8)), ""));
            asked.complete(seen + edited.content().text());
        });
        assertThat(asked.get()).isEqualTo("one\ntheirs\n");
        assertThat(save).as("the guest has not answered yet").isNotDone();
        sshd.paused(false);
        // What was taken meanwhile is not what the guest has, so nothing was overwritten unseen.
        assertThat(save.get()).isInstanceOf(Disk.Changed.class);
        assertThat(file).hasContent("one\n");
    }
}
