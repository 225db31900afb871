package dev.corral.core.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.zeroturnaround.exec.InvalidExitValueException;
import org.zeroturnaround.exec.ProcessExecutor;
import org.zeroturnaround.exec.StartedProcess;

/**
 * Starts processes. Each gets a session and process group of its own, so that a Ctrl-C in our terminal does not reach
 * it and a signal from us reaches all of it. Thread-safe; blocking methods belong on virtual threads.
 */
public final class Processes {
    /** More than the answer about thousands of VMs takes, and little enough to be held. */
    static final int MOST_PRINTED = 64 << 20;

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private static final String TIED = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            { read -r _ <&3; kill "$child" 2>/dev/null; } >/dev/null 2>&1 &
            watcher=$!
            exec 3<&-
            wait "$child"
            code=$?
            kill "$watcher" 2>/dev/null
            exit "$code"
            """;

    private Processes() {}

    /**
     * Runs a command to its end, for its whole answer. Of standard error the first 64 MiB are kept.
     *
     * @param command     program and arguments
     * @param directory   working directory, null for ours
     * @param environment the whole environment, null for ours
     * @param stdin       what it reads
     * @param timeout     how long it may take; then its whole group is killed
     * @throws OutputTooLong    if it printed more than 64 MiB to standard output
     * @throws IOException      if it can not be started
     * @throws TimeoutException if it took longer
     */
    public static ProcessResult run(
            List<String> command,
            @Nullable Path directory,
            @Nullable Map<String, String> environment,
            byte[] stdin,
            Duration timeout)
            throws IOException, TimeoutException {
        FirstBytes out = new FirstBytes(MOST_PRINTED);
        ProcessResult result = run(command, directory, environment, stdin, timeout, out, new FirstBytes(MOST_PRINTED));
        if (out.cut()) {
            throw new OutputTooLong(command.getFirst(), MOST_PRINTED);
        }
        return result;
    }

    /**
     * Like {@link #run(List, Path, Map, byte[], Duration)}, for a command that may write without an end.
     *
     * @param most so many bytes of each stream are kept, its first ones
     */
    public static ProcessResult run(
            List<String> command,
            @Nullable Path directory,
            @Nullable Map<String, String> environment,
            byte[] stdin,
            Duration timeout,
            int most)
            throws IOException, TimeoutException {
        return run(command, directory, environment, stdin, timeout, new FirstBytes(most), new FirstBytes(most));
    }

    private static ProcessResult run(
            List<String> command,
            @Nullable Path directory,
            @Nullable Map<String, String> environment,
            byte[] stdin,
            Duration timeout,
            FirstBytes out,
            FirstBytes err)
            throws IOException, TimeoutException {
        StartedProcess started = executor(command, directory, environment)
                .redirectInput(new ByteArrayInputStream(stdin))
                .redirectOutput(out)
                .redirectError(err)
                .start();
        long pid = started.getProcess().pid();
        try {
            int exit = await(started.getFuture(), timeout);
            return new ProcessResult(exit, out.toByteArray(), err.toByteArray());
        } catch (TimeoutException e) {
            signalGroup(pid, "KILL");
            throw e;
        } catch (InterruptedException e) {
            signalGroup(pid, "KILL");
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.getFirst(), e);
        }
    }

    /**
     * Starts a command that outlives us: its output goes straight into a file, so that it neither blocks nor breaks
     * when we are killed.
     *
     * @param command     program and arguments
     * @param directory   working directory
     * @param environment the whole environment
     * @param log         gets standard output and standard error, appended
     * @throws IOException if it can not be started
     */
    public static RunningProcess startLogged(
            List<String> command, Path directory, Map<String, String> environment, Path log) throws IOException {
        List<String> line =
                new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", log.toString()));
        line.addAll(command);
        StartedProcess started = executor(line, directory, environment).start();
        return new RunningProcess(started.getProcess(), started.getFuture());
    }

    /**
     * Starts a command whose output is read line by line until it ends or is stopped.
     *
     * @throws IOException if it can not be started
     */
    public static RunningProcess startReading(List<String> command, Map<String, String> environment, OutputStream out)
            throws IOException {
        StartedProcess started =
                executor(command, null, environment).redirectOutput(out).start();
        return new RunningProcess(started.getProcess(), started.getFuture());
    }

    /**
     * Starts a command whose output is read until it ends or is stopped, and that does not outlive us however we end: a
     * shell beside it waits for the end of a pipe that only we hold open, which the kernel closes even when we are killed.
     *
     * @param out gets standard output and standard error
     * @throws IOException if it can not be started
     */
    public static RunningProcess startTied(List<String> command, Map<String, String> environment, OutputStream out)
            throws IOException {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", TIED, "sh"));
        line.addAll(command);
        HeldInput held = new HeldInput();
        StartedProcess started = executor(line, null, environment)
                .redirectInput(held)
                .redirectOutput(out)
                .start();
        var _ = started.getProcess().onExit().thenRun(held::close);
        return new RunningProcess(started.getProcess(), started.getFuture());
    }

    /**
     * Asks a process that somebody else started to end, and kills it if it has not done so in time; alone, not its group,
     * and only as long as it is still the same one.
     *
     * @param grace how long it may take
     * @throws IOException if a signal can not be sent
     */
    public static void end(ProcessIdentity process, Duration grace) throws IOException {
        for (String signal : List.of("TERM", "KILL")) {
            if (process.life() != ProcessIdentity.Life.ALIVE) {
                return;
            }
            signal(process.pid(), signal);
            long until = System.nanoTime() + grace.toNanos();
            while (process.life() == ProcessIdentity.Life.ALIVE && System.nanoTime() < until) {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while process " + process.pid() + " ends", e);
                }
            }
        }
    }

    /**
     * Starts a command that is told and asked things line by line; standard error is one with its output.
     *
     * @param directory   working directory
     * @param environment the whole environment
     * @throws IOException if it can not be started
     */
    public static Dialogue startDialogue(List<String> command, Path directory, Map<String, String> environment)
            throws IOException {
        Dialogue.Streams streams = new Dialogue.Streams();
        StartedProcess started =
                executor(command, directory, environment).streams(streams).start();
        return new Dialogue(streams, new RunningProcess(started.getProcess(), started.getFuture()));
    }

    /**
     * Sends INT to a process that somebody else started, if it is still the same one.
     *
     * @throws IOException if the signal can not be sent
     */
    public static void interrupt(ProcessIdentity process) throws IOException {
        OptionalLong pid = process.reachablePid();
        if (pid.isPresent()) {
            signal(pid.getAsLong(), "INT");
        }
    }

    /**
     * Ends the whole group of a process that somebody else started, if it is still the same one.
     *
     * @throws IOException if the signal can not be sent
     */
    public static void kill(ProcessIdentity process) throws IOException {
        OptionalLong pid = process.reachablePid();
        if (pid.isPresent()) {
            signalGroup(pid.getAsLong(), "KILL");
        }
    }

    /**
     * Sends a signal to one process.
     *
     * @param signal the name without SIG
     */
    static void signal(long pid, String signal) throws IOException {
        kill(signal, Long.toString(pid));
    }

    /** Ends a whole process group at once; one that has ended is none. */
    public static void killGroup(long pid) throws IOException {
        signalGroup(pid, "KILL");
    }

    /** Sends a signal to a whole process group. */
    static void signalGroup(long pid, String signal) throws IOException {
        kill(signal, "-" + pid);
    }

    // The shell's own kill: Java can send TERM and KILL only, and a bare system may lack the program.
    private static void kill(String signal, String target) throws IOException {
        try {
            new ProcessExecutor("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\" 2>/dev/null || :", signal, target).execute();
        } catch (InvalidExitValueException | TimeoutException e) {
            throw new IOException("can't send " + signal + " to " + target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending " + signal + " to " + target, e);
        }
    }

    private static int await(Future<org.zeroturnaround.exec.ProcessResult> future, Duration timeout)
            throws IOException, TimeoutException, InterruptedException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS).getExitValue();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static ProcessExecutor executor(
            List<String> command, @Nullable Path directory, @Nullable Map<String, String> environment) {
        List<String> line = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // A child of ours leads no group yet, so setsid does not fork and the pid stays the command's own.
            line.add(SETSID.toString());
        }
        line.addAll(command);
        ProcessExecutor executor = new ProcessExecutor(line).exitValueAny();
        if (directory != null) {
            executor.directory(directory.toFile());
        }
        if (environment != null) {
            Map<String, String> whole = new HashMap<>(environment);
            System.getenv().keySet().forEach(name -> whole.putIfAbsent(name, null));
            executor.environment(whole);
        }
        return executor;
    }
}
