package dev.corral.core.solve.golden;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** A terminal of this computer: util-linux's script gives a shell one. */
final class LocalTerminal implements GuestTerminal {
    private final Process process;
    private final Optional<ExpectedFailure> lost;

    /** @param lost why it is to seem lost */
    LocalTerminal(String command, int columns, int rows, String home, Optional<ExpectedFailure> lost)
            throws IOException {
        this.lost = lost;
        ProcessBuilder builder = new ProcessBuilder(
                "script", "-q", "-c", "stty cols " + columns + " rows " + rows + "; " + command, "/dev/null");
        builder.environment().put("HOME", home);
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectErrorStream(true);
        process = builder.start();
    }

    @Override
    public InputStream output() {
        return process.getInputStream();
    }

    @Override
    public OutputStream input() {
        return process.getOutputStream();
    }

    @Override
    public Optional<ExpectedFailure> lost() {
        return lost;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
