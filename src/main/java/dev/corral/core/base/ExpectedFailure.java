package dev.corral.core.base;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure that can happen to a careful user: no box, no provider, a full disk. It carries a plain sentence and a
 * next step, and is shown without a stack trace. Everything that is not one of these is a bug.
 */
public final class ExpectedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it is; the command line derives its exit code from it. */
    public enum Kind {
        /** The thing was tried and did not work: exit code 1. */
        FAILED,
        /** Somebody else works on it at this moment: exit code 1. */
        BUSY,
        /** What was asked for makes no sense: exit code 2. */
        USAGE,
        /** What was named does not exist: exit code 3. */
        NOT_FOUND,
        /** Some of it worked, some did not: exit code 4. */
        PARTLY,
        /** It took longer than allowed: exit code 124. */
        TIMED_OUT,
        /** The machine does not run, can not be reached, or was lost on the way: exit code 1. */
        UNAVAILABLE,
        /** Commands can never run as the wanted user in that machine: exit code 1. */
        USER_UNSUPPORTED,
        /** The machine has no such user: exit code 3. */
        NO_SUCH_USER
    }

    private final Kind kind;
    private final String nextStep;
    private final String details;

    /**
     * @param kind     the kind of failure
     * @param sentence what happened, one plain sentence
     * @param nextStep what the user can do now, may be empty
     * @param details  machine text that helps (output lines, a path), may be empty
     * @param cause    the technical cause, may be null
     */
    public ExpectedFailure(
            Kind kind,
            String sentence,
            @Nullable String nextStep,
            @Nullable String details,
            @Nullable Throwable cause) {
        super(Objects.requireNonNull(sentence), cause);
        this.kind = Objects.requireNonNull(kind);
        this.nextStep = Objects.requireNonNullElse(nextStep, "");
        this.details = Objects.requireNonNullElse(details, "");
    }

    /** A failure of kind {@link Kind#FAILED} without details. */
    public static ExpectedFailure failed(String sentence, String nextStep) {
        return new ExpectedFailure(Kind.FAILED, sentence, nextStep, "", null);
    }

    /** A failure of kind {@link Kind#FAILED} with a technical cause. */
    public static ExpectedFailure failed(String sentence, String nextStep, @Nullable Throwable cause) {
        return new ExpectedFailure(Kind.FAILED, sentence, nextStep, "", cause);
    }

    /** A failure of kind {@link Kind#USAGE}. */
    public static ExpectedFailure usage(String sentence, String nextStep) {
        return new ExpectedFailure(Kind.USAGE, sentence, nextStep, "", null);
    }

    /** A failure of kind {@link Kind#NOT_FOUND}. */
    public static ExpectedFailure notFound(String sentence, String nextStep) {
        return new ExpectedFailure(Kind.NOT_FOUND, sentence, nextStep, "", null);
    }

    /** The same failure as one of another kind. */
    public ExpectedFailure withKind(Kind other) {
        return new ExpectedFailure(other, getMessage(), nextStep, details, getCause());
    }

    /** The same failure with machine text added. */
    public ExpectedFailure withDetails(String text) {
        return new ExpectedFailure(kind, getMessage(), nextStep, text, getCause());
    }

    /** What happened, one plain sentence; an expected failure always has one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The kind of failure. */
    public Kind kind() {
        return kind;
    }

    /** What the user can do now; may be empty. */
    public String nextStep() {
        return nextStep;
    }

    /** Machine text that helps; may be empty and may have several lines. */
    public String details() {
        return details;
    }
}
