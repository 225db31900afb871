package dev.corral.console.dock.tabs;

import dev.corral.console.terminal.TerminalConnector;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.recording.Recorded;
import dev.corral.core.recording.Recordings;
import dev.corral.core.ssh.TerminalUse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The far side of a terminal that is recorded; its first line says so. */
final class RecordedConnector implements TerminalConnector {
    private static final Logger LOG = Logger.getLogger(RecordedConnector.class.getName());

    private final TerminalConnector connector;
    private final Recorded recorded;
    private final InputStream output;
    private final OutputStream input;

    private RecordedConnector(TerminalConnector connector, Recorded recorded) {
        this.connector = connector;
        this.recorded = recorded;
        this.output = new SequenceInputStream(said(recorded.sentence()), recorded.output(connector.output()));
        this.input = recorded.input(connector.input());
    }

    /** The same far side, recorded if it is to be. Blocks for a moment. */
    static TerminalConnector of(Recordings recordings, Recordings.Terminal terminal, TerminalConnector connector) {
        boolean taken = false;
        try {
            Optional<Recorded> recorded = recordings.begin(terminal, Recordings.Wish.NOTHING);
            TerminalConnector made = recorded.isEmpty() ? connector : new RecordedConnector(connector, recorded.get());
            taken = true;
            return made;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a terminal of " + terminal.sandbox() + " should be recorded and is not", e);
            taken = true;
            return new Told(connector, "This terminal should be recorded, but can't be: " + e.getMessage());
        } catch (ExpectedFailure e) {
            if (e.kind() != ExpectedFailure.Kind.NOT_FOUND) {
                throw e;
            }
            // What has no directory here any more has no place for recordings.
            taken = true;
            return connector;
        } finally {
            if (!taken) {
                connector.close();
            }
        }
    }

    private static InputStream said(String sentence) {
        return new ByteArrayInputStream(("\u001b[2m" + sentence + "\u001b[0m\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public InputStream output() {
        return output;
    }

    @Override
    public OutputStream input() {
        return input;
    }

    @Override
    public void resize(int columns, int rows) {
        recorded.writer().resize(columns, rows);
        connector.resize(columns, rows);
    }

    @Override
    public boolean isConnected() {
        return connector.isConnected();
    }

    @Override
    public String ending() {
        // The far side has ended: what it showed last is to be on disk even if the tab stays open.
        recorded.close();
        return connector.ending();
    }

    @Override
    public TerminalUse use() {
        return connector.use();
    }

    @Override
    public void close() {
        recorded.close();
        connector.close();
    }

    /** A far side with a sentence before what it shows. */
    private record Told(TerminalConnector connector, InputStream output) implements TerminalConnector {
        Told(TerminalConnector connector, String sentence) {
            this(connector, new SequenceInputStream(said(sentence), connector.output()));
        }

        @Override
        public OutputStream input() {
            return connector.input();
        }

        @Override
        public void resize(int columns, int rows) {
            connector.resize(columns, rows);
        }

        @Override
        public boolean isConnected() {
            return connector.isConnected();
        }

        @Override
        public String ending() {
            return connector.ending();
        }

        @Override
        public TerminalUse use() {
            return connector.use();
        }

        @Override
        public void close() {
            connector.close();
        }
    }
}
