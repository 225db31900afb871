package dev.corral.console.messages;

import dev.corral.core.operation.Operation;
import dev.corral.core.sandbox.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A long operation that is under way or has ended, as the dock shows it.
 *
 * @param id          the operation's id
 * @param kind        its kind
 * @param title       what it does, for instance {@code Start web_flag · sqli-01}
 * @param sandbox     the sandbox's id
 * @param startedAt   when it began
 * @param usual       how long it usually takes, where that is known
 * @param cancellable whether it can still be cancelled
 * @param status      how it stands
 * @param endedAt     when it ended
 * @param phase       what it does now
 * @param sentence    what went wrong, empty unless it failed
 * @param nextStep    what the user can do about it
 */
public record Activity(
        String id,
        OperationKind kind,
        String title,
        String sandbox,
        Instant startedAt,
        Optional<Duration> usual,
        boolean cancellable,
        Status status,
        Optional<Instant> endedAt,
        String phase,
        String sentence,
        String nextStep) {

    /** How an operation stands. */
    public enum Status {
        /** Under way. */
        RUNNING("running"),
        /** Ended well. */
        DONE("done"),
        /** Failed. */
        FAILED("failed"),
        /** Somebody stopped it. */
        CANCELLED("cancelled");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** The word shown. */
        public String word() {
            return word;
        }
    }

    /** One that has just begun, of a kind that does not matter. */
    public static Activity begun(String id, String title, String sandbox, Instant startedAt, boolean cancellable) {
        return begun(id, OperationKind.OTHER, title, sandbox, startedAt, cancellable);
    }

    /** An operation that has just begun. */
    public static Activity begun(Operation operation, String title) {
        return begun(
                operation.id(),
                operation.kind(),
                title,
                operation.sandbox(),
                operation.startedAt(),
                operation.cancellable());
    }

    private static Activity begun(
            String id, OperationKind kind, String title, String sandbox, Instant startedAt, boolean cancellable) {
        return new Activity(
                id,
                kind,
                title,
                sandbox,
                startedAt,
                Optional.empty(),
                cancellable,
                Status.RUNNING,
                Optional.empty(),
                "",
                "",
                "");
    }

    /** A copy with another title. */
    public Activity titled(String other) {
        return new Activity(
                id, kind, other, sandbox, startedAt, usual, cancellable, status, endedAt, phase, sentence, nextStep);
    }

    /** How long it has taken at {@code now}. */
    public Duration elapsed(Instant now) {
        return Duration.between(startedAt, endedAt.orElse(now));
    }

    /** A copy with what the inventory knows of it. */
    public Activity progressed(Optional<Duration> usualNow, String phaseNow, boolean cancellableNow) {
        return new Activity(
                id,
                kind,
                title,
                sandbox,
                startedAt,
                usualNow,
                cancellableNow,
                status,
                endedAt,
                phaseNow,
                sentence,
                nextStep);
    }

    /** A copy that has ended. */
    public Activity ended(Status how, Instant at, String what, String next) {
        return new Activity(id, kind, title, sandbox, startedAt, usual, false, how, Optional.of(at), "", what, next);
    }
}
