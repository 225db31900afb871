package dev.corral.core.solve.attempts;

import dev.corral.core.base.Csv;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Attempts as a table for other programs. Pure. */
public final class AttemptsCsv {
    private AttemptsCsv() {}

    /** All of them, a line each below a line with the names of the columns. */
    public static String of(List<Attempt> attempts) {
        StringBuilder lines = new StringBuilder(Csv.line(List.of(
                "kind",
                "who",
                "task",
                "sample",
                "epoch",
                "status",
                "scores",
                "right",
                "wall_seconds",
                "active_seconds",
                "adjusted_seconds",
                "total_seconds",
                "working_seconds",
                "commands",
                "messages",
                "session",
                "log",
                "at",
                "ended")));
        for (Attempt one : attempts) {
            lines.append(Csv.line(List.of(
                    one.kind().word(),
                    one.who(),
                    one.task(),
                    one.sample(),
                    Integer.toString(one.epoch()),
                    one.status(),
                    scores(one),
                    one.right().map(AttemptsCsv::number).orElse(""),
                    one.times().wall().map(AttemptsCsv::number).orElse(""),
                    one.times().active().map(AttemptsCsv::number).orElse(""),
                    one.times().adjusted().map(AttemptsCsv::number).orElse(""),
                    one.times().total().map(AttemptsCsv::number).orElse(""),
                    one.times().working().map(AttemptsCsv::number).orElse(""),
                    one.commands().map(Object::toString).orElse(""),
                    one.messages().map(Object::toString).orElse(""),
                    one.session(),
                    one.log(),
                    one.at(),
                    one.ended())));
        }
        return lines.toString();
    }

    /** The scores in the order of the scorers' names: {@code includes=C, match=I}. Untrusted text. */
    public static String scores(Attempt one) {
        return new TreeMap<>(one.scores())
                .entrySet().stream()
                        .map(score -> score.getKey() + "=" + score.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** A number with at most three decimals and no more zeros than it needs. */
    public static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
    }
}
