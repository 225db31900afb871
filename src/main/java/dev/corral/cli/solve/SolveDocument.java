package dev.corral.cli.solve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.Rows;
import dev.corral.core.solve.LimitKeeper;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.clock.ActiveLimit;
import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.clock.Interval;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A session as {@code --json} prints it. Keys and values never change. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SolveDocument(
        String session,
        String state,
        String who,
        String task,
        String file,
        String sample,
        int epoch,
        String sandbox,
        String log,
        String status,
        int runs,
        String command,
        Instant createdAt,
        Clock clock,
        @Nullable LimitRow limit,
        List<IntervalRow> intervals,
        List<EventRow> events,
        String answer,
        Map<String, String> scores,
        String fault)
        implements Rows.Row {

    /** The three times, in seconds. */
    record Clock(boolean running, double wallSeconds, double activeSeconds, double adjustedSeconds) {
        static Clock of(ClockReading clock) {
            return new Clock(
                    clock.running(), seconds(clock.wall()), seconds(clock.active()), seconds(clock.adjusted()));
        }
    }

    /** The limit of active time. */
    record LimitRow(double seconds, double leftSeconds, String then) {
        static LimitRow of(ActiveLimit limit) {
            return new LimitRow(
                    SolveDocument.seconds(limit.limit()),
                    SolveDocument.seconds(limit.left()),
                    limit.then().word());
        }
    }

    /** An interval of the clock. */
    record IntervalRow(
            String id,
            String kind,
            double fromSeconds,
            double seconds,
            boolean open,
            boolean counted,
            String reason,
            String by,
            String detail) {
        static IntervalRow of(Interval each) {
            return new IntervalRow(
                    each.id(),
                    each.kind().word(),
                    SolveDocument.seconds(each.from()),
                    SolveDocument.seconds(each.length()),
                    each.open(),
                    each.counted(),
                    each.reason(),
                    each.by(),
                    each.detail());
        }
    }

    /** Something that happened. */
    record EventRow(Instant at, String kind, String by, String text, String value, String scorer) {
        static EventRow of(SolveEntry entry) {
            return new EventRow(
                    entry.at(),
                    entry.kind().word(),
                    entry.by(),
                    entry.text(),
                    entry.fact("value"),
                    entry.fact("scorer"));
        }
    }

    /** Reads it off a session. */
    static SolveDocument of(SolveStatus status) {
        ClockReading clock = status.clock();
        return new SolveDocument(
                status.session().id(),
                status.state().word(),
                status.session().who(),
                status.session().task(),
                status.session().taskFile(),
                status.session().sample(),
                status.session().epoch(),
                status.sandbox(),
                status.story().log(),
                status.story().status(),
                status.story().runs(),
                status.story().command(),
                status.session().createdAt(),
                Clock.of(clock),
                LimitKeeper.of(status).map(LimitRow::of).orElse(null),
                clock.intervals().stream().map(IntervalRow::of).toList(),
                status.story().story().stream().map(EventRow::of).toList(),
                status.story().answer(),
                scores(status),
                status.story().fault());
    }

    private static Map<String, String> scores(SolveStatus status) {
        return status.story().result().entrySet().stream()
                .filter(fact -> fact.getKey().startsWith("score:"))
                .collect(Collectors.toMap(
                        fact -> fact.getKey().substring("score:".length()),
                        Map.Entry::getValue,
                        (first, second) -> first,
                        TreeMap::new));
    }

    /** When a thing happened, counted from the first start of the clock, where that was before it. */
    static String place(SolveStatus status, SolveEntry entry) {
        return status.story().story().stream()
                .filter(one -> one.kind() == EntryKind.START)
                .findFirst()
                .map(first -> Duration.between(first.at(), entry.at()))
                .filter(since -> !since.isNegative())
                .map(SolveDocument::hands)
                .orElse("");
    }

    /** {@code 0:41:20}. */
    static String hands(Duration time) {
        return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    @Override
    public List<String> cells() {
        return List.of(
                session,
                state.replace('_', ' '),
                task,
                sample,
                who,
                hands(Duration.ofMillis((long) (clock.adjustedSeconds * 1000))),
                scores.isEmpty() ? "" : String.join(", ", scores.values()));
    }
}
