package dev.corral.core.vagrantfile.watch;

import dev.corral.core.base.ExpectedFailure;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Decides what runs again after a save. Whatever was saved up to the moment at which the sandbox is free is one run. For one thread.
 */
public final class SaveWatch {
    private static final int NONE_BEGAN = -1;

    private final Hands hands;
    private final boolean rerun;
    private Optional<Steps> done = Optional.empty();
    private Optional<Steps> latest = Optional.empty();
    private final Unbegun unbegun = new Unbegun();
    private boolean waiting;

    /** What it has done by others. */
    public interface Hands {
        /** Reads the file as it is saved now and says what is wrong with it; empty when it has no meaning now. */
        Optional<Steps> look();

        /**
         * Runs steps of a machine again, as they are saved, and waits for their end.
         *
         * @param positions from 1
         * @param failing   told the position of the step that failed, or 0 where nobody knows it, before that is thrown; told nothing where
         *                  none began
         * @throws ExpectedFailure if they fail; {@link ExpectedFailure.Kind#BUSY} if something else holds the sandbox
         */
        void rerun(String machine, SortedSet<Integer> positions, IntConsumer failing);

        /** Says that it waits. */
        void waits(ExpectedFailure why);

        /** Says that a run failed. */
        void failed(String machine, ExpectedFailure why);
    }

    /** @param rerun whether steps run again, or the file is only read */
    public SaveWatch(Hands hands, boolean rerun) {
        this.hands = hands;
        this.rerun = rerun;
    }

    /** To be called at the beginning, after which nothing runs, and whenever something was saved. */
    public void saved() {
        Optional<Steps> now = hands.look();
        if (now.isEmpty()) {
            return;
        }
        latest = now;
        done = done.map(before -> before.withNew(now.get())).or(() -> now);
        go();
    }

    /** Whether a run waits for the sandbox; {@link #again} tries once more. */
    public boolean waiting() {
        return waiting;
    }

    /** Tries what waits. */
    public void again() {
        if (waiting) {
            go();
        }
    }

    private void go() {
        if (!rerun || done.isEmpty() || latest.isEmpty()) {
            return;
        }
        Steps now = latest.get();
        done = done.map(before -> unbegun.due(before, now));
        for (Map.Entry<String, SortedSet<Integer>> one :
                now.changedSince(done.get()).entrySet()) {
            AtomicInteger failedAt = new AtomicInteger(NONE_BEGAN);
            try {
                hands.rerun(one.getKey(), one.getValue(), failedAt::set);
            } catch (ExpectedFailure e) {
                if (e.kind() == ExpectedFailure.Kind.BUSY) {
                    if (!waiting) {
                        hands.waits(e);
                    }
                    waiting = true;
                    return;
                }
                hands.failed(one.getKey(), e);
                if (failedAt.get() == NONE_BEGAN) {
                    // All of them are due with the next save.
                    continue;
                }
                unbegun.failed(one.getKey(), now, one.getValue(), failedAt.get());
            }
            done = done.map(before -> before.with(one.getKey(), now));
        }
        waiting = false;
    }
}
