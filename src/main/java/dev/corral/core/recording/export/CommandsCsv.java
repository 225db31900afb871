package dev.corral.core.recording.export;

import dev.corral.core.base.Csv;
import dev.corral.core.recording.replay.Mark;
import dev.corral.core.recording.replay.Recording;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was entered, noted and scored in a recording, as a table for other programs: RFC 4180 with a header. */
public final class CommandsCsv {
    private CommandsCsv() {}

    /**
     * Writes it, once all of the recording is read.
     *
     * @throws IOException if it can not be read or written
     */
    public static void write(Recording recording, Writer out) throws IOException {
        recording.length();
        out.write("seconds,at,kind,text\r\n");
        Optional<Instant> began = recording.header().began();
        List<Mark> marks = recording.marks();
        for (Mark mark : marks) {
            out.write(String.format(Locale.ROOT, "%.3f,", mark.micros() / 1e6));
            out.write(began.map(time -> time.plusNanos(mark.micros() * 1000).toString())
                    .orElse(""));
            out.write("," + mark.kind().name().toLowerCase(Locale.ROOT) + "," + Csv.text(mark.text()) + "\r\n");
        }
    }
}
