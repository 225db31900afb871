package dev.corral.core.solve.golden;

import dev.corral.core.base.ExpectedFailure;
import java.util.Map;
import java.util.Optional;

/** A fresh sandbox of a golden run's sample, for one replay. Its methods block. */
interface GoldenGround {

    /**
     * Starts it, and waits until commands may run in it.
     *
     * @return the sandbox's id
     * @throws ExpectedFailure      if it does not come up
     * @throws InterruptedException if the thread is interrupted
     */
    String start() throws InterruptedException;

    /**
     * Hands the answer in and waits for the scores.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    Outcome submit(String answer) throws InterruptedException;

    /**
     * Ends what {@link #start} began, at whatever point that was, and sees to it that the sandbox goes unless it is to be kept. May be
     * called after {@link #submit}, and twice.
     *
     * @return whether the sandbox is still there
     * @throws ExpectedFailure if it is there and should not be
     */
    boolean end() throws InterruptedException;

    /** The session that it is in; empty if there is none. */
    String session();

    /** The log; empty if there is none. */
    String log();

    /** The sandbox's id; empty while it is not known. */
    String sandbox();

    /** Whose shells are opened where nobody is named; empty: the machine's login user's. */
    Optional<String> login();

    /**
     * What the scorers said.
     *
     * @param asked  whether they were asked
     * @param scores by the scorers' names
     * @param why    why there are none, a sentence; empty if there are
     */
    record Outcome(boolean asked, Map<String, String> scores, String why) {
        /** Copies the map. */
        public Outcome {
            scores = Map.copyOf(scores);
        }
    }
}
