package dev.corral.core.hypervisor;

import dev.corral.core.base.FolderWatch;
import dev.corral.core.base.Subscription;
import dev.corral.core.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to all hypervisors and tells, from a thread of its own, when there may be something new: once for a burst. */
final class HypervisorWatch implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(HypervisorWatch.class);
    private static final Duration BURST = Duration.ofMillis(100);
    // The end of a process that is not our child is told by nobody. Reading one small file a process costs
    // microseconds.
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Runnable changed;
    private final Supplier<Set<Path>> directories;
    private final List<EventStream> streams = new ArrayList<>();
    private final FolderWatch folders;
    private final Semaphore news = new Semaphore(0);
    private final Set<ProcessIdentity> processes = new HashSet<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Begins.
     *
     * @param directories asked again after each change
     * @throws IOException if the system lends no watch
     */
    HypervisorWatch(
            HypervisorTools tools, List<List<String>> commands, Supplier<Set<Path>> directories, Runnable changed)
            throws IOException {
        this.changed = changed;
        this.directories = directories;
        folders = new FolderWatch("corral-folders", FolderWatch.Of.NAMES, change -> news.release());
        folders.cover(directories.get());
        commands.forEach(command -> streams.add(new EventStream(tools, command, news::release)));
        thread = Thread.ofVirtual().name("corral-hypervisors").start(this::tell);
    }

    /** Takes note of what a survey saw: directories and processes to look after. */
    void saw(Survey survey) {
        synchronized (processes) {
            processes.clear();
            survey.machines().forEach(machine -> machine.process().ifPresent(processes::add));
        }
        folders.cover(directories.get());
    }

    private void tell() {
        try {
            while (!closed) {
                boolean some = news.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                if (some || anyEnded()) {
                    Thread.sleep(BURST);
                    news.drainPermits();
                    if (!closed) {
                        folders.cover(directories.get());
                        tellOnce();
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.trace("the watch is closed");
        }
    }

    private void tellOnce() {
        try {
            changed.run();
        } catch (RuntimeException e) {
            // A listener's mistake must not make all later changes go unheard.
            LOG.error("a listener to changes of machines failed", e);
        }
    }

    private boolean anyEnded() {
        synchronized (processes) {
            return processes.removeIf(process -> process.life() == ProcessIdentity.Life.ENDED);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        streams.forEach(EventStream::close);
        folders.close();
    }
}
