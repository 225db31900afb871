package dev.corral.core.operation;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.Subscription;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.SandboxFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** What start and destroy have in common: a virtual thread, an ending, a way to cancel. */
abstract class OperationTask implements Operation {
    private final String id =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final Instant startedAt = Instant.now();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final SandboxFiles files;
    private final OperationJournal journal;

    OperationTask(SandboxFiles files) {
        this.files = files;
        this.journal = new OperationJournal(files);
    }

    /** Does the work on a virtual thread; {@code ended} is called last, whatever happened. */
    final void launch(Consumer<OperationTask> ended) {
        Thread.ofVirtual().name(kind().word() + "-" + files.id()).start(() -> {
            Throwable failure = null;
            try {
                work();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = new CancellationException("interrupted");
            } catch (IOException | UncheckedIOException e) {
                failure = DiskFull.is(e) ? DiskFull.failure(files.directory(), e) : unusable(e);
            } catch (Throwable e) {
                // Nothing above this thread would see it; whoever waits for the workflow does.
                failure = e;
            }
            ended.accept(this);
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
    }

    // Permissions and odd files are the operator's to mend, and no bug of ours.
    private Throwable unusable(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException known) {
                return ExpectedFailure.failed(
                        "Sandbox " + files.id() + " can't be changed at "
                                + PlainText.line(String.valueOf(known.getFile()), 300) + ": "
                                + PlainText.line(reason(known), 200) + ".",
                        "Give yourself access to it, then try again.",
                        failure);
            }
        }
        return failure;
    }

    private static String reason(FileSystemException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "access is denied";
            case DirectoryNotEmptyException _ -> "it is not empty";
            case NoSuchFileException _ -> "it is not there";
            default -> String.valueOf(failure.getReason());
        };
    }

    /**
     * The whole operation, its ending in the journal included.
     *
     * @throws ExpectedFailure       if it failed in a known way
     * @throws CancellationException if it was cancelled
     */
    abstract void work() throws IOException, InterruptedException;

    public final SandboxFiles files() {
        return files;
    }

    public final OperationJournal journal() {
        return journal;
    }

    @Override
    public final Subscription follow(Consumer<JournalEntry> listener) {
        return journal.follow(listener);
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final String sandbox() {
        return files.id();
    }

    @Override
    public final Instant startedAt() {
        return startedAt;
    }

    @Override
    public final CompletableFuture<Void> done() {
        return done;
    }
}
