package dev.corral.core.operation.remedy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.operation.InterruptibleTask;
import dev.corral.core.operation.OperationStore;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.Phase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Changes one thing in a file of the user's. What it held before is kept beside the operation's journal, which says where. */
public final class FileMendTask extends InterruptibleTask {
    private final FileMend mend;
    private final SandboxFiles files;
    private final Written written;

    /** Hears of a file that was mended. */
    public interface Written {
        /**
         * It was; on the thread of the operation.
         *
         * @param before the SHA-256 of what the file held, in hexadecimal digits
         * @param after  the same of what it holds now
         */
        void written(Path file, String before, String after);
    }

    private FileMendTask(FileMend mend, OperationStore.Begun begun, Written written) {
        super(
                OperationKind.MEND_FILE,
                new OperationTarget.Thing(String.valueOf(mend.file().getFileName())),
                begun.journal());
        this.mend = mend;
        this.files = begun.files();
        this.written = written;
    }

    /**
     * One that has not begun.
     *
     * @param environment this process's variables
     * @param written     told when it is done
     * @throws ExpectedFailure if the cache directory makes no sense
     */
    public static FileMendTask of(FileMend mend, Environment environment, Written written) {
        return new FileMendTask(mend, new OperationStore(CacheDirectory.of(environment)).begin(), written);
    }

    @Override
    protected void run() throws IOException {
        begin(Phase.called(mend.words(), ""));
        byte[] before;
        try {
            before = OrdinaryFile.read(mend.file());
        } catch (NoSuchFileException e) {
            throw ExpectedFailure.failed("There is no " + mend.file() + " any more.", "Open the file that there is.", e)
                    .withKind(ExpectedFailure.Kind.NOT_FOUND);
        }
        Optional<String> after = mend.change().apply(new String(before, StandardCharsets.ISO_8859_1));
        if (after.isEmpty()) {
            throw ExpectedFailure.failed(
                    "Nothing in " + mend.file() + " could be changed to " + mend.words() + ".",
                    "Look at the line, and change it by hand.");
        }
        Path kept = Files.createDirectories(files.own(), SafeFiles.privateDirectory())
                .resolve("before-" + mend.file().getFileName());
        SafeFiles.replace(kept, before);
        byte[] now = after.get().getBytes(StandardCharsets.ISO_8859_1);
        write(now);
        written.written(mend.file(), hash(before), hash(now));
        journal()
                .append(JournalEntry.noted(
                        id(), mend.file() + " has " + mend.words() + "; what it held before is in " + kept + "."));
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    // In place, so that its mode, its owner and its links stay.
    private void write(byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(mend.file(), StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.truncate(content.length);
            channel.force(true);
        }
    }
}
