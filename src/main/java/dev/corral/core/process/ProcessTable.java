package dev.corral.core.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processes of this machine at one moment, those of other users included where the system shows them. One walk of
 * {@code /proc} serves all who ask. Immutable.
 *
 * @param rows the processes, without kernel threads and zombies
 */
public record ProcessTable(List<Row> rows) {
    // The kernel tells times to programs in this unit whatever it counts in itself.
    private static final long TICKS_PER_SECOND = 100;
    // A young one may still be the shell that turns into the program.
    private static final Duration YOUNG = Duration.ofSeconds(10);

    /** Copies the list. */
    public ProcessTable {
        rows = List.copyOf(rows);
    }

    /**
     * One process. Its words are untrusted.
     *
     * @param process   the process
     * @param command   program and arguments, never empty
     * @param directory its working directory as a real path; empty if that can not be told: it is another user's
     * @param startedAt when it started, as exact as the clock was when the machine was; empty if it can not be told
     */
    public record Row(
            ProcessIdentity process, List<String> command, Optional<Path> directory, Optional<Instant> startedAt) {}

    /** Reads it: some milliseconds for a few hundred processes. */
    public static ProcessTable read() {
        return new ProcessTable(Proc.there() ? linux(Map.of()) : others());
    }

    /**
     * Reads only what is new since this table: a tenth of the work. A process that was not young any more is taken to be the
     * same one as long as its pid is in use, so decide nothing by it that can not be undone.
     *
     * @param readAt when this table was read
     * @return this very table when nothing began and nothing ended
     */
    @SuppressWarnings("ReferenceEquality") // A row that was taken over is the same object.
    public ProcessTable again(Instant readAt) {
        Map<Long, Row> settled = new HashMap<>();
        for (Row row : rows) {
            if (row.startedAt
                    .filter(started -> started.isBefore(readAt.minus(YOUNG)))
                    .isPresent()) {
                settled.put(row.process.pid(), row);
            }
        }
        List<Row> now = Proc.there() ? linux(settled) : others();
        boolean same = now.size() == rows.size() && now.stream().allMatch(row -> settled.get(row.process.pid()) == row);
        return same ? this : new ProcessTable(now);
    }

    private static List<Row> linux(Map<Long, Row> settled) {
        long boot = bootSeconds();
        List<Row> rows = new ArrayList<>();
        for (long pid : Proc.pids()) {
            Row known = settled.get(pid);
            if (known != null) {
                rows.add(known);
                continue;
            }
            List<String> command = Proc.command(pid);
            if (command.isEmpty()) {
                continue;
            }
            try {
                long ticks = Proc.startTicks(Long.toString(pid));
                if (ticks >= 0) {
                    rows.add(new Row(
                            ProcessIdentity.known(pid, ticks),
                            command,
                            directory(pid),
                            boot < 0
                                    ? Optional.empty()
                                    : Optional.of(
                                            Instant.ofEpochMilli(boot * 1000 + ticks * 1000 / TICKS_PER_SECOND))));
                }
            } catch (IllegalStateException e) {
                // Not told when it started, so that it can not be told from others either; its command was seen, which
                // is what counts.
                rows.add(new Row(ProcessIdentity.known(pid, 0), command, directory(pid), Optional.empty()));
            }
        }
        return rows;
    }

    private static Optional<Path> directory(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(Proc.file(pid, "cwd")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long bootSeconds() {
        try {
            return Files.readString(Path.of("/proc/stat"))
                    .lines()
                    .filter(line -> line.startsWith("btime "))
                    .map(line -> Long.parseLong(line.substring(6).strip()))
                    .findFirst()
                    .orElse(-1L);
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }

    private static List<Row> others() {
        List<Row> rows = new ArrayList<>();
        ProcessHandle.allProcesses().forEach(handle -> {
            ProcessHandle.Info info = handle.info();
            List<String> command = new ArrayList<>();
            info.command().ifPresent(command::add);
            info.arguments().ifPresent(arguments -> command.addAll(List.of(arguments)));
            if (!command.isEmpty()) {
                rows.add(new Row(
                        ProcessIdentity.known(
                                handle.pid(),
                                info.startInstant().map(Instant::toEpochMilli).orElse(0L)),
                        command,
                        Optional.empty(),
                        info.startInstant()));
            }
        });
        return rows;
    }

    /**
     * A variable of a process's environment as it was started with; empty if it has none or it can not be read.
     */
    public static Optional<String> variable(ProcessIdentity process, String name) {
        try {
            for (String pair : new String(
                            Files.readAllBytes(Proc.file(process.pid(), "environ")), StandardCharsets.UTF_8)
                    .split("\0")) {
                if (pair.startsWith(name + "=")) {
                    return Optional.of(pair.substring(name.length() + 1)).filter(value -> !value.isEmpty());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
