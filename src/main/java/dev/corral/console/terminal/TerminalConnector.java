package dev.corral.console.terminal;

import dev.corral.core.ssh.TerminalUse;
import java.io.InputStream;
import java.io.OutputStream;

/** The far side of a terminal: bytes both ways, a size, an end. Nothing of it is called on JavaFX's thread. */
public interface TerminalConnector extends AutoCloseable {
    /** What the terminal shows, in UTF-8; reading blocks and ends when the far side ends. */
    InputStream output();

    /** What is typed; writing may block, and what is written goes out when flushed. */
    OutputStream input();

    /** Tells the far side a new size, in character cells. */
    void resize(int columns, int rows);

    /** True until the far side ends. */
    boolean isConnected();

    /** Why the far side ended, a sentence for people; asked after {@link #output()} has ended. */
    String ending();

    /** What runs in the far side beside its shell; blocks for some seconds at most. */
    default TerminalUse use() {
        return TerminalUse.IDLE;
    }

    /** Ends the far side and frees a reader that waits. */
    @Override
    void close();

    /** Makes connectors; called on a virtual thread for the first connection and for each reconnect. */
    @FunctionalInterface
    interface Factory {
        /**
         * Makes a connector that is connected.
         *
         * @param columns the terminal's width in cells
         * @param rows    its height in cells
         * @throws Exception it did not work; an {@link dev.corral.core.base.ExpectedFailure} is shown with its next step
         */
        TerminalConnector connect(int columns, int rows) throws Exception;
    }
}
