package dev.corral.core.recording.export;

import dev.corral.core.recording.CastEvent;
import dev.corral.core.recording.CastHeader;
import dev.corral.core.recording.CastLines;
import dev.corral.core.recording.replay.Pauses;
import dev.corral.core.recording.replay.Recording;
import dev.corral.core.recording.replay.Reel;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/** A recording as one file of asciicast 2, its parts joined. */
public final class CastExport {
    private CastExport() {}

    /**
     * Writes it.
     *
     * @param pauses how its pauses are shortened
     * @throws IOException if it can not be read or written
     */
    public static void write(Recording recording, Pauses pauses, Writer out) throws IOException {
        try (Reel reel = recording.reel()) {
            CastHeader header = reel.header();
            out.write(new CastHeader(
                                    2,
                                    header.columns(),
                                    header.rows(),
                                    header.began(),
                                    header.title(),
                                    header.about().part(1, 0))
                            .line()
                    + "\n");
            StringBuilder line = new StringBuilder();
            for (Optional<CastEvent> event = reel.step(); event.isPresent(); event = reel.step()) {
                line.setLength(0);
                CastLines.append(line, event.get().at(pauses.toShort(event.get().micros())));
                out.append(line);
            }
        }
    }
}
