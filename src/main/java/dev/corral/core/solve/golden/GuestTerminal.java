package dev.corral.core.solve.golden;

import dev.corral.core.base.ExpectedFailure;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** A terminal in a guest, as a {@link dev.corral.core.ssh.ShellChannel} is one. Reading and writing block. */
public interface GuestTerminal extends AutoCloseable {

    /** What it shows; ends when its shell ends or the machine is lost. */
    InputStream output();

    /** What is typed. */
    OutputStream input();

    /**
     * Why the machine can't be worked in any more; empty if it can, so that an end is the shell's own. Looks, which may take half a
     * minute.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<ExpectedFailure> lost() throws InterruptedException;

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
