package dev.corral.console.terminal;

import com.techsenger.jeditermfx.core.TtyConnector;
import com.techsenger.jeditermfx.core.model.TerminalTextBuffer;
import com.techsenger.jeditermfx.core.util.TermSize;
import dev.corral.console.terminal.output.SequenceFilter;
import dev.corral.console.terminal.output.SequenceRules;
import dev.corral.core.ssh.TerminalUse;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A connector as the emulator wants it: characters instead of bytes, without what could harm it, and a last
 * line of our own when the far side has ended.
 */
public final class ConnectorTty implements TtyConnector {
    private static final Logger LOG = Logger.getLogger(ConnectorTty.class.getName());
    private static final String LEAVE_FULL_SCREEN = "\u001b[?1049l";
    /** Mouse reporting, bracketed paste, application keys, scroll region and colours as a fresh shell expects them. */
    private static final String USUAL_MODES =
            "\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1006l\u001b[?2004l\u001b[?1l\u001b>"
                    + "\u001b7\u001b[r\u001b8\u001b[0m\u001b[?25h";

    private final TerminalConnector connector;
    private final Reader reader;
    private final TerminalTextBuffer screen;
    private final SequenceFilter filter;
    private final StringBuilder ready = new StringBuilder();
    private boolean ended;
    private volatile String ending = "Disconnected.";
    private volatile boolean closed;

    /** @param screen what the emulator draws on */
    ConnectorTty(TerminalConnector connector, TerminalTextBuffer screen) {
        this.connector = connector;
        this.reader = new InputStreamReader(connector.output(), StandardCharsets.UTF_8);
        this.screen = screen;
        this.filter = new SequenceFilter(new SequenceRules(screen::getWidth, screen::getHeight));
    }

    /** Why the far side ended; known once the emulator has read to the end. */
    String ending() {
        return ending;
    }

    /** What runs in the far side; blocks for some seconds at most. */
    TerminalUse use() {
        return connector.use();
    }

    @Override
    public int read(char[] buffer, int offset, int length) {
        while (ready.isEmpty()) {
            if (ended) {
                return -1;
            }
            int count = readMore(buffer, offset, length);
            if (count < 0) {
                ended = true;
                ready.append(lastWords());
            } else {
                ready.append(filter.filter(buffer, offset, count));
            }
        }
        int count = Math.min(length, ready.length());
        ready.getChars(0, count, buffer, offset);
        ready.delete(0, count);
        return count;
    }

    private int readMore(char[] buffer, int offset, int length) {
        try {
            return reader.read(buffer, offset, length);
        } catch (IOException e) {
            LOG.log(Level.FINE, "the terminal's far side broke off", e);
            return -1;
        }
    }

    private String lastWords() {
        if (closed) {
            return "";
        }
        ending = connector.ending();
        return (screen.isUsingAlternateBuffer() ? LEAVE_FULL_SCREEN : "") + USUAL_MODES + "\r\n\u001b[2m" + ending
                + "\u001b[0m\r\n";
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        connector.input().write(bytes);
        connector.input().flush();
    }

    @Override
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean isConnected() {
        return connector.isConnected();
    }

    @Override
    public void resize(TermSize size) {
        connector.resize(size.getColumns(), size.getRows());
    }

    @Override
    public int waitFor() {
        return 0;
    }

    @Override
    public boolean ready() {
        return !ready.isEmpty();
    }

    @Override
    public String getName() {
        return "terminal";
    }

    @Override
    public void close() {
        closed = true;
        connector.close();
    }
}
