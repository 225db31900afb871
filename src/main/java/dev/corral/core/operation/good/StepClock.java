package dev.corral.core.operation.good;

import dev.corral.core.operation.good.StartFacts.StepTime;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tells from a journal how long each phase of an operation took. Pure. */
final class StepClock {
    private static final int MOST = 500;

    private record Open(String phase, Instant since) {}

    private StepClock() {}

    /**
     * The times, in the order in which the phases ended.
     *
     * @param workflow the operation's id
     * @param suffix   what the names of machines end with in this sandbox
     */
    static List<StepTime> times(List<JournalEntry> entries, String workflow, String suffix) {
        Map<String, Open> open = new HashMap<>();
        List<StepTime> times = new ArrayList<>();
        Instant last = Instant.EPOCH;
        for (JournalEntry entry : entries) {
            if (!workflow.equals(entry.workflow())) {
                continue;
            }
            last = entry.at();
            if (entry.event() == JournalEntry.Event.PHASE) {
                String machine = Manifest.plainName(Objects.requireNonNullElse(entry.machine(), ""), suffix);
                // A machine's first phase ends those of the whole.
                end(open, "", last, times);
                end(open, machine, last, times);
                open.put(machine, new Open(entry.inPhase().words(), last));
            }
        }
        for (String machine : open.keySet().stream().sorted().toList()) {
            end(open, machine, last, times);
        }
        return List.copyOf(times.subList(0, Math.min(MOST, times.size())));
    }

    private static void end(Map<String, Open> open, String machine, Instant at, List<StepTime> times) {
        Open known = open.remove(machine);
        if (known != null) {
            times.add(new StepTime(
                    machine,
                    known.phase,
                    Math.max(0, Duration.between(known.since, at).toMillis())));
        }
    }
}
