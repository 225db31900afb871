package dev.corral.core.solve.clock;

import dev.corral.core.solve.journal.AtLimit;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The limit of a session's active time at one moment, read off its journal. What is warned of and done about it concerns the newest
 * run: one that was resumed is warned anew, with the time already used. Pure.
 */
public final class ActiveLimit {
    /** In a {@link EntryKind#LIMIT} entry: of how many seconds that are left it warns; 0 once the limit is reached. */
    public static final String AT = "at_seconds";

    /** In a {@link EntryKind#LIMIT} entry: what is being done about the limit that was reached. */
    public static final String DOES = "does";

    private static final List<Long> WARNINGS = List.of(600L, 120L);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final int MOST_TRIES = 5;

    private final Duration limit;
    private final AtLimit then;
    private final ClockReading clock;
    private final List<SolveEntry> run;
    private final Moment now;

    private ActiveLimit(SolveOptions options, List<SolveEntry> entries, ClockReading clock, Moment now) {
        limit = Duration.ofSeconds(options.activeLimit());
        then = options.atLimit();
        this.clock = clock;
        this.now = now;
        int last = 0;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).kind() == EntryKind.RUN) {
                last = i;
            }
        }
        run = entries.subList(last, entries.size());
    }

    /** Reads it; empty for a session without one. */
    public static Optional<ActiveLimit> of(SolveOptions options, List<SolveEntry> entries, Moment now) {
        return options.activeLimit() <= 0
                ? Optional.empty()
                : Optional.of(new ActiveLimit(options, entries, SolveClock.read(entries, now), now));
    }

    /** How long the active time may become. */
    public Duration limit() {
        return limit;
    }

    /** What happens when it has become so long. */
    public AtLimit then() {
        return then;
    }

    /** How much is left; negative by how much it is over. */
    public Duration left() {
        return limit.minus(clock.active());
    }

    /** Whether the active time is used up. */
    public boolean reached() {
        return left().isNegative() || left().isZero();
    }

    /** What is to be told now and was not yet, as an entry of the journal. */
    public Optional<SolveEntry> due(String by) {
        if (!clock.running()) {
            return Optional.empty();
        }
        long left = left().toMillis();
        long at = reached()
                ? 0
                : warnings().filter(seconds -> left <= seconds * 1000).min().orElse(-1);
        if (at < 0 || told(at).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                SolveEntry.at(now, EntryKind.LIMIT, by).withText(sentence(at)).withMore(Map.of(AT, Long.toString(at))));
    }

    /**
     * Whether what was chosen for the end is to be done now. Nothing that ends a session comes unannounced: whoever wakes a computer that
     * slept past the limit, or comes back from a pause, has as long as the last warning gives. Who pauses once the limit is reached has
     * decided, and goes on over it. What somebody began and did not bring about is tried again, a few times.
     */
    public boolean acts() {
        if (then == AtLimit.ASK
                || !clock.running()
                || !reached()
                || told(0).isEmpty()
                || after(told(0).get(), EntryKind.STOP)) {
            return false;
        }
        List<SolveEntry> tries =
                run.stream().filter(entry -> !entry.fact(DOES).isEmpty()).toList();
        if (!tries.isEmpty()) {
            SolveEntry last = tries.getLast();
            boolean came = run.subList(run.indexOf(last), run.size()).stream()
                    .anyMatch(entry -> entry.kind() == EntryKind.STOP || entry.kind() == EntryKind.START);
            return !came && tries.size() < MOST_TRIES && since(last) >= AGAIN.toMillis();
        }
        return !then.ends() || warned(0);
    }

    // Whether the last warning is old enough; for whoever came back from a pause after it, that the limit is reached is
    // the warning.
    private boolean warned(long slackMs) {
        return told(grace())
                .filter(entry -> !after(entry, EntryKind.START))
                .or(() -> told(0))
                .filter(entry -> since(entry) >= grace() * 1000 - slackMs)
                .isPresent();
    }

    private boolean after(SolveEntry one, EntryKind kind) {
        return run.subList(run.indexOf(one), run.size()).stream().anyMatch(entry -> entry.kind() == kind);
    }

    /**
     * Where in the entries about the limit those begin that nobody who looks for the first time was told: the newest, if the clock runs and
     * nothing was done about it.
     *
     * @param told the entries of a session about its limit
     */
    public int unheard(List<SolveEntry> told) {
        boolean open = !told.isEmpty()
                && clock.running()
                && told.getLast().fact(DOES).isEmpty()
                && run.contains(told.getLast())
                && !after(told.getLast(), EntryKind.STOP);
        return open ? told.size() - 1 : told.size();
    }

    /** The entry that says that it is being done. */
    public SolveEntry action(String by, String text) {
        return SolveEntry.at(now, EntryKind.LIMIT, by).withText(text).withMore(Map.of(DOES, then.word()));
    }

    /**
     * The answer that was found to be fit last, as the person wrote it, be it before it was scored; empty if none was. What a scorer took
     * for the answer, such as a part of it or the whole sentence in small letters, is another's word.
     */
    public static Optional<String> lastAnswer(List<SolveEntry> entries) {
        return entries.reversed().stream()
                .filter(entry -> entry.kind() == EntryKind.VALIDATE
                        && entry.fact("said").replace("null", "").isBlank())
                .map(SolveEntry::text)
                .filter(answer -> !answer.isBlank())
                .findFirst();
    }

    // A limit that is no longer than the warnings is warned of at its half.
    private LongStream warnings() {
        List<Long> fitting =
                WARNINGS.stream().filter(seconds -> seconds < limit.toSeconds()).toList();
        return fitting.isEmpty()
                ? LongStream.of(Math.max(1, limit.toSeconds() / 2))
                : fitting.stream().mapToLong(Long::longValue);
    }

    private long grace() {
        return warnings().min().orElse(0);
    }

    // The first entry of this run that tells of so little time or of less.
    private Optional<SolveEntry> told(long seconds) {
        return run.stream()
                .filter(entry -> entry.kind() == EntryKind.LIMIT)
                .filter(entry -> at(entry) <= seconds)
                .findFirst();
    }

    private static long at(SolveEntry entry) {
        try {
            return Long.parseLong(entry.fact(AT));
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    // By the clock that stands still while the computer sleeps: nobody reads a warning meanwhile.
    private long since(SolveEntry entry) {
        return entry.moment().sameBoot(now) && entry.runMs() >= 0 ? now.runMs() - entry.runMs() : -1;
    }

    private String sentence(long at) {
        String whole = "the limit of " + hands(limit) + " of active time";
        if (at > 0) {
            return words(left()) + " left of " + whole
                    + (then == AtLimit.ASK ? "." : "; then " + then.consequence() + ".");
        }
        if (then.ends() && !warned(2_000)) {
            return "T" + whole.substring(1) + " is reached. In " + words(Duration.ofSeconds(grace())) + " "
                    + then.consequence() + ", unless the clock is paused.";
        }
        return "T" + whole.substring(1) + " is reached"
                + (then == AtLimit.ASK ? "." : "; then " + then.consequence() + ".");
    }

    private static String words(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        return seconds >= 60 ? Math.round(seconds / 60.0) + " min" : seconds + " s";
    }

    /** {@code 2:00:00}. */
    private static String hands(Duration time) {
        return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
