package dev.corral.console.solve;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.PageContext;
import dev.corral.core.solve.SolveRequest;
import dev.corral.core.solve.SolveRuns.Joinable;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.Solving;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Begins sessions and joins runs, one at a time. For the FX thread; what blocks runs elsewhere. */
final class SessionBegin {
    private final PageContext context;
    private final Threads threads;
    private final Solving solving;
    private final Consumer<SolveStatus> begun;
    private boolean beginning;

    /** @param begun gets a session that has begun */
    SessionBegin(PageContext context, Threads threads, Solving solving, Consumer<SolveStatus> begun) {
        this.context = context;
        this.threads = threads;
        this.solving = solving;
        this.begun = begun;
    }

    /** Follows a run that somebody started in a terminal. */
    void join(Joinable run) {
        work(
                "solve-join",
                () -> solving.status(
                        solving.runs().join(run, person()).session().id()));
    }

    /** Begins a session. */
    void begin(SolveRequest request) {
        work(
                "solve-begin",
                () -> solving.status(solving.runs().begin(request).session().id()));
    }

    private void work(String name, Callable<SolveStatus> what) {
        // A double click is one wish.
        if (beginning) {
            return;
        }
        beginning = true;
        threads.background(
                name,
                what,
                status -> {
                    beginning = false;
                    begun.accept(status);
                },
                failure -> {
                    beginning = false;
                    context.tell().accept(Notice.of(Problem.of(failure)));
                });
    }

    /** Who solves, unless another name is given. */
    String person() {
        return context.corral()
                .environment()
                .get("USER")
                .or(() -> context.corral().environment().get("LOGNAME"))
                .orElseGet(() -> System.getProperty("user.name", ""));
    }
}
