package dev.corral.console.guest.files;

import dev.corral.console.editor.file.Disk;
import dev.corral.console.editor.file.EditedFile;
import dev.corral.console.editor.file.FileText;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.files.GuestFolders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A text file of a guest that is being edited: what was read or saved last, and what the guest has now. Saving overwrites no change that
 * nobody has seen. Thread-safe; {@link #path}, {@link #content} and {@link #take} never wait, all else blocks.
 */
final class EditedGuestFile {
    private final GuestFolders folders;
    private final String path;
    // Held while the guest is asked, which may take minutes; what the window looks at is not behind it.
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Known known;

    // Never one without the other.
    private record Known(FileText content, byte[] bytes) {}

    private EditedGuestFile(GuestFolders folders, String path, byte[] bytes) {
        this.folders = folders;
        this.path = path;
        this.known = new Known(FileText.of(bytes), bytes);
    }

    /**
     * Reads a file.
     *
     * @throws ExpectedFailure if it can't be read, or is no text that can be edited
     */
    static EditedGuestFile open(GuestFolders folders, String path) throws InterruptedException {
        return new EditedGuestFile(folders, path, read(folders, path));
    }

    private static byte[] read(GuestFolders folders, String path) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        folders.readText(path, EditedFile.LARGEST, out);
        return out.toByteArray();
    }

    String path() {
        return path;
    }

    /** What was read or saved last. */
    FileText content() {
        return known.content();
    }

    private <T> T alone(Callable<T> question) throws InterruptedException {
        asking.lockInterruptibly();
        try {
            return question.call();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("nothing else is thrown by what asks a guest", e);
        } finally {
            asking.unlock();
        }
    }

    /** What the guest has now. */
    Disk look() throws InterruptedException {
        return alone(this::compare);
    }

    private Disk compare() throws InterruptedException {
        try {
            byte[] now = read(folders, path);
            return Arrays.equals(now, known.bytes()) ? new Disk.Same() : new Disk.Changed(FileText.of(now), "");
        } catch (ExpectedFailure e) {
            if (e.kind() == ExpectedFailure.Kind.UNAVAILABLE) {
                throw e;
            }
            return e.kind() == ExpectedFailure.Kind.NOT_FOUND ? new Disk.Gone() : new Disk.Unreadable(e.getMessage());
        }
    }

    /** Takes what the guest has for what was read last. */
    void take(Disk.Changed disk) {
        known = new Known(disk.content(), disk.content().bytes());
    }

    /**
     * Saves a text, unless the guest has something that nobody has seen.
     *
     * @return what the guest has: {@link Disk.Same} when the text is saved, and anything else when nothing was done
     */
    Disk save(String text) throws InterruptedException {
        return alone(() -> {
            Disk disk = compare();
            if (disk instanceof Disk.Same) {
                write(text);
            }
            return disk;
        });
    }

    /** Saves a text over a file or where none is. */
    void overwrite(String text) throws InterruptedException {
        alone(() -> {
            write(text);
            return new Disk.Same();
        });
    }

    private void write(String text) throws InterruptedException {
        FileText now = known.content().with(text);
        byte[] written = now.bytes();
        folders.write(path, new ByteArrayInputStream(written), written.length);
        known = new Known(now, written);
    }
}
