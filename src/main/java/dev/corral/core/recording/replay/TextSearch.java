package dev.corral.core.recording.replay;

import dev.corral.core.recording.screen.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Finds when a text came onto the screen of a recording. */
public final class TextSearch {
    /** Hits that are found; a text that is everywhere is found so often. */
    public static final int MOST = 1000;

    private final String wanted;
    private final boolean ignoreCase;
    private final List<Hit> hits = new ArrayList<>();

    /**
     * A line that has the text.
     *
     * @param micros when it came to have it, in microseconds
     * @param line   the line as it was then
     */
    public record Hit(long micros, String line) {}

    private TextSearch(String wanted, boolean ignoreCase) {
        this.wanted = ignoreCase ? wanted.toLowerCase(Locale.ROOT) : wanted;
        this.ignoreCase = ignoreCase;
    }

    /**
     * Looks through all of a recording. Blocks, some tenths of a second for an hour of usual work.
     *
     * @param stop asked now and then whether nobody wants to know any more
     * @throws IOException if the file can not be read
     */
    public static List<Hit> find(Recording recording, String text, boolean ignoreCase, BooleanSupplier stop)
            throws IOException {
        TextSearch search = new TextSearch(text, ignoreCase);
        if (text.isEmpty()) {
            return search.hits;
        }
        try (Reel reel = recording.reel()) {
            reel.screen().whenScrolledOut(row -> {
                if (row.changed()) {
                    search.look(row, reel.micros());
                }
            });
            while (search.hits.size() < MOST
                    && !stop.getAsBoolean()
                    && reel.step().isPresent()) {
                for (Row row : reel.screen().changed()) {
                    search.look(row, reel.micros());
                }
            }
        }
        return search.hits;
    }

    private void look(Row row, long micros) {
        String line = row.text();
        boolean has = (ignoreCase ? line.toLowerCase(Locale.ROOT) : line).contains(wanted);
        if (has && !row.noted() && hits.size() < MOST) {
            hits.add(new Hit(micros, line.strip()));
        }
        row.note(has);
    }
}
