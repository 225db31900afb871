package dev.corral.core.vagrant;

import dev.corral.core.base.PlainText;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Who keeps every other Vagrant away from a machine.
 *
 * @param pid       the process
 * @param command   what it runs, for people; empty if that can't be told
 * @param startedAt since when it runs; empty if that can't be told
 * @param process   tells it from a later one with that pid; empty if that can't be told
 */
public record LockHolder(long pid, String command, Optional<Instant> startedAt, Optional<ProcessIdentity> process) {
    private static final int LONGEST = 120;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    /**
     * Looks who holds the lock of one of these machines; empty if nobody does any more, or that can't be told.
     *
     * @param project  the sandbox's directory
     * @param homes    the Vagrant homes that may be used with it
     * @param machines the machines' names
     */
    public static Optional<LockHolder> of(Path project, Collection<Path> homes, Collection<String> machines) {
        ProcessTable table = ProcessTable.read();
        VagrantActivity activity = VagrantActivity.look(table);
        return machines.stream()
                .map(machine -> activity.holder(project, homes, machine))
                .flatMap(Optional::stream)
                .filter(pid -> pid > 0)
                .findFirst()
                .map(pid -> of(pid, table));
    }

    private static LockHolder of(long pid, ProcessTable table) {
        Optional<ProcessTable.Row> row =
                table.rows().stream().filter(one -> one.process().pid() == pid).findFirst();
        return new LockHolder(
                pid,
                row.map(one -> command(one.command())).orElse(""),
                row.flatMap(ProcessTable.Row::startedAt),
                row.map(ProcessTable.Row::process));
    }

    /** Whether it is a process of the user who runs this one; not where that can't be told. */
    public boolean ours() {
        Optional<String> user =
                ProcessHandle.of(pid).flatMap(handle -> handle.info().user());
        return user.isPresent() && user.equals(ProcessHandle.current().info().user());
    }

    // Which Ruby runs it is nobody's question.
    private static String command(List<String> words) {
        int vagrant = 0;
        while (vagrant < words.size() && !words.get(vagrant).endsWith("vagrant")) {
            vagrant++;
        }
        List<String> shown = vagrant < words.size() ? words.subList(vagrant + 1, words.size()) : words;
        if (!shown.isEmpty() && shown.getFirst().equals(VagrantProcesses.ASKING)) {
            shown = shown.subList(1, shown.size());
        }
        return PlainText.line((vagrant < words.size() ? "vagrant " : "") + String.join(" ", shown), LONGEST);
    }

    /**
     * Sends it INT, as Ctrl-C would, if it is known and still the same process.
     *
     * @throws IOException if the signal can not be sent
     */
    public void interrupt() throws IOException {
        if (process.isPresent()) {
            Processes.interrupt(process.get());
        }
    }

    /** For people: {@code process 4711 (vagrant up --machine-readable), since 14:02:11}. */
    public String words() {
        return "process " + pid + (command.isBlank() ? "" : " (" + command.strip() + ")")
                + startedAt.map(since -> ", since " + TIME.format(since)).orElse("");
    }
}
