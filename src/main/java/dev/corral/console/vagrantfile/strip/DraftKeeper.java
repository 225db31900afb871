package dev.corral.console.vagrantfile.strip;

import dev.corral.console.editor.file.Drafts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps and drops unsaved texts in the order in which that was asked for. Thread-safe. */
public final class DraftKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DraftKeeper.class);
    private static final long LAST_SECONDS = 5;

    private final Drafts drafts;
    private final Consumer<IOException> failed;
    private final ExecutorService turns =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("drafts").factory());

    /** @param failed told, by any thread, of a text that could not be kept */
    public DraftKeeper(Drafts drafts, Consumer<IOException> failed) {
        this.drafts = drafts;
        this.failed = failed;
    }

    /** Keeps a text; for a turn. False when it could not be, which is told. */
    boolean keep(Drafts.Slot slot, String base, String text) {
        try {
            drafts.keep(slot, base, text);
            return true;
        } catch (IOException e) {
            LOG.warn("the unsaved text of {} can not be kept", slot.file(), e);
            failed.accept(e);
            return false;
        }
    }

    /** Where texts are kept; for a turn. */
    Drafts drafts() {
        return drafts;
    }

    /** Does something that blocks after what was asked for before; not once it is closed. */
    public void turn(Runnable work) {
        if (!turns.isShutdown()) {
            turns.execute(work);
        }
    }

    /** What was kept of a file, the newest first, when all that was asked for before is done. Blocks; not for a turn. */
    public List<Drafts.Kept> of(Path file) {
        try {
            return CompletableFuture.supplyAsync(() -> drafts.of(file), turns).join();
        } catch (RejectedExecutionException e) {
            LOG.debug("the window is being closed", e);
            return drafts.of(file);
        }
    }

    /** The files of which something was kept. Blocks. */
    public List<Path> files() {
        return drafts.files();
    }

    /** Waits until everything is kept, for a few seconds at most. */
    @Override
    public void close() {
        turns.shutdown();
        try {
            if (!turns.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the disk is too slow to keep all unsaved text");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
