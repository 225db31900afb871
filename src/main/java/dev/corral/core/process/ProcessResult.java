package dev.corral.core.process;

import java.nio.charset.StandardCharsets;

/**
 * How a finished process ended.
 *
 * @param exitCode the exit code; 128 and the signal's number when a signal ended it
 * @param stdout   what it wrote to standard output
 * @param stderr   what it wrote to standard error
 */
public record ProcessResult(int exitCode, byte[] stdout, byte[] stderr) {

    /** Standard output as UTF-8; broken bytes become the replacement character. */
    public String out() {
        return new String(stdout, StandardCharsets.UTF_8);
    }

    /** Standard error as UTF-8; broken bytes become the replacement character. */
    public String err() {
        return new String(stderr, StandardCharsets.UTF_8);
    }

    /** Whether it exited with 0. */
    public boolean ok() {
        return exitCode == 0;
    }
}
