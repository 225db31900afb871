package dev.corral.console.work;

import dev.corral.console.fx.Background;
import dev.corral.console.fx.FxThread;
import dev.corral.console.fx.LatestValue;
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
 * journal tells it, and its ending. Who knows more of one, a better title or how much room it gave back, says that to the message center
 * too. Made and used on the FX thread.
 */
public final class OperationFeed implements AutoCloseable {
    private static final String CANCELLING = "cancelling";

    private final MessageCenter center;
    private final Map<String, Operation> running = new HashMap<>();
    private final Subscription subscription;

    /** Follows what begins from now on. */
    public OperationFeed(Operations operations, MessageCenter center) {
        this.center = center;
        this.subscription = operations.listen(operation -> {
            // Steps are told of by what they are steps of.
            if (!operation.part()) {
                FxThread.run(() -> show(operation));
            }
        });
    }

    private void show(Operation operation) {
        running.put(operation.id(), operation);
        center.begin(Activity.begun(
                operation,
                operation.kind().title() + " " + Texts.line(operation.target().words())));
        LatestValue<Operation> news = new LatestValue<>(this::progressed);
        operation.follow(entry -> news.accept(operation));
        var _ = operation.done().whenComplete((result, failure) -> FxThread.run(() -> ended(operation, failure)));
    }

    private void progressed(Operation operation) {
        center.update(
                operation.id(),
                activity -> activity.status() != Activity.Status.RUNNING
                        ? activity
                        : activity.progressed(
                                activity.usual().or(operation::usual),
                                activity.phase().equals(CANCELLING)
                                        ? CANCELLING
                                        : Texts.line(operation.progress().words()),
                                operation.cancellable()));
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
            end(operation, Activity.Status.FAILED, problem.sentence(), problem.nextStep());
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
        center.update(id, activity -> activity.progressed(activity.usual(), CANCELLING, false));
        Background.run(
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
