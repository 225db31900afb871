package dev.corral.core.ssh.exec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How a command in a guest ended.
 *
 * @param exitCode  the guest's exit code; 128 + n when signal n ended it; {@link #TIMED_OUT} when time ran out
 * @param stdout    what was kept of standard output; empty when it went to a stream
 * @param stderr    what was kept of standard error; empty when it went to a stream
 * @param timedOut  true when the time limit was hit and the command's process group was ended
 * @param truncated true when more came than the request wanted kept
 * @param elapsed   from the call to the end
 */
public record ExecResult(
        int exitCode, byte[] stdout, byte[] stderr, boolean timedOut, boolean truncated, Duration elapsed) {
    /** The exit code that stands for a time limit that was hit, as with timeout(1). */
    public static final int TIMED_OUT = 124;

    /** True when the command ended by itself with exit code 0. */
    public boolean succeeded() {
        return exitCode == 0 && !timedOut;
    }

    /** Standard output as text; bytes that are no UTF-8 become replacement characters. */
    public String stdoutText() {
        return new String(stdout, StandardCharsets.UTF_8);
    }

    /** Standard error as text; bytes that are no UTF-8 become replacement characters. */
    public String stderrText() {
        return new String(stderr, StandardCharsets.UTF_8);
    }
}
