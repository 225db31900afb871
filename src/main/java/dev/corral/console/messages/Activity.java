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
 * @param phase       how far it has come, as the operation itself tells; only who follows operations sets it
 * @param detail      more than that, from who knows more: what Vagrant says, how many bytes are free again; may be empty
 * @param stopping    whether it was asked to stop
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
        String detail,
        boolean stopping,
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

    /** An operation that has just begun. */
    public static Activity begun(Operation operation, String title) {
        return new Activity(
                operation.id(),
                operation.kind(),
                title,
                operation.sandbox(),
                operation.startedAt(),
                Optional.empty(),
                operation.cancellable(),
                Status.RUNNING,
                Optional.empty(),
                "",
                "",
                false,
                "",
                "");
    }

    /** What it does now, in the words of who knows most. */
    public String now() {
        return detail.isEmpty() ? phase : detail;
    }

    /** How long it has taken at {@code now}. */
    public Duration elapsed(Instant now) {
        return Duration.between(startedAt, endedAt.orElse(now));
    }

    /** A copy with another title. */
    public Activity titled(String other) {
        return new Activity(
                id,
                kind,
                other,
                sandbox,
                startedAt,
                usual,
                cancellable,
                status,
                endedAt,
                phase,
                detail,
                stopping,
                sentence,
                nextStep);
    }

    /** A copy as far as the operation has come, unless it is over; what was asked to stop can't be asked again. */
    public Activity progressed(Operation operation, String phaseNow) {
        return status != Status.RUNNING
                ? this
                : doing(usual.or(operation::usual), operation.cancellable() && !stopping, phaseNow, detail, stopping);
    }

    /** A copy in which somebody says more; one that is stopping goes on saying that. */
    public Activity detailed(String more) {
        return status != Status.RUNNING || stopping ? this : doing(usual, cancellable, phase, more, false);
    }

    /** A copy with a better guess of how long it takes in all, if there is one. */
    public Activity expecting(Optional<Duration> all) {
        return doing(all.or(() -> usual), cancellable, phase, detail, stopping);
    }

    /** A copy that is being cancelled. */
    public Activity cancelling() {
        return stopping("cancelling");
    }

    /** A copy that was asked to stop, which it says in this word from now on. */
    public Activity stopping(String word) {
        return status != Status.RUNNING ? this : doing(usual, false, phase, word, true);
    }

    private Activity doing(
            Optional<Duration> usualNow,
            boolean cancellableNow,
            String phaseNow,
            String detailNow,
            boolean stoppingNow) {
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
                detailNow,
                stoppingNow,
                sentence,
                nextStep);
    }

    /** A copy that has ended. */
    public Activity ended(Status how, Instant at, String what, String next) {
        return new Activity(
                id, kind, title, sandbox, startedAt, usual, false, how, Optional.of(at), "", "", stopping, what, next);
    }
}
