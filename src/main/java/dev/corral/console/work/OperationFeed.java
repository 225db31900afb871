package dev.corral.console.work;

import dev.corral.console.fx.LatestValue;
import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Texts;
import dev.corral.core.base.Subscription;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.Operations;
import dev.corral.core.vagrant.FailureView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts every operation of this process into Activity, whatever its kind and whoever began it: when it begins, how far it has come as its
 * journal tells it, and its ending; nobody else does. Who knows more of one, a better title, what Vagrant says or how much room it gave
 * back, adds that in the message center. For the FX thread; what blocks runs elsewhere.
 */
public final class OperationFeed implements AutoCloseable {
    private final MessageCenter center;
    private final Threads threads;
    private final Map<String, Operation> running = new HashMap<>();
    private final Subscription subscription;

    /** Follows what begins from now on. */
    public OperationFeed(Operations operations, Threads threads, MessageCenter center) {
        this.center = center;
        this.threads = threads;
        this.subscription = operations.listen(operation -> {
            // Steps are told of by what they are steps of.
            if (!operation.part()) {
                threads.hop(() -> show(operation));
            }
        });
    }

    private void show(Operation operation) {
        running.put(operation.id(), operation);
        center.begin(Activity.begun(
                operation,
                operation.kind().title() + " " + Texts.line(operation.target().words())));
        LatestValue<Operation> news = new LatestValue<>(threads, this::progressed);
        operation.follow(entry -> news.accept(operation));
        var _ = operation.done().whenComplete((result, failure) -> threads.hop(() -> ended(operation, failure)));
    }

    private void progressed(Operation operation) {
        String phase = Texts.line(operation.progress().words());
        center.update(operation.id(), activity -> activity.progressed(operation, phase));
    }

    private void ended(Operation operation, Throwable failure) {
        running.remove(operation.id());
        Optional<FailureView> why = operation.failure();
        if (why.isPresent()) {
            end(
                    operation,
                    why.get().cancelled() ? Activity.Status.CANCELLED : Activity.Status.FAILED,
                    why.get().cancelled() ? "" : why.get().sentence(),
                    why.get().cancelled() ? "" : why.get().nextStep());
        } else if (failure != null) {
            Problem problem = Problem.of(failure);
            end(
                    operation,
                    problem.cancelled() ? Activity.Status.CANCELLED : Activity.Status.FAILED,
                    problem.cancelled() ? "" : problem.sentence(),
                    problem.cancelled() ? "" : problem.nextStep());
        } else {
            end(operation, Activity.Status.DONE, "", "");
        }
    }

    private void end(Operation operation, Activity.Status status, String sentence, String nextStep) {
        if (center.running(operation.id())) {
            center.end(operation.id(), status, Texts.line(sentence), Texts.line(nextStep));
        }
    }

    /** Asks an operation to stop; does nothing when it has ended or can't be stopped. */
    public void cancel(String id) {
        Operation operation = running.get(id);
        if (operation == null || !operation.cancellable()) {
            return;
        }
        center.update(id, Activity::cancelling);
        threads.background(
                "cancel",
                () -> {
                    operation.cancel();
                    return operation;
                },
                asked -> progressed(operation),
                failure -> center.tell(Notice.of(Problem.of(failure))));
    }

    @Override
    public void close() {
        subscription.close();
    }
}
