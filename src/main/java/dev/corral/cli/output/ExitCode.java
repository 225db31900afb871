package dev.corral.cli.output;

import dev.corral.core.base.ExpectedFailure;

/** The exit codes of the command line. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_FOUND = 3;
    public static final int PARTLY = 4;
    /** A golden run could not be tried, which says nothing about its sample. */
    public static final int NOT_TRIED = 5;

    public static final int TIMED_OUT = 124;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    public static int of(ExpectedFailure failure) {
        return switch (failure.kind()) {
            case FAILED, BUSY, UNAVAILABLE, USER_UNSUPPORTED -> FAILED;
            case USAGE -> USAGE;
            case NOT_FOUND, NO_SUCH_USER -> NOT_FOUND;
            case PARTLY -> PARTLY;
            case TIMED_OUT -> TIMED_OUT;
        };
    }
}
