package dev.corral.console.vagrantfile.steps;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long the steps of one Vagrantfile's machines took, so that one can be told to be slow. It learns from every inventory and keeps what
 * it has learned when the sandbox is gone. For one thread.
 */
public final class StepTimes {
    private static final int KEPT = 2_000;
    private static final int COUNTED = 9;

    /** The longest of several times that still counts as usual, besides a second of tolerance. */
    private static final double SLOW = 1.5;

    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private record Once(String machine, String step, String operation) {}

    private final Map<Once, Duration> taken = new LinkedHashMap<>();

    /**
     * How long a step took once.
     *
     * @param machine   the machine's name without suffix
     * @param step      the name under which times of the step are kept
     * @param operation the operation's id
     * @param millis    milliseconds
     */
    public record Taken(String machine, String step, String operation, long millis) {
        /** Whether it can be true: a file may have been written by anybody. */
        boolean sound() {
            return machine != null && step != null && operation != null && millis >= 0;
        }
    }

    /** Nothing is known yet. */
    public StepTimes() {}

    /** What was known before, oldest first. */
    public StepTimes(List<Taken> before) {
        before.forEach(one ->
                taken.put(new Once(one.machine(), one.step(), one.operation()), Duration.ofMillis(one.millis())));
    }

    /**
     * Notes what went well.
     *
     * @param machine the machine's name without suffix
     * @return what was not known before
     */
    public List<Taken> learn(String machine, List<StepRun> runs, List<String> names) {
        List<Taken> news = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            StepRun run = runs.get(i);
            Once once = new Once(machine, names.get(i), run.operation().workflow());
            if (run.state() == Step.State.DONE && !taken.containsKey(once)) {
                Duration took = run.took(run.endedAt().orElse(Instant.EPOCH));
                taken.put(once, took);
                news.add(new Taken(once.machine(), once.step(), once.operation(), took.toMillis()));
            }
        }
        while (taken.size() > KEPT) {
            taken.remove(taken.keySet().iterator().next());
        }
        return news;
    }

    /** The median of the last times that a step took, this operation left out; empty when there are none. */
    public Optional<Duration> usual(String machine, String step, String butOperation) {
        List<Duration> times = new ArrayList<>(taken.entrySet().stream()
                .filter(one -> one.getKey().machine().equals(machine)
                        && one.getKey().step().equals(step)
                        && !one.getKey().operation().equals(butOperation))
                .map(Map.Entry::getValue)
                .toList());
        if (times.isEmpty()) {
            return Optional.empty();
        }
        List<Duration> last = new ArrayList<>(times.subList(Math.max(0, times.size() - COUNTED), times.size()));
        last.sort(null);
        return Optional.of(last.get(last.size() / 2));
    }

    /** Whether that is much longer than usual. */
    public static boolean slow(Duration took, Duration usual) {
        return took.toMillis()
                > Math.max(usual.toMillis() * SLOW, usual.plus(TOLERANCE).toMillis());
    }
}
