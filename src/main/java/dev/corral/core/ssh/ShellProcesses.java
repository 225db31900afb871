package dev.corral.core.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;

/**
 * The shells that the guest's sshd has started for one session, seen through a channel beside theirs: all of them are children
 * of the process that is this channel's parent as well. Needs Linux's {@code /proc} in the guest; elsewhere nothing is known.
 * All methods block for at most {@link #LIMIT}.
 */
final class ShellProcesses {
    /** How long the guest may take to answer. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(ShellProcesses.class.getName());
    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern SHELL =
            Pattern.compile("(?m)^S ([0-9]{1,18}) ([0-9]{1,18}) (-?[0-9]+) (-|[0-9]{1,18})$");
    private static final Pattern STOPPED = Pattern.compile("(?m)^T ([0-9]{1,18}) (.+)$");
    /**
     * One line for each child of sshd that leads a session: its process, whether it has a terminal, the foreground group if
     * that is not its own, and the name of the program that leads that group or, with nothing in the foreground, of one that is
     * stopped. Only what every shell has built in: a start of a program takes long on an emulated guest.
     */
    private static final String LOOK = """
            export LC_ALL=C; [ -r /proc/self/stat ] || exit 9
            parent=$PPID; all=; for f in /proc/[0-9]*/stat; do
            { IFS= read -r line <"$f"; } 2>/dev/null || continue
            pid=${line%% *}; name=${line#*\\(}; name=${name%\\)*}; set -- ${line##*\\) }
            if [ "$2" = "$parent" ] && [ "$4" = "$pid" ] && [ "$pid" != $$ ]; then
            free=-; [ "$6" = "$3" ] || [ "$6" -le 0 ] || free=$6
            case ${20} in *[!0-9]*) continue;; esac
            echo "S $pid ${20} $5 $free"; fi
            case $1 in T) echo "T $4 $name";; esac
            done; echo done""";

    private final ClientSession session;

    ShellProcesses(ClientSession session) {
        this.session = session;
    }

    /**
     * A shell.
     *
     * @param pid        its process
     * @param begun      when it began, in the guest's clock ticks since boot; tells it from a later process of the same number
     * @param onTerminal whether it still has its terminal
     * @param foreground the process group that has the terminal, unless that is the shell's own
     * @param stopped    a program of it that is stopped; empty if none is
     */
    record Shell(long pid, long begun, boolean onTerminal, Optional<Long> foreground, String stopped) {
        boolean same(Shell other) {
            return pid == other.pid && begun == other.begun;
        }
    }

    /** The shells now; empty when the guest does not tell. */
    Optional<List<Shell>> look() {
        Optional<String> answer = run(LOOK);
        if (answer.isEmpty() || !answer.get().endsWith("done\n")) {
            return Optional.empty();
        }
        Map<String, String> stopped = new HashMap<>();
        STOPPED.matcher(answer.get()).results().forEach(found -> stopped.putIfAbsent(found.group(1), found.group(2)));
        List<Shell> shells = SHELL.matcher(answer.get())
                .results()
                .map(found -> new Shell(
                        Long.parseLong(found.group(1)),
                        Long.parseLong(found.group(2)),
                        !found.group(3).equals("0"),
                        Optional.of(found.group(4))
                                .filter(group -> !group.equals("-"))
                                .map(Long::valueOf),
                        stopped.getOrDefault(found.group(1), "")))
                .toList();
        return Optional.of(shells);
    }

    /** What runs in the terminal of these shells, which are one unless several share the session. */
    TerminalUse use(List<Shell> shells) {
        for (Shell shell : shells) {
            if (shell.foreground().isPresent()) {
                String name = run("read -r name </proc/" + shell.foreground().get() + "/comm && echo \"$name\"")
                        .orElse("")
                        .strip();
                return new TerminalUse(TerminalUse.Kind.BUSY, name);
            }
            if (!shell.stopped().isEmpty()) {
                return new TerminalUse(TerminalUse.Kind.BUSY, shell.stopped());
            }
        }
        return TerminalUse.IDLE;
    }

    /** Sends a signal to these shells and their own process groups; what they run elsewhere may have a reason to live on. */
    void signal(String name, List<Shell> shells) {
        String pids = shells.stream()
                .map(shell -> "-" + shell.pid() + " " + shell.pid())
                .collect(Collectors.joining(" "));
        run("kill -s " + name + " -- " + pids + " 2>/dev/null");
    }

    private Optional<String> run(String script) {
        BoundedBuffer output = new BoundedBuffer(MOST_BYTES);
        try (ChannelExec channel = session.createExecChannel("exec /bin/sh -c " + ShellQuoting.quote(script))) {
            channel.setOut(output);
            channel.open().verify(LIMIT);
            channel.getInvertedIn().close();
            boolean closed = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LIMIT)
                    .contains(ClientChannelEvent.CLOSED);
            return closed ? Optional.of(new String(output.bytes(), StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.FINE, "the guest could not be asked about its shells", e);
            return Optional.empty();
        }
    }
}
