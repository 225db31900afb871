package dev.corral.core.solve.handover;

import dev.corral.core.recording.Recorded;
import dev.corral.core.ssh.ShellChannel;
import dev.corral.core.ssh.gateway.Terminal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A shell in the machine, with everything that is shown and typed recorded; the one that only tries the way is not. */
final class HandedTerminal implements Terminal {
    private final ShellChannel shell;
    private final Optional<Recorded> recorded;
    private final AtomicLong room;
    private final Runnable left;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param room how many bytes may be shown still, in all terminals of the same grant
     * @param left called once, when it is over
     */
    HandedTerminal(ShellChannel shell, Optional<Recorded> recorded, AtomicLong room, Runnable left) {
        this.shell = shell;
        this.recorded = recorded;
        this.room = room;
        this.left = left;
    }

    @Override
    public InputStream output() {
        InputStream shown =
                recorded.map(recording -> recording.output(shell.output())).orElseGet(shell::output);
        return new FilterInputStream(shown) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count > 0 && room.addAndGet(-count) < 0) {
                    throw new IOException("more was shown than is recorded");
                }
                return count;
            }
        };
    }

    @Override
    public OutputStream input() {
        return recorded.map(recording -> recording.input(shell.input())).orElseGet(shell::input);
    }

    @Override
    public void resize(int columns, int rows) {
        shell.resize(columns, rows);
        recorded.ifPresent(recording -> recording.writer().resize(columns, rows));
    }

    @Override
    public void told(byte[] shown) {
        recorded.ifPresent(recording -> recording.writer().output(shown, 0, shown.length));
    }

    @Override
    public CompletableFuture<Integer> exitStatus() {
        return shell.exitStatus();
    }

    @Override
    public void close() {
        shell.close();
        if (closed.compareAndSet(false, true)) {
            recorded.ifPresent(Recorded::close);
            left.run();
        }
    }
}
