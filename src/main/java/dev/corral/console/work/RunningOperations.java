package dev.corral.console.work;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.DockPort;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Texts;
import dev.corral.core.app.Corral;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.operation.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;

/**
 * The operations that were asked for in this window, each followed to its end: its title, how it is cancelled, what is told when it
 * fails. For the FX thread; what blocks runs elsewhere.
 */
final class RunningOperations {
    private final Corral corral;
    private final Threads threads;
    private final MessageCenter desk;
    private final DockPort dock;
    private final BiConsumer<String, Boolean> ended;
    private final Map<String, Operation> running = new HashMap<>();
    private final ObservableSet<String> cancelling = FXCollections.observableSet();

    /**
     * @param corral  the core
     * @param threads where what blocks runs
     * @param desk    where activities and failures go
     * @param dock    opens logs
     * @param ended   told of each end: the sandbox, and whether it went well
     */
    RunningOperations(
            Corral corral, Threads threads, MessageCenter desk, DockPort dock, BiConsumer<String, Boolean> ended) {
        this.corral = corral;
        this.threads = threads;
        this.desk = desk;
        this.dock = dock;
        this.ended = ended;
    }

    /** Follows an operation to its end: title, cancel, notice of a failure. */
    void watch(Operation operation, String title) {
        watch(operation, title, notice -> Optional.of(notice));
    }

    /** The same; {@code busy} decides what is told where something else held the sandbox. */
    void watch(Operation operation, String title, Function<Notice, Optional<Notice>> busy) {
        running.put(operation.id(), operation);
        desk.settle(title);
        String shown = Texts.line(title);
        desk.update(operation.id(), activity -> activity.titled(shown));
        var _ = operation
                .done()
                .whenComplete((nothing, failure) -> threads.hop(() -> ended(operation, title, failure, busy)));
        refresh();
    }

    private void ended(Operation operation, String title, Throwable failure, Function<Notice, Optional<Notice>> busy) {
        running.remove(operation.id());
        cancelling.remove(operation.sandbox());
        ended.accept(operation.sandbox(), failure == null);
        if (failure == null || Problem.of(failure).cancelled()) {
            refresh();
            return;
        }
        Problem problem = Problem.of(failure);
        Notice notice = Notice.failure(
                        title + " failed. " + problem.sentence(),
                        problem.nextStep(),
                        problem.details(),
                        new Notice.Remedy("Open log", () -> openLog(operation.sandbox())))
                .about(title, Notice.sandbox(operation.sandbox()), operation.id());
        (WaitingWork.busy(failure) ? busy.apply(notice) : Optional.of(notice))
                .ifPresentOrElse(this::tellWhenSeen, this::refresh);
    }

    // After the look that puts the failure on its row: where the user sees that, the notice is not needed.
    private void tellWhenSeen(Notice notice) {
        threads.background(
                "refresh",
                () -> corral.inventory().refresh(),
                inventory -> threads.later(() -> desk.tell(notice)),
                failure -> {
                    desk.tell(notice);
                    desk.tell(Notice.of(Problem.of(failure)));
                });
    }

    private void openLog(String sandbox) {
        threads.background(
                "find-log",
                () -> {
                    Inventory inventory = corral.inventory().current();
                    return inventory.sandbox(sandbox).or(() -> inventory.ended().stream()
                            .filter(view -> view.id().equals(sandbox))
                            .findFirst());
                },
                found -> found.ifPresent(dock::openLog),
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }

    /** Cancels what is under way on the sandbox and can be cancelled. */
    void cancel(String sandbox) {
        running.values().stream()
                .filter(operation -> operation.sandbox().equals(sandbox) && operation.cancellable())
                .toList()
                .forEach(operation -> {
                    cancelling.add(sandbox);
                    desk.update(operation.id(), Activity::cancelling);
                    threads.background(
                            "cancel",
                            () -> {
                                operation.cancel();
                                return true;
                            },
                            done -> {},
                            failure -> desk.tell(Notice.of(Problem.of(failure))));
                });
    }

    /** Whether something is under way on the sandbox that can be cancelled and is not being cancelled yet. */
    boolean cancellable(String sandbox) {
        return !cancelling.contains(sandbox)
                && running.values().stream()
                        .anyMatch(operation -> operation.sandbox().equals(sandbox) && operation.cancellable());
    }

    /** Those under way. */
    List<Operation> running() {
        return List.copyOf(running.values());
    }

    /** The sandboxes on which something is being cancelled. */
    ObservableSet<String> cancelling() {
        return cancelling;
    }

    /** Looks at everything now. */
    void refresh() {
        threads.background(
                "refresh",
                () -> corral.inventory().refresh(),
                inventory -> {},
                failure -> desk.tell(Notice.of(Problem.of(failure))));
    }
}
