package dev.corral.console.terminal;

import dev.corral.core.ssh.ShellChannel;
import dev.corral.core.ssh.TerminalUse;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A shell in a machine as the far side of a terminal. */
public final class ShellConnector implements TerminalConnector {
    private static final int STATUS_WAIT_SECONDS = 2;

    private final ShellChannel shell;

    /** Takes the shell over: closing this closes it. */
    public ShellConnector(ShellChannel shell) {
        this.shell = shell;
    }

    @Override
    public InputStream output() {
        return shell.output();
    }

    @Override
    public OutputStream input() {
        return shell.input();
    }

    @Override
    public void resize(int columns, int rows) {
        shell.resize(columns, rows);
    }

    @Override
    public boolean isConnected() {
        return shell.isOpen();
    }

    @Override
    public String ending() {
        try {
            int status = shell.exitStatus().get(STATUS_WAIT_SECONDS, TimeUnit.SECONDS);
            if (status == ShellChannel.LOST) {
                return shell.lost().map(Throwable::getMessage).orElse("Disconnected.");
            }
            return status == 0 ? "The shell has ended." : "The shell has ended with exit code " + status + ".";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "Disconnected.";
        } catch (ExecutionException | TimeoutException e) {
            return "Disconnected.";
        }
    }

    @Override
    public TerminalUse use() {
        return shell.use();
    }

    @Override
    public void close() {
        shell.close();
    }
}
