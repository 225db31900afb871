package dev.corral.core.ssh.exec;

import dev.corral.core.ssh.ShellQuoting;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;

/**
 * Gives the output of a command that has ended, and that its children hold, a reader in the guest that stays: when our channel
 * closes they would otherwise die of the next line they write. Only root can see which pipes are meant; where the login user is
 * not root and has no sudo, and for processes that left the command's session, it is as with ssh.
 */
final class LastingReader {
    private static final Logger LOG = Logger.getLogger(LastingReader.class.getName());
    /** An emulated guest whose processors are busy takes several seconds for the look around. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final AttributeRepository.AttributeKey<Semaphore> TURN = new AttributeRepository.AttributeKey<>();

    /**
     * Looks for pipes that this SSH server process reads and a process of this session holds. A pipe between two processes of
     * the session, or of another command, is never one of them. Shell built-ins only, since starting programs is dear in some guests.
     */
    private static final String ATTACH = """
            server=$1 session=$2 seen=
            PATH=/usr/sbin:/usr/bin:/sbin:/bin
            trap '' HUP
            for process in /proc/[0-9]*; do
                read -r line 2>/dev/null <"$process/stat" || continue
                set -- ${line##*) }
                [ "$4" = "$session" ] || continue
                for held in "$process"/fd/*; do
                    [ -p "$held" ] || continue
                    for end in /proc/"$server"/fd/*; do
                        [ "$end" -ef "$held" ] || continue
                        case " $seen " in *" $end "*) continue ;; esac
                        flags=
                        while read -r name value; do
                            [ "$name" != flags: ] || flags=$value
                        done <"/proc/$server/fdinfo/${end##*/}"
                        case $flags in *0) ;; *) continue ;; esac
                        seen="$seen $end"
                        exec 3<"$end" || continue
                        cat <&3 >/dev/null 2>&1 &
                        exec 3<&-
                    done
                done
            done
            """;

    private final ClientSession session;
    private final String loginUser;

    LastingReader(ClientSession session, String loginUser) {
        this.session = session;
        this.loginUser = loginUser;
    }

    /**
     * Tries. Returns when the readers are there.
     *
     * @param leader the process that was the command, whose id is that of the session
     */
    void attach(long leader) throws InterruptedException {
        // Several commands may end at once, and the server allows few channels more than the commands themselves use.
        Semaphore turn = session.computeAttributeIfAbsent(TURN, key -> new Semaphore(1));
        turn.acquire();
        try {
            run(leader);
        } finally {
            turn.release();
        }
    }

    private void run(long leader) {
        String run = "/bin/sh -c " + ShellQuoting.quote(ATTACH) + " sh $PPID " + leader;
        String text = loginUser.equals("root") ? "exec " + run : RemoteCommand.becomeSudo("-n " + run);
        try (ChannelExec channel = session.createExecChannel(text)) {
            channel.open().verify(LIMIT);
            channel.getInvertedIn().close();
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LIMIT);
        } catch (IOException e) {
            LOG.log(Level.INFO, "the output of session " + leader + " could not be given another reader", e);
        }
    }
}
