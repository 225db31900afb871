package dev.corral.console.terminal.output;

import com.techsenger.jeditermfx.core.TerminalStarter;
import dev.corral.console.fx.FxThread;
import dev.corral.console.terminal.ConnectorTty;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One far side's output on its way to the screen, on a thread of its own until it ends. */
public final class Emulation {
    private static final Logger LOG = Logger.getLogger(Emulation.class.getName());

    private final TerminalStarter starter;
    private final ConnectorTty tty;

    public Emulation(TerminalStarter starter, ConnectorTty tty) {
        this.starter = starter;
        this.tty = tty;
    }

    /**
     * Starts the emulator on a thread of its own.
     *
     * @param ended told on JavaFX's thread when the far side has ended, or the emulator could not go on
     */
    public void start(Runnable ended) {
        Thread.ofPlatform().daemon().name("terminal-emulator").start(() -> {
            try {
                boolean more = true;
                while (more) {
                    more = emulate();
                }
            } finally {
                FxThread.run(ended);
                tty.close();
            }
        });
    }

    /** True when there is more to come. */
    private boolean emulate() {
        try {
            starter.start();
            return false;
        } catch (RuntimeException e) {
            // The emulator stumbled over a sequence; what follows in the stream is still good.
            LOG.log(Level.FINE, "a sequence was not understood", e);
            return tty.isConnected();
        }
    }
}
