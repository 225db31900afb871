package dev.corral.core.solve.golden;

import java.io.InputStream;
import java.io.OutputStream;

/** A terminal in a guest, as a {@link dev.corral.core.ssh.ShellChannel} is one. Reading and writing block. */
public interface GuestTerminal extends AutoCloseable {

    /** What it shows; ends when its shell ends or the machine is lost. */
    InputStream output();

    /** What is typed. */
    OutputStream input();

    /** Hangs up. */
    @Override
    void close();

    /** Opens terminals. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens one.
         *
         * @param machine the machine's name; empty means the primary one
         * @param command what is begun in it, for the login user's shell; it ends in a shell
         * @param columns its width in cells
         * @param rows    its height
         * @throws dev.corral.core.base.ExpectedFailure if the machine can't be reached
         * @throws InterruptedException                 if the thread is interrupted
         */
        GuestTerminal open(String machine, String command, int columns, int rows) throws InterruptedException;
    }
}
