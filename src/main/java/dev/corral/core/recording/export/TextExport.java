package dev.corral.core.recording.export;

import dev.corral.core.base.PlainText;
import dev.corral.core.recording.replay.Recording;
import dev.corral.core.recording.replay.Reel;
import dev.corral.core.recording.screen.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/**
 * All that a recording showed, as text: the lines that scrolled out or were cleared, then the screen at its end. Lines that a full-screen
 * program drew are its own and are left out; where one ran is said.
 */
public final class TextExport {
    private final Writer out;
    private final boolean times;
    private boolean joined;
    private long alternateSince = -1;

    private TextExport(Writer out, boolean times) {
        this.out = out;
        this.times = times;
    }

    /**
     * Writes it.
     *
     * @param times whether each line begins with when it came
     * @throws IOException if it can not be read or written
     */
    public static void write(Recording recording, boolean times, Writer out) throws IOException {
        TextExport export = new TextExport(out, times);
        try (Reel reel = recording.reel()) {
            reel.screen().whenScrolledOut(export::line);
            while (reel.step().isPresent()) {
                export.alternate(reel.screen().alternate(), reel.micros());
            }
            export.alternate(false, reel.micros());
            export.rest(reel);
            if (export.joined) {
                out.write('\n');
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void alternate(boolean now, long micros) throws IOException {
        if (now && alternateSince < 0) {
            alternateSince = micros;
        } else if (!now && alternateSince >= 0) {
            out.write("[a full-screen program ran from " + Times.clock(alternateSince) + " to " + Times.clock(micros)
                    + "]\n");
            alternateSince = -1;
        }
    }

    private void rest(Reel reel) {
        int used = reel.screen().text().size();
        for (int y = 0; y < used && !reel.screen().alternate(); y++) {
            line(reel.screen().row(y));
        }
    }

    // What goes on in the next line is one line here.
    private void line(Row row) {
        try {
            if (times && !joined) {
                out.write(row.at() < 0 ? "           " : "[" + Times.clock(row.at()) + "]  ");
            }
            out.write(PlainText.of(row.text()));
            joined = row.wrapped();
            if (!joined) {
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
