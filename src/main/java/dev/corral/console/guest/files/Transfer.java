package dev.corral.console.guest.files;

import dev.corral.console.guest.ShownName;
import dev.corral.console.shared.Formats;
import dev.corral.core.ssh.files.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A download or upload, from the wish to its end. For the window's thread, but for {@link #work}. */
final class Transfer {
    private final String title;
    private final Work work;
    private Progress.Seen seen = new Progress.Seen(0, 0, 0, 0, "", List.of(), 0);
    private volatile @Nullable Thread thread;
    private volatile boolean cancelled;

    /** What it does. */
    interface Work {
        /** Does it; gives what it made here. */
        List<Path> run(Progress progress) throws InterruptedException;
    }

    Transfer(String title, Work work) {
        this.title = title;
        this.work = work;
    }

    /** Does it on this thread, until it is cancelled. */
    List<Path> work(Progress progress) throws InterruptedException {
        thread = Thread.currentThread();
        try {
            if (cancelled) {
                throw new InterruptedException("cancelled before it began");
            }
            return work.run(progress);
        } finally {
            thread = null;
            // A cancel that came too late is for nobody else.
            Thread.interrupted();
        }
    }

    void cancel() {
        cancelled = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    boolean cancelled() {
        return cancelled;
    }

    void seen(Progress.Seen now) {
        seen = now;
    }

    Progress.Seen seen() {
        return seen;
    }

    String title() {
        return title;
    }

    /** How far it is, from 0 to 1; empty while files are counted. */
    Optional<Double> share() {
        if (seen.ofFiles() == 0) {
            return Optional.empty();
        }
        double share =
                seen.ofBytes() > 0 ? (double) seen.bytes() / seen.ofBytes() : (double) seen.files() / seen.ofFiles();
        return Optional.of(Math.clamp(share, 0, 1));
    }

    /** How far it is, in words. */
    String words() {
        if (cancelled) {
            return "stopping";
        }
        String now = seen.current().isEmpty() ? "" : " · " + Formats.middle(ShownName.of(seen.current()), 60);
        return seen.ofFiles() == 0
                ? "counting" + now
                : seen.files() + " of " + Formats.count(seen.ofFiles(), "file", "files") + " · "
                        + Formats.bytes(seen.bytes()) + " of " + Formats.bytes(seen.ofBytes()) + now;
    }
}
