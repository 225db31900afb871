package dev.corral.console.solve.attempts;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.attempts.Attempt;
import dev.corral.core.solve.attempts.AttemptReader;
import dev.corral.core.solve.attempts.AttemptsCsv;
import dev.corral.core.solve.attempts.Medians;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is shown of attempts. Pure.
 *
 * @param rows    the attempts, in the order of the command line
 * @param medians a line for each sample and for the task, people and models apart
 * @param plot    their times on one axis
 * @param trouble what could not be read, a line each
 */
record AttemptsView(List<AttemptRow> rows, List<MedianLine> medians, PlotLayout plot, List<String> trouble) {
    AttemptsView {
        rows = List.copyOf(rows);
        medians = List.copyOf(medians);
        trouble = List.copyOf(trouble);
    }

    /**
     * Attempts of one kind at a sample, or at all samples of the task.
     *
     * @param what   the sample, or the task
     * @param whole  whether it is about the task
     * @param kind   who tried
     * @param time   the median of their times
     * @param solved how many were right of those that have a score
     * @param counts the medians of what they did
     */
    record MedianLine(String what, boolean whole, Attempt.Kind kind, String time, String solved, String counts) {
        /** {@code people} or {@code models}. */
        String by() {
            return kind == Attempt.Kind.PERSON ? "people" : "models";
        }
    }

    /** Nothing yet. */
    static AttemptsView empty() {
        return new AttemptsView(List.of(), List.of(), PlotLayout.of(List.of()), List.of());
    }

    private static String counted(double number, String what) {
        return AttemptsCsv.number(number) + " " + what + (number == 1 ? "" : "s");
    }

    /** @param sample only attempts at this sample; empty: at all of the task */
    static AttemptsView of(AttemptReader.Found found, Optional<String> sample, List<String> more) {
        List<Attempt> attempts = found.attempts().stream()
                .filter(one -> sample.map(one.sample()::equals).orElse(true))
                .toList();
        List<String> trouble = new ArrayList<>(more);
        found.problems().forEach(log -> trouble.add(Texts.whole(log.log() + " is passed over: " + log.problem())));
        found.cut().forEach(log -> trouble.add(Texts.whole(log.log() + " has more samples than were read.")));
        return new AttemptsView(
                attempts.stream().map(AttemptRow::of).toList(), lines(attempts), PlotLayout.of(attempts), trouble);
    }

    private static List<MedianLine> lines(List<Attempt> attempts) {
        // Of one sample, the task's own line would say the same again.
        boolean several = attempts.stream().map(Attempt::sample).distinct().count() > 1;
        Map<Group, List<Double>> scores = new HashMap<>();
        for (Attempt one : attempts) {
            one.right().ifPresent(share -> {
                for (String sample : List.of(one.sample(), "")) {
                    scores.computeIfAbsent(new Group(one.kind(), one.task(), sample), group -> new ArrayList<>())
                            .add(share);
                }
            });
        }
        return Medians.of(attempts).stream()
                .filter(one -> several || !one.sample().isEmpty())
                .map(one -> line(one, scores.getOrDefault(new Group(one.kind(), one.task(), one.sample()), List.of())))
                .toList();
    }

    // What a line of medians is about; an empty sample: the whole task.
    private record Group(Attempt.Kind kind, String task, String sample) {}

    private static MedianLine line(Medians one, List<Double> right) {
        long solved = right.stream().filter(share -> share >= 1).count();
        List<String> counts = new ArrayList<>();
        one.commands().ifPresent(number -> counts.add(counted(number, "command")));
        one.messages().ifPresent(number -> counts.add(counted(number, "message")));
        return new MedianLine(
                one.sample().isEmpty() ? "all of " + Texts.line(one.task()) : Texts.line(one.sample()),
                one.sample().isEmpty(),
                one.kind(),
                AttemptRow.words(one.seconds()),
                Formats.count(one.attempts(), "attempt", "attempts")
                        + (right.isEmpty() ? ", none scored" : ", " + solved + " of " + right.size() + " right"),
                String.join(", ", counts));
    }
}
