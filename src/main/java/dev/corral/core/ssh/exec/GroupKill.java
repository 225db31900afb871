package dev.corral.core.ssh.exec;

import dev.corral.core.ssh.ShellQuoting;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;

/** Signals a process group of the guest, and the other groups of its session, over a channel beside the command's. */
final class GroupKill {
    private static final Logger LOG = Logger.getLogger(GroupKill.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ClientSession session;
    private final Optional<String> user;

    GroupKill(ClientSession session, Optional<String> user) {
        this.session = session;
        this.user = user;
    }

    /** Tries; whether it worked is seen by the command's channel closing. */
    void send(String signal, long leader) {
        try (ChannelExec channel = session.createExecChannel(text(signal, leader))) {
            channel.open().verify(LIMIT);
            channel.getInvertedIn().close();
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LIMIT);
        } catch (IOException e) {
            LOG.log(Level.INFO, "signal " + signal + " could not be sent to process group " + leader, e);
        }
    }

    private String text(String signal, long leader) {
        String kill = "{ kill -s " + signal + " -- -" + leader + "; command -v pkill >/dev/null && pkill -" + signal
                + " -s " + leader + "; } >/dev/null 2>&1";
        if (user.isEmpty()) {
            return kill;
        }
        String quoted = ShellQuoting.quote(kill);
        return kill + "; (" + RemoteCommand.becomeSudo("-n /bin/sh -c " + quoted) + ") || ("
                + RemoteCommand.becomeSudo("-n -u " + RemoteCommand.sudoUser(user.get()) + " -- /bin/sh -c " + quoted)
                + ")";
    }
}
