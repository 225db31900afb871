package dev.corral.core.solve.journal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Optional;

/**
 * How a sample is solved by hand: what Inspect's human agent and {@code inspect eval} are told.
 *
 * @param user        whose login in the machine; empty: the machine's default user
 * @param scoring     whether an answer may be scored on the way
 * @param recording   whether Inspect records the logins in the machine itself
 * @param answer      a pattern that an answer must match from its beginning; empty: any answer that is not empty
 * @param needsAnswer whether there must be an answer at all
 * @param timeLimit   seconds after which Inspect ends the sample, pauses included; 0 for none
 * @param model       the model for scorers that need one
 * @param logFolder   where the log goes; empty: {@code INSPECT_LOG_DIR}, else {@code logs} beside the task file
 * @param activeLimit seconds of active time, pauses left out, that the person has; 0 for no limit
 * @param atLimit     what happens when they are used up
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SolveOptions(
        Optional<String> user,
        boolean scoring,
        boolean recording,
        Optional<String> answer,
        boolean needsAnswer,
        int timeLimit,
        Optional<String> model,
        Optional<String> logFolder,
        int activeLimit,
        AtLimit atLimit) {
    /** One without a limit of active time. */
    public SolveOptions(
            Optional<String> user,
            boolean scoring,
            boolean recording,
            Optional<String> answer,
            boolean needsAnswer,
            int timeLimit,
            Optional<String> model,
            Optional<String> logFolder) {
        this(user, scoring, recording, answer, needsAnswer, timeLimit, model, logFolder, 0, AtLimit.ASK);
    }

    /** Fills what is absent. */
    public SolveOptions {
        user = user == null ? Optional.empty() : user;
        answer = answer == null ? Optional.empty() : answer;
        model = model == null ? Optional.empty() : model;
        logFolder = logFolder == null ? Optional.empty() : logFolder;
        activeLimit = Math.max(0, activeLimit);
        atLimit = atLimit == null ? AtLimit.ASK : atLimit;
    }

    /** The same with a limit of active time. */
    public SolveOptions withActiveLimit(int seconds, AtLimit then) {
        return new SolveOptions(
                user, scoring, recording, answer, needsAnswer, timeLimit, model, logFolder, seconds, then);
    }

    /** With scoring on the way, recorded, any answer, without a limit. */
    public static SolveOptions usual() {
        return new SolveOptions(
                Optional.empty(), true, true, Optional.empty(), true, 0, Optional.empty(), Optional.empty());
    }
}
