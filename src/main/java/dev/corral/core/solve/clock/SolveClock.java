package dev.corral.core.solve.clock;

import dev.corral.core.solve.clock.Interval.Kind;
import dev.corral.core.solve.clock.Segments.Segment;
import dev.corral.core.solve.clock.Timeline.Spot;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a session, read off its journal. Nothing is corrected silently: what is not surely work is a stretch of its own, which
 * counts until a person strikes it out. Pure.
 */
public final class SolveClock {
    /** Who watches a running clock writes at least so often. */
    public static final Duration BEAT = Duration.ofSeconds(30);

    /** In a {@link EntryKind#IDLE} entry: for how long it was quiet already; in an {@link EntryKind#ACTIVE} one: since when it is not. */
    public static final String SECONDS = "seconds";

    private static final long UNWATCHED_MS = 3 * BEAT.toMillis();

    private final Timeline line;
    private final long now;
    private final List<Segment> running = new ArrayList<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final Map<Kind, Open> open = new EnumMap<>(Kind.class);
    private final Map<String, SolveEntry> words = new HashMap<>();
    private long first = -1;
    private long since = -1;
    private long end = -1;
    private boolean over;

    private record Open(SolveEntry entry, long from, Instant began) {}

    private record Stretch(String id, Kind kind, long from, long to, Instant began, boolean open, String detail) {}

    private SolveClock(List<SolveEntry> entries, Moment moment) {
        line = new Timeline(entries);
        now = line.place(moment);
    }

    /**
     * Reads it.
     *
     * @param entries the journal
     * @param now     the moment for which it is read
     */
    public static ClockReading read(List<SolveEntry> entries, Moment now) {
        return new SolveClock(entries, now).reading();
    }

    private ClockReading reading() {
        long watched = -1;
        @Nullable SolveEntry watcher = null;
        for (Spot spot : line.spots()) {
            if (since >= 0 && watcher != null && spot.at() - watched - slept(watched, spot.at()) > UNWATCHED_MS) {
                add(watcher, Kind.UNWATCHED, watched, spot.at(), watcher.at(), false, "");
            }
            if (spot.entry().runMs() >= 0) {
                watched = spot.at();
                watcher = spot.entry();
            }
            take(spot);
        }
        if (first < 0) {
            return ClockReading.none();
        }
        boolean runs = since >= 0;
        if (runs && watcher != null && now - watched > UNWATCHED_MS) {
            add(watcher, Kind.UNWATCHED, watched, now, watcher.at(), true, "");
        }
        if (runs) {
            running.add(new Segment(since, now));
        }
        long last = runs || !over ? now : end;
        open.forEach(
                (kind, begun) -> add(begun.entry, kind, begun.from, last, begun.began, !over, begun.entry.about()));
        for (Timeline.Sleep sleep : line.sleeps()) {
            add(
                    sleep.until(),
                    Kind.SUSPENDED,
                    sleep.to() - sleep.length(),
                    sleep.to(),
                    sleep.until().at().minusMillis(sleep.length()),
                    false,
                    "");
        }
        return summed(runs, last);
    }

    // For how long the computer slept in between: a nap does not excuse hours.
    private long slept(long from, long to) {
        return line.sleeps().stream()
                .filter(sleep -> sleep.to() > from && sleep.to() <= to)
                .mapToLong(Timeline.Sleep::length)
                .sum();
    }

    private ClockReading summed(boolean runs, long last) {
        List<Interval> intervals = stretches.stream()
                .filter(each -> each.to > first && each.from < last && each.to > each.from)
                .sorted(Comparator.comparingLong(Stretch::from))
                .map(each -> interval(each, last))
                .toList();
        List<Segment> struck = intervals.stream()
                .filter(each -> !each.counted() && each.decidable())
                .map(each -> new Segment(
                        first + each.from().toMillis(), first + each.to().toMillis()))
                .toList();
        long active = Segments.length(running);
        return new ClockReading(
                true,
                runs,
                Duration.ofMillis(last - first),
                Duration.ofMillis(active),
                Duration.ofMillis(active - Segments.common(struck, running)),
                intervals,
                line.changes());
    }

    private Interval interval(Stretch each, long last) {
        long from = Math.max(each.from, first);
        long to = Math.min(each.to, last);
        Optional<SolveEntry> word = Optional.ofNullable(words.get(each.id));
        boolean counted = each.kind != Kind.STOPPED
                && word.map(said -> said.kind() == EntryKind.KEEP).orElse(true);
        return new Interval(
                each.id,
                each.kind,
                Duration.ofMillis(from - first),
                Duration.ofMillis(to - from),
                each.began,
                each.open,
                counted,
                word.map(SolveEntry::text).orElse(""),
                word.map(SolveEntry::by).orElse(""),
                each.detail);
    }

    private void take(Spot spot) {
        SolveEntry entry = spot.entry();
        switch (entry.kind()) {
            case START -> start(spot);
            case STOP -> stop(spot, true);
            case SUBMIT, QUIT, GONE, ENDED -> finish(spot);
            case RUN -> {
                over = false;
                // A machine that a run was begun with is not the one that could not be reached before.
                end(Kind.DOWN, spot.at());
                end(Kind.LOST, spot.at());
            }
            case IDLE -> {
                if (since >= 0) {
                    begin(Kind.IDLE, spot, Math.max(since, spot.at() - seconds(entry)));
                }
            }
            case ACTIVE -> end(Kind.IDLE, Math.max(0, spot.at() - seconds(entry)));
            case DOWN -> begin(Kind.DOWN, spot, spot.at());
            case UP -> end(Kind.DOWN, spot.at());
            case LOST -> begin(Kind.LOST, spot, spot.at());
            case FOUND -> end(Kind.LOST, spot.at());
            case STRIKE, KEEP -> words.put(entry.about(), entry);
            default -> {
                // Tells nothing about time.
            }
        }
    }

    private void start(Spot spot) {
        over = false;
        if (first < 0) {
            first = spot.at();
        }
        if (since < 0) {
            since = spot.at();
            end(Kind.STOPPED, spot.at());
        }
    }

    private void stop(Spot spot, boolean goesOn) {
        if (since >= 0) {
            running.add(new Segment(since, spot.at()));
            since = -1;
            end = spot.at();
            // Nobody is idle while the clock stands.
            end(Kind.IDLE, spot.at());
            if (goesOn) {
                begin(Kind.STOPPED, spot, spot.at());
            }
        }
    }

    private void finish(Spot spot) {
        if (since >= 0) {
            stop(spot, spot.entry().kind() == EntryKind.GONE);
        } else if (first >= 0 && !over) {
            end = Math.max(end, spot.at());
        }
        over = true;
    }

    private void begin(Kind kind, Spot spot, long from) {
        open.putIfAbsent(kind, new Open(spot.entry(), from, spot.entry().at().minusMillis(spot.at() - from)));
    }

    private void end(Kind kind, long to) {
        Open begun = open.remove(kind);
        if (begun != null) {
            add(begun.entry, kind, begun.from, to, begun.began, false, begun.entry.about());
        }
    }

    private void add(SolveEntry entry, Kind kind, long from, long to, Instant began, boolean goesOn, String detail) {
        String id = kind.word() + "-" + entry.seq();
        // An unwatched stretch in which several things were told of afterwards grows with each.
        stretches.removeIf(each -> each.id.equals(id));
        stretches.add(new Stretch(id, kind, from, to, began, goesOn, detail));
    }

    private static long seconds(SolveEntry entry) {
        try {
            return Math.max(0, Math.round(Double.parseDouble(entry.fact(SECONDS)) * 1000));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
