package dev.corral.core.operation;

import dev.corral.core.base.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations of this process that are under way, whatever their kind. Thread-safe. */
public final class RunningOperations {
    private static final Logger LOG = LoggerFactory.getLogger(RunningOperations.class);

    private final OperationTimes times;
    private final Map<String, OperationTask> running = new ConcurrentHashMap<>();
    private final List<Consumer<Operation>> listeners = new CopyOnWriteArrayList<>();

    /** @param times how long earlier ones took */
    public RunningOperations(OperationTimes times) {
        this.times = times;
    }

    /** Begins an operation, once everybody who listens knows of it. */
    public <T extends OperationTask> T launch(T task) {
        Optional<String> about = task.about();
        running.put(task.id(), task);
        listeners.forEach(listener -> tell(listener, task));
        task.launch(about.flatMap(what -> usual(task, what)), ended -> {
            running.remove(ended.id());
            if (ended.failure().isEmpty()) {
                about.ifPresent(what -> note(ended, what));
            }
        });
        return task;
    }

    private static void tell(Consumer<Operation> listener, Operation begun) {
        try {
            listener.accept(begun);
        } catch (RuntimeException e) {
            // Who listens must not keep anything from beginning.
            LOG.warn("somebody who listens for operations failed", e);
        }
    }

    // Only an estimate is lost without it.
    private Optional<Duration> usual(Operation task, String about) {
        try {
            return times.usual(task.kind(), about);
        } catch (IOException e) {
            LOG.warn("how long a {} usually takes can't be read", task.kind().word(), e);
            return Optional.empty();
        }
    }

    private void note(Operation task, String about) {
        try {
            times.note(task.kind(), about, Duration.between(task.startedAt(), Instant.now()));
        } catch (IOException e) {
            LOG.warn("how long a {} took can't be noted", task.kind().word(), e);
        }
    }

    /** Those under way, oldest first. */
    public List<Operation> list() {
        return running.values().stream()
                .map(Operation.class::cast)
                .sorted(Comparator.comparing(Operation::startedAt))
                .toList();
    }

    /**
     * Calls {@code begun} with each operation that begins from now on, before it does anything, on the thread that begins it.
     *
     * @return closes the subscription
     */
    public Subscription listen(Consumer<Operation> begun) {
        listeners.add(begun);
        return () -> listeners.remove(begun);
    }
}
