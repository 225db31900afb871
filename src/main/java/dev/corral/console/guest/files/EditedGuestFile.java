package dev.corral.console.guest.files;

import dev.corral.console.editor.file.Disk;
import dev.corral.console.editor.file.EditedFile;
import dev.corral.console.editor.file.FileText;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.files.GuestFolders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A text file of a guest that is being edited: what was read or saved last, and what the guest has now. Saving overwrites no change that
 * nobody has seen. Thread-safe; everything but {@link #path} and {@link #content} blocks.
 */
final class EditedGuestFile {
    private final GuestFolders folders;
    private final String path;
    private FileText content;
    private byte[] bytes;

    private EditedGuestFile(GuestFolders folders, String path, byte[] bytes) {
        this.folders = folders;
        this.path = path;
        this.bytes = bytes;
        this.content = FileText.of(bytes);
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
    synchronized FileText content() {
        return content;
    }

    /** What the guest has now. */
    synchronized Disk look() throws InterruptedException {
        try {
            byte[] now = read(folders, path);
            return Arrays.equals(now, bytes) ? new Disk.Same() : new Disk.Changed(FileText.of(now), "");
        } catch (ExpectedFailure e) {
            if (e.kind() == ExpectedFailure.Kind.UNAVAILABLE) {
                throw e;
            }
            return e.kind() == ExpectedFailure.Kind.NOT_FOUND ? new Disk.Gone() : new Disk.Unreadable(e.getMessage());
        }
    }

    /** Takes what the guest has for what was read last. */
    synchronized void take(Disk.Changed disk) {
        content = disk.content();
        bytes = content.bytes();
    }

    /**
     * Saves a text, unless the guest has something that nobody has seen.
     *
     * @return what the guest has: {@link Disk.Same} when the text is saved, and anything else when nothing was done
     */
    synchronized Disk save(String text) throws InterruptedException {
        Disk disk = look();
        if (disk instanceof Disk.Same) {
            overwrite(text);
        }
        return disk;
    }

    /** Saves a text over a file or where none is. */
    synchronized void overwrite(String text) throws InterruptedException {
        FileText now = content.with(text);
        byte[] written = now.bytes();
        folders.write(path, new ByteArrayInputStream(written), written.length);
        content = now;
        bytes = written;
    }
}
