package dev.corral.cli;

import dev.corral.core.ExpectedFailure;

/** The exit codes of the command line. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NOT_FOUND = 3;
    static final int PARTLY = 4;
    static final int TIMED_OUT = 124;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(ExpectedFailure failure) {
        return switch (failure.kind()) {
            case FAILED, BUSY, UNAVAILABLE, USER_UNSUPPORTED -> FAILED;
            case USAGE -> USAGE;
            case NOT_FOUND, NO_SUCH_USER -> NOT_FOUND;
            case PARTLY -> PARTLY;
            case TIMED_OUT -> TIMED_OUT;
        };
    }
}
