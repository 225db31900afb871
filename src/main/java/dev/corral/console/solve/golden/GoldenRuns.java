package dev.corral.console.solve.golden;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Problem;
import dev.corral.core.solve.golden.Golden;
import dev.corral.core.solve.golden.GoldenCheck;
import dev.corral.core.solve.golden.GoldenExport;
import dev.corral.core.solve.golden.GoldenFile;
import dev.corral.core.solve.golden.GoldenStep;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes golden runs and replays them, one at a time. A replay has a thread of its own that can be interrupted; it is busy until its sandbox
 * is gone. For the FX thread; what blocks runs elsewhere.
 */
final class GoldenRuns {
    private static final Logger LOG = LoggerFactory.getLogger(GoldenRuns.class);
    private static final int MOST_TOLD = 200;

    private final Threads threads;
    private final Replay replay;
    private final Runnable changed;
    private GoldenState state = GoldenState.none();
    private @Nullable Thread running;
    private int asked;

    /** Replays a golden run; however it ends, it has cleared up then. */
    interface Replay {
        /** Blocks. */
        GoldenCheck.Result run(Golden golden, Path file, Wish wish, GoldenCheck.News news) throws InterruptedException;
    }

    /**
     * How one is replayed.
     *
     * @param keep  whether the sandbox stays
     * @param model the model, for scorers that need one
     */
    record Wish(boolean keep, Optional<String> model) {}

    /** @param changed called when something else is to be shown */
    GoldenRuns(Threads threads, Replay replay, Runnable changed) {
        this.threads = threads;
        this.replay = replay;
        this.changed = changed;
    }

    GoldenState state() {
        return state;
    }

    private void show(GoldenState now) {
        state = now;
        changed.run();
    }

    /** Reads one. Does nothing while one is replayed. */
    void open(Path file) {
        load(file, () -> new GoldenExport.Made(GoldenFile.read(file), List.of()));
    }

    /** Makes one and writes it down. Does nothing while one is replayed. */
    void save(Path file, Function<Path, GoldenExport.Made> make) {
        load(file, () -> {
            GoldenExport.Made made = make.apply(file);
            GoldenFile.write(made.golden(), file, true);
            return made;
        });
    }

    private void load(Path file, Callable<GoldenExport.Made> how) {
        if (state.phase().busy()) {
            return;
        }
        int number = ++asked;
        show(GoldenState.of(GoldenState.Phase.READING, Optional.of(file), Optional.empty(), List.of()));
        threads.background(
                "golden-run",
                how,
                made -> {
                    if (number == asked) {
                        show(GoldenState.of(
                                GoldenState.Phase.READY,
                                Optional.of(file),
                                Optional.of(made.golden()),
                                made.warnings()));
                    }
                },
                failure -> {
                    if (number == asked) {
                        show(state.ended(
                                GoldenState.Phase.UNREADABLE, Optional.empty(), Optional.of(Problem.of(failure))));
                    }
                });
    }

    /** Replays the one that is shown, as its file is now: it is there to be edited. */
    void start(Wish wish) {
        if (!state.phase().startable()
                || state.golden().isEmpty()
                || state.file().isEmpty()) {
            return;
        }
        Path file = state.file().get();
        show(state.begun(Instant.now()));
        Thread thread = Thread.ofVirtual().name("golden-check").unstarted(() -> work(file, wish));
        running = thread;
        thread.start();
    }

    private void work(Path file, Wish wish) {
        try {
            Golden golden = GoldenFile.read(file);
            threads.hop(() -> show(state.anew(golden)));
            GoldenCheck.Result result = replay.run(golden, file, wish, new ToWindow());
            threads.hop(() -> over(result.passed() ? GoldenState.Phase.PASSED : GoldenState.Phase.DIVERGED, result));
        } catch (InterruptedException e) {
            LOG.info("the check of a golden run was cancelled", e);
            threads.hop(this::cancelled);
        } catch (RuntimeException | Error e) {
            threads.hop(() -> failed(e));
        }
    }

    private final class ToWindow implements GoldenCheck.News {
        @Override
        public void told(String words) {
            threads.hop(() -> {
                GoldenState.Progress now = state.progress();
                line(new GoldenState.Progress(now.step(), now.done(), now.of(), now.command(), words), words);
            });
        }

        @Override
        public void step(int number, GoldenStep step) {
            String command = step.command().orElse("");
            threads.hop(() -> {
                GoldenState.Progress now = state.progress();
                line(
                        new GoldenState.Progress(number, now.done() + 1, now.of(), command, ""),
                        "Step " + number + ": " + command);
            });
        }
    }

    private void line(GoldenState.Progress progress, String words) {
        List<String> lines = new ArrayList<>(state.told());
        lines.add(words);
        show(state.with(progress, lines.subList(Math.max(0, lines.size() - MOST_TOLD), lines.size())));
    }

    private void over(GoldenState.Phase phase, GoldenCheck.Result result) {
        running = null;
        show(state.ended(phase, Optional.of(result), Optional.empty()));
    }

    private void cancelled() {
        running = null;
        show(state.ended(GoldenState.Phase.CANCELLED, Optional.empty(), Optional.empty()));
    }

    private void failed(Throwable failure) {
        // A file that was at hand when it was cancelled is closed by that, which looks like a disk that fails.
        if (state.phase() == GoldenState.Phase.CANCELLING) {
            LOG.info("what was under way when the check of a golden run was cancelled", failure);
            cancelled();
        } else {
            running = null;
            show(state.ended(GoldenState.Phase.NOT_TRIED, Optional.empty(), Optional.of(Problem.of(failure))));
        }
    }

    /** Cancels the replay; its sandbox goes first. */
    void cancel() {
        Thread thread = running;
        if (thread != null && state.phase() == GoldenState.Phase.RUNNING) {
            show(state.with(GoldenState.Phase.CANCELLING));
            thread.interrupt();
        }
    }
}
