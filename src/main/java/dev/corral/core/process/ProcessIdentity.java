package dev.corral.core.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * A process that can be told from a later one with the same pid.
 *
 * @param pid        process id
 * @param startTicks start time: clock ticks since boot where there is {@code /proc}, else milliseconds since the epoch
 * @param bootId     the kernel's boot id, empty where there is none
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {
    private static final Path PROC = Path.of("/proc");
    private static final String BOOT_ID = readBootId();

    /** Turns an absent boot id into an empty one. */
    public ProcessIdentity {
        bootId = Objects.requireNonNullElse(bootId, "");
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
        return of(ProcessHandle.current().pid());
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
        return new ProcessIdentity(pid, ticks, BOOT_ID);
    }

    /** Whether this very process still runs; a zombie has ended. */
    public Life life() {
        if (pid <= 0) {
            return Life.UNKNOWN;
        }
        if (!bootId.isEmpty() && !BOOT_ID.isEmpty() && !bootId.equals(BOOT_ID)) {
            return Life.ENDED;
        }
        try {
            long now = startTicksOf(pid);
            // Without a start time noted, a living pid may be somebody else by now: unknown, so that nothing is lost.
            return now < 0 ? Life.ENDED : startTicks <= 0 ? Life.UNKNOWN : now == startTicks ? Life.ALIVE : Life.ENDED;
        } catch (IllegalStateException e) {
            return Life.UNKNOWN;
        }
    }

    // -1: no such process, or a zombie.
    private static long startTicksOf(long pid) {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive)
                    .map(handle -> handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L)).orElse(-1L);
        }
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            // The second field is the program's name in parentheses and may hold anything, so count from its end.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") || fields[0].equals("X") ? -1 : Long.parseLong(fields[19]);
        } catch (NoSuchFileException e) {
            return -1;
        } catch (IOException e) {
            // The kernel answers ESRCH when a process ends while its file is read.
            if (!Files.exists(PROC.resolve(Long.toString(pid)))) {
                return -1;
            }
            throw new IllegalStateException("can't read the start time of process " + pid, e);
        }
    }

    private static String readBootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
