package dev.corral.core.solve.clock;

import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a journal on one line of time that never goes back: within one boot of the computer by the time since that, from one boot
 * to the next by the wall clock, as far as that goes forward. What two watchers wrote of one event stands there once. Pure.
 */
final class Timeline {
    private static final long SET_BY_MS = 2_000;
    private static final long SLEPT_MS = 2_000;

    /** An entry, or now, with its place on the line in milliseconds. */
    record Spot(SolveEntry entry, long at) {}

    /** A time for which the computer slept, before an entry. */
    record Sleep(SolveEntry until, long to, long length) {}

    private final List<Spot> spots = new ArrayList<>();
    private final List<Sleep> sleeps = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();

    /** Puts them on a line. */
    Timeline(List<SolveEntry> entries) {
        Map<String, List<SolveEntry>> boots = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (SolveEntry entry : entries) {
            String uuid = entry.fact(SolveEntry.UUID);
            if (uuid.isEmpty() || seen.add(uuid)) {
                boots.computeIfAbsent(entry.boot(), made -> new ArrayList<>()).add(entry);
            }
        }
        long offset = 0;
        @Nullable SolveEntry before = null;
        for (List<SolveEntry> boot : boots.values()) {
            // What was told of later belongs where it happened; the sort keeps the journal's order otherwise.
            boot.sort(Comparator.comparingLong(SolveEntry::upMs));
            SolveEntry first = boot.getFirst();
            if (before != null) {
                offset += Math.max(0, Duration.between(before.at(), first.at()).toMillis());
            }
            long base = offset;
            @Nullable SolveEntry seenLast = null;
            for (SolveEntry entry : boot) {
                offset = base + entry.upMs() - first.upMs();
                spots.add(new Spot(entry, offset));
                if (entry.runMs() >= 0) {
                    compare(seenLast, entry, offset);
                    seenLast = entry;
                }
            }
            before = boot.getLast();
        }
    }

    private void compare(@Nullable SolveEntry before, SolveEntry entry, long at) {
        if (before == null) {
            return;
        }
        long up = entry.upMs() - before.upMs();
        long slept = up - (entry.runMs() - before.runMs());
        if (slept > SLEPT_MS) {
            sleeps.add(new Sleep(entry, at, Math.min(slept, up)));
        }
        long set = Duration.between(before.at(), entry.at()).toMillis() - up;
        if (Math.abs(set) > SET_BY_MS) {
            changes.add("The computer's clock was set " + (set < 0 ? "back" : "forward") + " by "
                    + Math.round(Math.abs(set) / 1000.0) + " s before " + entry.at() + ".");
        }
    }

    /** The entries in order. */
    List<Spot> spots() {
        return spots;
    }

    /** When the computer slept. */
    List<Sleep> sleeps() {
        return sleeps;
    }

    /** How its clock was set. */
    List<String> changes() {
        return changes;
    }

    /** Where a moment is that no entry is about: now. */
    long place(Moment now) {
        if (spots.isEmpty()) {
            return 0;
        }
        Spot last = spots.getLast();
        long since = now.boot().equals(last.entry.boot())
                ? now.upMs() - last.entry.upMs()
                : Duration.between(last.entry.at(), now.at()).toMillis();
        return last.at + Math.max(0, since);
    }
}
