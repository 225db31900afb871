package dev.corral.core.solve;

import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.clock.Interval;
import dev.corral.core.solve.journal.EntryKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a session's log is told of its clock: all of it, so that who reads it later can decide otherwise. Pure. */
final class LogFields {
    /** The field of the log's metadata. */
    static final String CLOCK = "corral_clock";

    private LogFields() {}

    static Map<String, Object> of(SolveStatus status) {
        ClockReading clock = status.clock();
        Map<String, Object> times = new LinkedHashMap<>();
        times.put("session", status.session().id());
        times.put("solved_by", status.session().who());
        List<String> came = status.entries().stream()
                .filter(entry -> entry.kind() == EntryKind.CAME)
                .map(entry -> entry.fact("who"))
                .distinct()
                .toList();
        if (!came.isEmpty()) {
            times.put("handed_to", came);
        }
        times.put("runs", status.story().runs());
        times.put("wall_seconds", seconds(clock.wall()));
        times.put("active_seconds", seconds(clock.active()));
        times.put("adjusted_seconds", seconds(clock.adjusted()));
        times.put(
                "intervals", clock.intervals().stream().map(LogFields::interval).toList());
        times.put("clock_changes", List.copyOf(clock.changes()));
        int limit = status.session().options().activeLimit();
        if (limit > 0) {
            times.put("active_limit_seconds", limit);
            times.put("at_limit", status.session().options().atLimit().word());
            times.put("limit_reached", clock.active().toSeconds() >= limit);
        }
        return Map.of(CLOCK, times);
    }

    private static Map<String, Object> interval(Interval each) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", each.id());
        fields.put("kind", each.kind().word());
        fields.put("from_seconds", seconds(each.from()));
        fields.put("seconds", seconds(each.length()));
        fields.put("began", each.began().toString());
        fields.put("counted", each.counted());
        fields.put("reason", each.reason());
        fields.put("by", each.by());
        fields.put("detail", each.detail());
        return fields;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
