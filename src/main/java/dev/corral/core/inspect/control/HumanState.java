package dev.corral.core.inspect.control;

import java.time.Instant;
import java.util.Optional;

/**
 * What Inspect's human agent holds of a session now.
 *
 * @param instructions the task text
 * @param running      whether its clock runs
 * @param runningSince since when; the beginning of the session if it never ran
 * @param accumulated  seconds that its clock counted before that
 * @param answer       the answer that was handed in; empty text when it was given up
 * @param scorings     how often it was scored on the way
 */
public record HumanState(
        String instructions,
        boolean running,
        Instant runningSince,
        double accumulated,
        Optional<String> answer,
        int scorings) {}
