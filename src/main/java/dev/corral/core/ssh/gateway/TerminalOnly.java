package dev.corral.core.ssh.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;

/** A channel in which a terminal with a shell can be asked for, once, and its size be changed; everything else is refused. */
final class TerminalOnly extends ChannelSession {
    private static final int MOST_COLUMNS = 1000;
    private static final int MOST_ROWS = 500;
    // Who has no terminal, as a script, says 0.
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    private boolean terminal;
    private boolean shell;

    private TerminalOnly() {
        super(List.of());
    }

    /** Makes them. */
    static ChannelSessionFactory factory() {
        return new ChannelSessionFactory() {
            @Override
            public Channel createChannel(Session session) {
                return new TerminalOnly();
            }
        };
    }

    @Override
    protected Result handlePtyReqParsed(
            String type, int columns, int rows, int width, int height, Map<PtyMode, Integer> modes) throws IOException {
        if (terminal) {
            return Result.ReplyFailure;
        }
        terminal = true;
        return super.handlePtyReqParsed(type, columns(columns), rows(rows), 0, 0, Map.of());
    }

    @Override
    protected Result handleWindowChangeParsed(int columns, int rows, int width, int height) throws IOException {
        return super.handleWindowChangeParsed(columns(columns), rows(rows), 0, 0);
    }

    private static int columns(int columns) {
        return columns == 0 ? USUAL_COLUMNS : Math.clamp(columns, 1, MOST_COLUMNS);
    }

    private static int rows(int rows) {
        return rows == 0 ? USUAL_ROWS : Math.clamp(rows, 1, MOST_ROWS);
    }

    @Override
    protected Result handleShell(String request, Buffer buffer, boolean wantReply) throws IOException {
        if (!terminal || shell) {
            return Result.ReplyFailure;
        }
        shell = true;
        return super.handleShell(request, buffer, wantReply);
    }

    @Override
    protected Result handleEnv(Buffer buffer, boolean wantReply) {
        return Result.ReplyFailure;
    }

    @Override
    protected Result handleExec(String request, Buffer buffer, boolean wantReply) {
        return Result.ReplyFailure;
    }

    @Override
    protected Result handleSubsystem(String request, Buffer buffer, boolean wantReply) {
        return Result.ReplyFailure;
    }

    @Override
    protected Result handleSignal(Buffer buffer, boolean wantReply) {
        return Result.ReplyFailure;
    }

    @Override
    protected Result handleBreak(Buffer buffer, boolean wantReply) {
        return Result.ReplyFailure;
    }

    @Override
    protected Result handleAgentForwarding(String request, Buffer buffer, boolean wantReply) {
        return Result.ReplyFailure;
    }

    @Override
    protected Result handleX11Forwarding(String request, Buffer buffer, boolean wantReply) {
        return Result.ReplyFailure;
    }
}
