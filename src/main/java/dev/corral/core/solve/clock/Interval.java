package dev.corral.core.solve.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A stretch of a session that is shown apart.
 *
 * @param id      names it for as long as the journal lasts, for instance {@code idle-17}
 * @param kind    what sort of stretch it is
 * @param from    where it begins, counted from the first start of the clock
 * @param length  how long it is
 * @param began   where it begins by the wall clock
 * @param open    whether it goes on
 * @param counted whether it counts in the adjusted time
 * @param reason  why a person struck it out or kept it; empty if nobody said anything
 * @param by      who that was
 * @param detail  a few words to it, such as a machine's name
 */
public record Interval(
        String id,
        Kind kind,
        Duration from,
        Duration length,
        Instant began,
        boolean open,
        boolean counted,
        String reason,
        String by,
        String detail) {

    /** Sorts of stretches. */
    public enum Kind {
        /** The clock was stopped: it never counts. */
        STOPPED("clock stopped"),
        /** No key was pressed in the machine. */
        IDLE("no key"),
        /** The machine did not run. */
        DOWN("machine down"),
        /** The machine ran, but could not be reached. */
        LOST("network lost"),
        /** This computer slept. */
        SUSPENDED("computer asleep"),
        /** Nobody looked: Corral was not running, or was stopped. */
        UNWATCHED("not watched");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What it is, in words. */
        public String words() {
            return words;
        }

        /** The word in ids and documents. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where it ends, counted from the first start of the clock. */
    public Duration to() {
        return from.plus(length);
    }

    /** Whether a person may strike it out: a stopped clock's time counts nowhere anyway. */
    public boolean decidable() {
        return kind != Kind.STOPPED;
    }
}
