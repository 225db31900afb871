package dev.corral.console.solve.rating;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.inspect.log.LogRow;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A log that may be rated, told without who solved it. Pure.
 *
 * @param log     the log
 * @param words   what it is of
 * @param problem why it can't be rated; empty if it can
 */
record LogChoice(Path log, String words, Optional<String> problem) {

    /** The one that is read off a log. Logs of golden runs are replays of what is rated already. */
    static LogChoice of(LogRow row) {
        Path log = Path.of(row.log());
        long ended = row.samples().stream()
                .filter(sample -> sample.error().isEmpty())
                .count();
        Optional<String> problem;
        if (!row.problem().isEmpty()) {
            problem = Optional.of(row.problem());
        } else if (row.status().equals("started")) {
            problem = Optional.of("its run has not ended");
        } else if (row.golden()) {
            problem = Optional.of("it is the check of a golden run");
        } else if (row.cut()) {
            problem = Optional.of("it has too many samples");
        } else {
            problem = ended == 0 ? Optional.of("no sample came to an end") : Optional.empty();
        }
        String when =
                row.created().length() >= 16 ? row.created().substring(0, 16).replace('T', ' ') + "  " : "";
        String what = row.task().isEmpty()
                ? Objects.toString(log.getFileName(), row.log())
                : row.task() + ", " + Formats.count(ended, "sample", "samples");
        return new LogChoice(log, Texts.line(when + what), problem.map(Texts::line));
    }
}
