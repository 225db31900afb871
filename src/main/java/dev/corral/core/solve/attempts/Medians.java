package dev.corral.core.solve.attempts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attempts of one kind at one sample, or at all samples of a task, as one row. Pure.
 *
 * @param task     the task's name
 * @param sample   the sample's id; empty for all of the task
 * @param kind     who tried
 * @param attempts how many there are
 * @param seconds  the median of the times that they are compared by; empty if none is known
 * @param right    the mean of their scores, see {@link Attempt#right}; empty if none has one
 * @param commands the median of the commands; empty if none is known
 * @param messages the median of the messages; empty if none is known
 */
public record Medians(
        String task,
        String sample,
        Attempt.Kind kind,
        int attempts,
        Optional<Double> seconds,
        Optional<Double> right,
        Optional<Double> commands,
        Optional<Double> messages) {
    private record Key(String task, String sample, Attempt.Kind kind) {}

    /** Those of each sample, then those of each task, in the order of their names. */
    public static List<Medians> of(List<Attempt> attempts) {
        Map<Key, List<Attempt>> samples = new LinkedHashMap<>();
        Map<Key, List<Attempt>> tasks = new LinkedHashMap<>();
        for (Attempt one : attempts) {
            samples.computeIfAbsent(new Key(one.task(), one.sample(), one.kind()), made -> new ArrayList<>())
                    .add(one);
            tasks.computeIfAbsent(new Key(one.task(), "", one.kind()), made -> new ArrayList<>())
                    .add(one);
        }
        List<Medians> rows = new ArrayList<>();
        for (Map<Key, List<Attempt>> groups : List.of(samples, tasks)) {
            groups.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(Comparator.comparing(Key::task)
                            .thenComparing(Key::sample)
                            .thenComparing(Key::kind)))
                    .forEach(group -> rows.add(row(group.getKey(), group.getValue())));
        }
        return rows;
    }

    private static Medians row(Key key, List<Attempt> all) {
        List<Double> right = all.stream().flatMap(one -> one.right().stream()).toList();
        return new Medians(
                key.task(),
                key.sample(),
                key.kind(),
                all.size(),
                median(all.stream().flatMap(one -> one.compared().stream()).toList()),
                right.isEmpty()
                        ? Optional.empty()
                        : Optional.of(right.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElse(0)),
                median(all.stream()
                        .flatMap(one -> one.commands().stream())
                        .map(Integer::doubleValue)
                        .toList()),
                median(all.stream()
                        .flatMap(one -> one.messages().stream())
                        .map(Integer::doubleValue)
                        .toList()));
    }

    /** The middle value, or the mean of the two in the middle; empty if there is none. */
    public static Optional<Double> median(List<Double> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return Optional.of(
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }
}
