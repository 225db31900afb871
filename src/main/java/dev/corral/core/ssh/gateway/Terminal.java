package dev.corral.core.ssh.gateway;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** What somebody gets who comes in. Reading and writing block, so both belong on threads of their own. */
public interface Terminal extends AutoCloseable {
    /** What it shows; ends when its shell does. */
    InputStream output();

    /** What is typed. */
    OutputStream input();

    /** It has another size, in cells. */
    void resize(int columns, int rows);

    /** The gateway itself showed this. */
    void told(byte[] shown);

    /** Completed with the shell's exit code; negative when it was lost. */
    CompletableFuture<Integer> exitStatus();

    /** Ends its shell. May be called twice. */
    @Override
    void close();
}
