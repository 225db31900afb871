package dev.corral.core.inventory.read;

import dev.corral.core.base.Environment;
import dev.corral.core.base.Subscription;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the cache directory through the file system's own notices and hypervisors through their events. Nothing is asked
 * while nothing happens.
 */
public final class LocalInventoryMonitor implements InventoryMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(LocalInventoryMonitor.class);
    // Hypervisors tell of changes by themselves; the rare look is for what none of them tells, such as how disks grow.
    private static final Duration WITH_EVENTS = Duration.ofSeconds(60);
    private static final Duration WITHOUT_EVENTS = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration SETTLE = Duration.ofMillis(80);

    private final SandboxStore store;
    private final Hypervisors hypervisors;
    private final InventoryReader reader;
    private final List<Consumer<Inventory>> listeners = new CopyOnWriteArrayList<>();
    private final Object reading = new Object();
    private Survey survey = Survey.nothing();
    private volatile boolean surveyOld = true;
    private volatile boolean told;
    private volatile Inventory newest;
    private volatile DirectoryWatch changes;
    private Thread watcher;
    private boolean closed;

    /** Watches this store. */
    public LocalInventoryMonitor(Environment environment, SandboxStore store, Hypervisors hypervisors) {
        this.store = store;
        this.hypervisors = hypervisors;
        this.reader = new InventoryReader(environment, store, hypervisors);
    }

    @Override
    public Inventory current() {
        Inventory known = newest;
        return known != null && watching() ? known : refresh();
    }

    @Override
    public Inventory refresh() {
        return take(true);
    }

    private Inventory take(boolean askNow) {
        synchronized (reading) {
            DirectoryWatch watch = changes;
            Changes since = watch == null ? Changes.everything() : watch.take();
            boolean ask = askNow
                    || surveyOld
                    || since.machines()
                    || Duration.between(survey.takenAt(), Instant.now()).compareTo(told ? WITH_EVENTS : WITHOUT_EVENTS)
                            > 0;
            if (!ask && newest != null && !since.any() && reader.still(since)) {
                return newest;
            }
            surveyOld &= !ask;
            CompletableFuture<Survey> asked = new CompletableFuture<>();
            if (ask) {
                // Hypervisors take their time, in which the files can be read.
                Thread.ofVirtual().name("survey").start(() -> ask(asked));
            }
            List<String> unreadable = reader.update(since, askNow);
            if (ask) {
                survey = answer(asked);
            }
            newest = reader.read(survey, unreadable, askNow);
            return newest;
        }
    }

    private void ask(CompletableFuture<Survey> asked) {
        try {
            asked.complete(hypervisors.survey());
        } catch (RuntimeException | Error e) {
            asked.completeExceptionally(e);
        }
    }

    private static Survey answer(CompletableFuture<Survey> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }

    @Override
    public Subscription subscribe(Consumer<Inventory> listener) {
        listeners.add(listener);
        synchronized (listeners) {
            if (watcher == null && !closed) {
                watcher = Thread.ofPlatform().daemon().name("inventory").start(this::watch);
            } else if (newest != null) {
                listener.accept(newest);
            }
        }
        return () -> {
            listeners.remove(listener);
            synchronized (listeners) {
                if (listeners.isEmpty() && watcher != null) {
                    watcher.interrupt();
                    watcher = null;
                }
            }
        };
    }

    private boolean watching() {
        synchronized (listeners) {
            return watcher != null;
        }
    }

    private void watch() {
        try (DirectoryWatch watch = new DirectoryWatch(store);
                Subscription events = events(watch)) {
            changes = watch;
            try {
                follow(watch);
            } finally {
                synchronized (reading) {
                    // Nobody may ask a watch that is closed.
                    changes = null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("the file system gives no notices; the list is only as new as the last refresh", e);
        }
    }

    private Subscription events(DirectoryWatch watch) {
        try {
            Subscription events = hypervisors.watch(() -> {
                surveyOld = true;
                watch.wake();
            });
            told = true;
            return () -> {
                told = false;
                events.close();
            };
        } catch (IOException e) {
            LOG.warn("hypervisors tell nothing by themselves; they are asked every few seconds", e);
            return () -> {};
        }
    }

    private void follow(DirectoryWatch watch) throws IOException, InterruptedException {
        Inventory told = null;
        Inventory covered = null;
        while (!Thread.currentThread().isInterrupted()) {
            Inventory now = take(false);
            if (told == null || different(told, now)) {
                told = now;
                listeners.forEach(listener -> tell(listener, now));
            }
            if (covered != now) {
                watch.cover(now);
                covered = now;
            }
            if (watch.await(now.sandboxes().isEmpty() ? WITHOUT_EVENTS : LOOK)) {
                // Changes come in bursts; one look serves them all.
                Thread.sleep(SETTLE);
            }
        }
    }

    private static void tell(Consumer<Inventory> listener, Inventory inventory) {
        try {
            listener.accept(inventory);
        } catch (RuntimeException e) {
            // One listener's bug must not blind the others.
            LOG.error("a listener of the inventory failed", e);
        }
    }

    private static boolean different(Inventory before, Inventory after) {
        return !before.sandboxes().equals(after.sandboxes())
                || !before.items().equals(after.items())
                || !before.ended().equals(after.ended())
                || !before.problems().equals(after.problems())
                || !before.hypervisor().equals(after.hypervisor());
    }

    @Override
    public void close() {
        synchronized (listeners) {
            closed = true;
            listeners.clear();
            if (watcher != null) {
                watcher.interrupt();
                watcher = null;
            }
        }
    }
}
