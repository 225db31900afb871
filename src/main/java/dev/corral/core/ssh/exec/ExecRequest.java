package dev.corral.core.ssh.exec;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One command to run in a guest. Immutable: each method gives a changed copy.
 *
 * @param argv         program and arguments, passed on unchanged (spaces, quotes, line ends); not empty
 * @param user         the guest's user to run as, through sudo; empty: the login user
 * @param cwd          working directory in the guest; empty: the login user's home
 * @param env          variables to set; PATH is applied before the program is looked up
 * @param stdin        bytes for the command's standard input; empty: end of file at once
 * @param stdout       where standard output goes; empty: it is kept in the result
 * @param stderr       where standard error goes; empty: it is kept in the result
 * @param captureLimit bytes of each kept stream; what comes after is read and dropped, the result says so
 * @param timeout      how long the command may take, empty: for ever
 */
public record ExecRequest(
        List<String> argv,
        Optional<String> user,
        Optional<String> cwd,
        Map<String, String> env,
        Optional<InputStream> stdin,
        Optional<OutputStream> stdout,
        Optional<OutputStream> stderr,
        int captureLimit,
        Optional<Duration> timeout) {
    /** Bytes kept of each stream unless told otherwise: 64 MiB. */
    public static final int DEFAULT_CAPTURE_LIMIT = 64 * 1024 * 1024;

    public ExecRequest {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
        Objects.requireNonNull(user);
        Objects.requireNonNull(cwd);
        Objects.requireNonNull(stdin);
        Objects.requireNonNull(stdout);
        Objects.requireNonNull(stderr);
        if (captureLimit < 0) {
            throw new IllegalArgumentException("capture limit " + captureLimit);
        }
        timeout.ifPresent(limit -> {
            if (!limit.isPositive()) {
                throw new IllegalArgumentException("time limit " + limit);
            }
        });
    }

    /** A command with no input, its output kept, without a time limit. */
    public static ExecRequest of(List<String> argv) {
        return new ExecRequest(
                argv,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                DEFAULT_CAPTURE_LIMIT,
                Optional.empty());
    }

    /** A command with no input, its output kept, without a time limit. */
    public static ExecRequest of(String... argv) {
        return of(List.of(argv));
    }

    /** Run as this user of the guest. */
    public ExecRequest withUser(String name) {
        return new ExecRequest(argv, Optional.of(name), cwd, env, stdin, stdout, stderr, captureLimit, timeout);
    }

    /** Run in this directory of the guest. */
    public ExecRequest withCwd(String directory) {
        return new ExecRequest(argv, user, Optional.of(directory), env, stdin, stdout, stderr, captureLimit, timeout);
    }

    /** Run with this variable set, too. */
    public ExecRequest withEnv(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(env);
        more.put(name, value);
        return new ExecRequest(argv, user, cwd, more, stdin, stdout, stderr, captureLimit, timeout);
    }

    /** Run with these variables set, and no others of an earlier call. */
    public ExecRequest withEnv(Map<String, String> variables) {
        return new ExecRequest(argv, user, cwd, variables, stdin, stdout, stderr, captureLimit, timeout);
    }

    /** Feed these bytes to the command. */
    public ExecRequest withStdin(byte[] bytes) {
        return withStdin(new ByteArrayInputStream(bytes));
    }

    /**
     * Feed this stream to the command. It is read on a thread of its own and not closed; a read that blocks may go on
     * after the command has ended.
     */
    public ExecRequest withStdin(InputStream stream) {
        return new ExecRequest(argv, user, cwd, env, Optional.of(stream), stdout, stderr, captureLimit, timeout);
    }

    /** Write standard output here while it comes; the stream is flushed, never closed. */
    public ExecRequest withStdout(OutputStream stream) {
        return new ExecRequest(argv, user, cwd, env, stdin, Optional.of(stream), stderr, captureLimit, timeout);
    }

    /** Write standard error here while it comes; the stream is flushed, never closed. */
    public ExecRequest withStderr(OutputStream stream) {
        return new ExecRequest(argv, user, cwd, env, stdin, stdout, Optional.of(stream), captureLimit, timeout);
    }

    /** Keep at most this many bytes of each stream. */
    public ExecRequest withCaptureLimit(int bytes) {
        return new ExecRequest(argv, user, cwd, env, stdin, stdout, stderr, bytes, timeout);
    }

    /** Stop the command, and all it started, after this time. */
    public ExecRequest withTimeout(Duration limit) {
        return new ExecRequest(argv, user, cwd, env, stdin, stdout, stderr, captureLimit, Optional.of(limit));
    }
}
