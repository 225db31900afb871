package dev.corral.core.process;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;

/**
 * A process that can be told from a later one with the same pid, as far as can be known also from another user, another
 * pid namespace (a container) and another machine that shares the directory where this is noted.
 *
 * @param pid          process id
 * @param startTicks   start time: clock ticks since boot where there is {@code /proc}, else milliseconds since the epoch
 * @param bootId       the kernel's boot id, empty where there is none
 * @param pidNamespace the inode of the pid namespace that the pid belongs to, 0 if that was not noted
 * @param host         tells this machine from others, empty if that was not noted
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProcessIdentity(long pid, long startTicks, String bootId, long pidNamespace, String host) {
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final String BOOT_ID = read("/proc/sys/kernel/random/boot_id");
    private static final String HOST = hash(read("/etc/machine-id"));
    private static final boolean PROC = Proc.there();
    private static final boolean FOREIGN_PROC = PROC && !Proc.countsAsWeDo();
    private static final long NAMESPACE = Proc.pidNamespace("self");

    /** Turns absent words into empty ones. */
    public ProcessIdentity {
        bootId = Objects.requireNonNullElse(bootId, "");
        host = Objects.requireNonNullElse(host, "");
    }

    /** A process of which neither namespace nor machine was noted. */
    public ProcessIdentity(long pid, long startTicks, String bootId) {
        this(pid, startTicks, bootId, 0, "");
    }

    /** What is known about a process. */
    public enum Life {
        /** It runs. */
        ALIVE,
        /** It has ended, or the machine was started anew since. */
        ENDED,
        /** It can not be told. */
        UNKNOWN
    }

    /** This process. */
    public static ProcessIdentity self() {
        long pid = ProcessHandle.current().pid();
        return known(pid, PROC ? Proc.startTicks("self") : startTicksOf(pid));
    }

    /**
     * The process that has this pid now.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ProcessIdentity of(long pid) {
        long ticks = startTicksOf(pid);
        if (ticks < 0) {
            throw new IllegalArgumentException("no process has pid " + pid);
        }
        return known(pid, ticks);
    }

    /** A process of our namespace of which the start time is known. */
    static ProcessIdentity known(long pid, long startTicks) {
        return new ProcessIdentity(pid, startTicks, BOOT_ID, NAMESPACE, HOST);
    }

    /**
     * Whether this very process still runs; a zombie has ended. Costs one file of {@code /proc}, or all of them for a
     * process of another pid namespace.
     */
    public Life life() {
        if (pid <= 0) {
            return Life.UNKNOWN;
        }
        if (!bootId.isEmpty() && !BOOT_ID.isEmpty() && !bootId.equals(BOOT_ID)) {
            // Another kernel: this machine before it was started anew, or another one that runs on.
            return !host.isEmpty() && !HOST.isEmpty() && !host.equals(HOST) ? Life.UNKNOWN : Life.ENDED;
        }
        if (FOREIGN_PROC) {
            return Life.UNKNOWN;
        }
        return elsewhere() ? lifeElsewhere() : lifeHere();
    }

    /** The pid by which this process can be signalled from here; empty unless it is alive. */
    OptionalLong reachablePid() {
        if (life() != Life.ALIVE) {
            return OptionalLong.empty();
        }
        return elsewhere()
                ? Proc.pids().stream()
                        .filter(here -> fit(here) == Life.ALIVE)
                        .mapToLong(Long::longValue)
                        .findFirst()
                : OptionalLong.of(pid);
    }

    private boolean elsewhere() {
        return pidNamespace != 0 && NAMESPACE != 0 && pidNamespace != NAMESPACE;
    }

    private Life lifeHere() {
        try {
            long now = startTicksOf(pid);
            if (now < 0) {
                return PROC && Proc.hidesProcesses() && !refuted() ? Life.UNKNOWN : Life.ENDED;
            }
            // Without a start time noted, a living pid may be somebody else by now: unknown, so that nothing is lost.
            return startTicks <= 0 ? Life.UNKNOWN : now == startTicks ? Life.ALIVE : Life.ENDED;
        } catch (IllegalStateException e) {
            return Life.UNKNOWN;
        }
    }

    // Whether it has surely ended though /proc hides other users' processes: what is seen there and does not run is a
    // zombie of ours, and a signal shows past /proc whether any process has the pid.
    private boolean refuted() {
        if (Files.isReadable(Proc.file(pid, "stat"))) {
            return true;
        }
        try {
            ProcessResult asked = Processes.run(
                    List.of("/bin/sh", "-c", "kill -s 0 \"$0\"", Long.toString(pid)),
                    Path.of("/"),
                    Map.of("LC_ALL", "C"),
                    new byte[0],
                    SHORT);
            return !asked.ok() && asked.err().contains("No such process");
        } catch (IOException | TimeoutException e) {
            return false;
        }
    }

    private Life lifeElsewhere() {
        boolean unsure = NAMESPACE != Proc.INITIAL_NAMESPACE || Proc.hidesProcesses();
        for (long here : Proc.pids()) {
            switch (fit(here)) {
                case ALIVE -> {
                    return Life.ALIVE;
                }
                case UNKNOWN -> unsure = true;
                case ENDED -> {
                    // Another process.
                }
            }
        }
        return unsure ? Life.UNKNOWN : Life.ENDED;
    }

    // Whether a process that we see under this pid is the one that its own namespace knows as ours.
    private Life fit(long here) {
        long namespace = Proc.pidNamespace(Long.toString(here));
        if (namespace == NAMESPACE) {
            return Life.ENDED;
        }
        List<Long> pids = Proc.nestedPids(here);
        if (pids.size() < 2 || !pids.subList(1, pids.size()).contains(pid)) {
            return Life.ENDED;
        }
        try {
            long ticks = Proc.startTicks(Long.toString(here));
            if (ticks < 0 || startTicks > 0 && ticks != startTicks) {
                return Life.ENDED;
            }
            // Another user's namespace has no name for us, and a namespace within that one counts on its own.
            return startTicks > 0 && namespace == pidNamespace && pids.getLast() == pid ? Life.ALIVE : Life.UNKNOWN;
        } catch (IllegalStateException e) {
            return Life.UNKNOWN;
        }
    }

    // -1: no such process, or a zombie.
    private static long startTicksOf(long pid) {
        return PROC
                ? Proc.startTicks(Long.toString(pid))
                : ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .map(handle -> handle.info()
                                .startInstant()
                                .map(Instant::toEpochMilli)
                                .orElse(0L))
                        .orElse(-1L);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    // A machine's id is not meant to be passed around as it is.
    private static String hash(String machineId) {
        if (machineId.isEmpty()) {
            return "";
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("corral:" + machineId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
