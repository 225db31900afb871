package dev.corral.core.inventory.read;

import dev.corral.core.base.Environment;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.Subscription;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Begins to watch a store's directories. */
    interface Watching {
        DirectoryWatch begin(SandboxStore store) throws IOException;
    }

    private final Watching watching;
    private final SandboxStore store;
    private final Hypervisors hypervisors;
    private final InventoryReader reader;
    private final List<Consumer<Inventory>> listeners = new CopyOnWriteArrayList<>();
    private final Object reading = new Object();
    private Survey survey = Survey.nothing();
    private volatile boolean surveyOld = true;
    // Whether what the file system told was taken by a look that failed.
    private boolean missed;
    private volatile boolean told;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile @Nullable Inventory newest;
    private volatile @Nullable DirectoryWatch changes;
    private @Nullable Thread watcher;
    private boolean closed;

    /** Watches this store. */
    public LocalInventoryMonitor(Environment environment, SandboxStore store, Hypervisors hypervisors) {
        this(environment, store, hypervisors, DirectoryWatch::new);
    }

    LocalInventoryMonitor(Environment environment, SandboxStore store, Hypervisors hypervisors, Watching watching) {
        this.watching = watching;
        this.store = store;
        this.hypervisors = hypervisors;
        this.reader = new InventoryReader(environment, store, hypervisors);
    }

    @Override
    public Inventory current() {
        Inventory known = newest;
        return known != null && watching() && trouble.isEmpty() ? known : refresh();
    }

    @Override
    public Inventory refresh() {
        return withTrouble(take(true));
    }

    private Inventory take(boolean askNow) {
        synchronized (reading) {
            DirectoryWatch watch = changes;
            Changes news = watch == null ? Changes.everything() : watch.take();
            Changes since = missed ? Changes.everything() : news;
            missed = true;
            Inventory taken = look(askNow, since);
            missed = false;
            return taken;
        }
    }

    private Inventory look(boolean askNow, Changes since) {
        boolean ask = askNow
                || surveyOld
                || since.machines()
                || Duration.between(survey.takenAt(), Instant.now())
                                .compareTo(told && !survey.answers().others() ? WITH_EVENTS : WITHOUT_EVENTS)
                        > 0;
        if (!ask && newest != null && !since.any() && reader.still(since)) {
            return newest;
        }
        if (ask) {
            // An event that comes from now on may be of something that the answers do not tell.
            surveyOld = false;
        }
        Instant begun = Instant.now();
        Set<HostContext> contexts = reader.providers().keySet();
        CompletableFuture<Survey> asked = new CompletableFuture<>();
        if (ask) {
            // Hypervisors take their time, in which the files can be read.
            Thread.ofVirtual().name("survey").start(() -> ask(contexts, asked));
        }
        List<String> unreadable = reader.update(since, askNow);
        if (ask) {
            survey = answer(asked);
        }
        // What was read just now may lead to hosts that nobody knew of, or tell of machines that nobody asked
        // about or that were made after the hypervisors were asked.
        if ((ask ? reader.madeMeanwhile(survey, begun) : reader.otherMachines())
                || !survey.answers()
                        .reached()
                        .keySet()
                        .containsAll(reader.providers().keySet())) {
            survey = hypervisors.survey(reader.providers().keySet());
        }
        newest = reader.read(survey, unreadable, askNow);
        return newest;
    }

    private void ask(Set<HostContext> contexts, CompletableFuture<Survey> asked) {
        try {
            asked.complete(hypervisors.survey(contexts));
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
                listener.accept(withTrouble(newest));
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

    // Each end of the watching that nobody asked for is said, and a new one begins.
    private void watch() {
        Duration pause = FIRST_PAUSE;
        while (!Thread.currentThread().isInterrupted()) {
            Instant begun = Instant.now();
            try {
                watchOnce();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                LOG.error("the watch of the inventory ended", e);
                pause = Duration.between(begun, Instant.now()).compareTo(LONGEST_PAUSE) > 0 ? FIRST_PAUSE : pause;
                blind(e, pause);
                pause = wait(pause);
            }
        }
    }

    private Duration wait(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    private void blind(Throwable cause, Duration pause) {
        trouble = Optional.of("What changes is not seen right now: "
                + PlainText.line(String.valueOf(cause.getMessage() == null ? cause : cause.getMessage()), 300)
                + ". It is tried again in " + pause.toSeconds() + " s.");
        Inventory last = newest;
        Inventory now = withTrouble(
                last != null ? last : new Inventory(Instant.now(), store.cache(), List.of(), List.of(), "", List.of()));
        listeners.forEach(listener -> tell(listener, now));
    }

    private Inventory withTrouble(Inventory inventory) {
        return trouble.map(sentence -> new Inventory(
                        inventory.takenAt(),
                        inventory.cache(),
                        inventory.sandboxes(),
                        inventory.ended(),
                        inventory.items(),
                        inventory.hypervisor(),
                        Stream.concat(inventory.problems().stream(), Stream.of(sentence))
                                .distinct()
                                .toList()))
                .orElse(inventory);
    }

    private void watchOnce() throws IOException, InterruptedException {
        try (DirectoryWatch watch = watching.begin(store);
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

    @SuppressWarnings("ReferenceEquality") // An inventory that was not read anew is the same object.
    private void follow(DirectoryWatch watch) throws InterruptedException {
        Inventory told = null;
        Inventory covered = null;
        while (!Thread.currentThread().isInterrupted()) {
            Inventory now;
            Places places;
            synchronized (reading) {
                now = take(false);
                places = reader.places();
            }
            trouble = Optional.empty();
            if (told == null || different(told, now)) {
                told = now;
                listeners.forEach(listener -> tell(listener, now));
            }
            if (covered != now) {
                watch.cover(now, places);
                covered = now;
            }
            watch.await(now.sandboxes().isEmpty() ? WITHOUT_EVENTS : LOOK);
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
