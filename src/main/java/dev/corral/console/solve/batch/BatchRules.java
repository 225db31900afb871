package dev.corral.console.solve.batch;

import dev.corral.console.page.Command;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.batch.Batches;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What can be done with a batch, and what is said about it. Pure. */
final class BatchRules {
    private BatchRules() {}

    /**
     * Why commands make no sense now, for those that make none.
     *
     * @param view   the batch that is shown
     * @param chosen the row that is chosen
     * @param busy   what is being asked right now; empty if nothing is
     */
    static Map<Command, String> obstacles(Optional<Batches.View> view, Optional<Batches.Row> chosen, String busy) {
        Map<Command, String> obstacles = new HashMap<>();
        put(obstacles, BatchAction.SKIP, skip(view, chosen), busy);
        put(obstacles, BatchAction.STOP, stop(view), busy);
        put(obstacles, BatchAction.STOP_NOW, stopNow(view), busy);
        put(obstacles, BatchAction.RESUME, resume(view), busy);
        return obstacles;
    }

    private static void put(Map<Command, String> obstacles, BatchAction action, Optional<String> why, String busy) {
        why.or(() -> Optional.of(busy).filter(words -> !words.isEmpty()))
                .ifPresent(words -> obstacles.put(action, words));
    }

    private static Optional<String> none(Optional<Batches.View> view) {
        return view.isEmpty() ? Optional.of("There is no batch here") : Optional.empty();
    }

    private static Optional<String> skip(Optional<Batches.View> view, Optional<Batches.Row> chosen) {
        return none(view)
                .or(() -> chosen.isEmpty() ? Optional.of("Choose a sample of the batch first") : Optional.empty())
                .or(() -> chosen.filter(Batches.Row::skipped).map(row -> "It is left out already"))
                .or(() -> chosen.filter(row -> row.over() && !row.state().equals(Optional.of(SolveState.FAILED)))
                        .map(row -> "It is over"));
    }

    private static Optional<String> stop(Optional<Batches.View> view) {
        return none(view)
                .or(() -> view.filter(Batches.View::over).map(now -> "All of its samples are over"))
                .or(() -> view.filter(Batches.View::stopped).map(now -> "It is stopped"));
    }

    private static Optional<String> stopNow(Optional<Batches.View> view) {
        return none(view)
                .or(() -> view.filter(Batches.View::over).map(now -> "All of its samples are over"))
                .or(() -> view.filter(
                                now -> now.stopped() && now.rows().stream().noneMatch(BatchRules::live))
                        .map(now -> "It is stopped"));
    }

    private static Optional<String> resume(Optional<Batches.View> view) {
        return none(view)
                .or(() -> view.filter(Batches.View::over).map(now -> "All of its samples are over"))
                .or(() -> view.filter(Batches.View::run).map(now -> "It runs"));
    }

    /** Whether a session of it goes on. */
    static boolean live(Batches.Row row) {
        return row.state()
                .map(state -> !state.over() && state != SolveState.ENDING)
                .orElse(false);
    }

    /** Whether a session waits ahead of the person. */
    static boolean ahead(Batches.Row row) {
        return !row.current() && !row.skipped() && live(row);
    }

    /** The state of a sample in words. */
    static String words(Batches.Row row) {
        if (row.skipped()) {
            return "left out";
        }
        return row.state()
                .map(state -> ahead(row) && state.listening() ? "ready, waits for you" : state.words())
                .orElse(row.current() ? "is next" : "waits");
    }

    /** How that looks. */
    static StateStyle look(Batches.Row row) {
        if (row.skipped() || row.state().isEmpty()) {
            return StateStyle.OFF;
        }
        return switch (row.state().get()) {
            case RUNNING -> StateStyle.READY;
            case STOPPED -> ahead(row) ? StateStyle.READY : StateStyle.OFF;
            case STARTING, BOOTING, ENDING -> StateStyle.CHANGING;
            case ENDED -> StateStyle.OFF;
            case INTERRUPTED -> StateStyle.STRAY;
            case FAILED -> StateStyle.FAILED;
        };
    }

    /** How the whole is. */
    static String state(Batches.View view, boolean here) {
        if (view.over()) {
            return "over";
        }
        String who = here ? "runs in this window" : "runs elsewhere";
        return view.run() ? who : view.stopped() ? "stopped" : "nobody runs it";
    }

    /** How that looks. */
    static StateStyle look(Batches.View view) {
        return view.run() && !view.over()
                ? StateStyle.READY
                : view.over() || view.stopped() ? StateStyle.OFF : StateStyle.STRAY;
    }

    /** What a batch is called. */
    static String title(Batches.View view) {
        long over = view.rows().stream()
                .filter(row -> !row.current() && (row.skipped() || row.over()))
                .count();
        return Formats.count(view.rows().size(), "sample", "samples") + " of "
                + view.rows().stream()
                        .findFirst()
                        .map(row -> Texts.line(row.item().task()))
                        .orElse("")
                + ", " + over + " done";
    }
}
