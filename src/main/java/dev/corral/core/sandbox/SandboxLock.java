package dev.corral.core.sandbox;

import dev.corral.core.ExpectedFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Says that a workflow of this process changes a sandbox; the kernel frees it when the process ends, however it ends. */
final class SandboxLock implements AutoCloseable {
    private final FileChannel channel;

    private SandboxLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws ExpectedFailure if another workflow has it
     */
    static SandboxLock take(SandboxFiles files) throws IOException {
        SafeFiles.touch(files.lock());
        FileChannel channel = FileChannel.open(files.lock(), StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new SandboxLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw busy(files);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw busy(files);
    }

    private static ExpectedFailure busy(SandboxFiles files) {
        return ExpectedFailure.failed("Sandbox " + files.id() + " is being started or destroyed right now.",
                "Wait until that has ended, or cancel it where it was begun.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
