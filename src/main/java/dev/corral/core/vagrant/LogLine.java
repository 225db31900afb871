package dev.corral.core.vagrant;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of a Vagrant command's output, fit to be shown: control characters are gone.
 *
 * @param at      when Vagrant wrote it, where the line says so
 * @param machine the machine it is about, empty when it is about none
 * @param level   how it is meant
 * @param text    the text, one line
 */
public record LogLine(Optional<Instant> at, String machine, Level level, String text) {
    /** How a line is meant. */
    public enum Level {
        /** A step of Vagrant. */
        STEP,
        /** Detail below a step, or a provisioner's output. */
        DETAIL,
        /** A success. */
        SUCCESS,
        /** A warning. */
        WARN,
        /** A failure. */
        ERROR
    }
}
