package dev.corral.core.operation.good;

import dev.corral.core.base.PlainText;
import dev.corral.core.operation.good.StartChange.Kind;
import dev.corral.core.operation.good.StartFacts.CopiedText;
import dev.corral.core.operation.good.StartFacts.StepTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.jspecify.annotations.Nullable;

/** Compares a start with the last one of the same Vagrantfile that worked. Pure. */
public final class StartComparison {
    private static final int DIGITS = 12;
    private static final int LONGEST = 300;
    private static final int LONGEST_DIFF = 200_000;
    /** A phase that takes so many times as long, and so many milliseconds more, is worth a word. */
    private static final double SLOWER = 1.5;

    private static final long TOLERANCE_MILLIS = 2_000;

    private final StartFacts good;
    private final StartFacts now;
    private final List<StartChange> found = new ArrayList<>();

    private StartComparison(StartFacts good, StartFacts now) {
        this.good = good;
        this.now = now;
    }

    /** The differences: files first, then variables, boxes, versions, and phases that took much longer. */
    public static List<StartChange> of(StartFacts good, StartFacts now) {
        StartComparison comparison = new StartComparison(good, now);
        // What failed before anything was copied can't be compared file by file.
        if (!now.files().isEmpty()) {
            comparison.files();
        }
        comparison.values(Kind.VARIABLE, good.variables(), now.variables());
        if (!now.boxes().isEmpty()) {
            comparison.values(Kind.BOX, good.boxes(), now.boxes());
        }
        if (!now.versions().isEmpty()) {
            comparison.versions();
        }
        comparison.times();
        return List.copyOf(comparison.found);
    }

    private void files() {
        TreeSet<String> places = new TreeSet<>(good.files().keySet());
        places.addAll(now.files().keySet());
        for (String place : places) {
            CopiedText before = good.files().get(place);
            CopiedText after = now.files().get(place);
            String then = before == null ? "" : String.valueOf(before.sha256());
            String says = after == null ? "" : String.valueOf(after.sha256());
            if (!then.equals(says)) {
                add(Kind.FILE, place, digest(then), digest(says), diff(before, after));
            }
        }
    }

    private static String digest(String hash) {
        return hash.substring(0, Math.min(DIGITS, hash.length()));
    }

    private static String diff(@Nullable CopiedText before, @Nullable CopiedText after) {
        String then = before == null ? "" : before.text();
        String says = after == null ? "" : after.text();
        return then == null || says == null ? "" : unified(then, says);
    }

    /** The lines that differ, with three around them. */
    static String unified(String before, String after) {
        RawText then = new RawText(before.getBytes(StandardCharsets.UTF_8));
        RawText says = new RawText(after.getBytes(StandardCharsets.UTF_8));
        EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, then, says);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(edits, then, says);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes everything", e);
        }
        String text = out.toString(StandardCharsets.UTF_8);
        return text.length() <= LONGEST_DIFF ? text : text.substring(0, LONGEST_DIFF) + "\n…\n";
    }

    private void values(Kind kind, Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String then = before.getOrDefault(name, "");
            String says = after.getOrDefault(name, "");
            if (!then.equals(says)) {
                add(kind, name, then, says, "");
            }
        }
    }

    // A start that failed early never asked its hypervisor.
    private void versions() {
        Map<String, String> before = new LinkedHashMap<>(good.versions());
        if (!now.versions().containsKey("hypervisor")) {
            before.remove("hypervisor");
        }
        values(Kind.VERSION, before, now.versions());
    }

    private void times() {
        for (StepTime step : now.steps()) {
            good.steps().stream()
                    .filter(one ->
                            Objects.equals(one.machine(), step.machine()) && Objects.equals(one.phase(), step.phase()))
                    .findFirst()
                    .filter(one ->
                            step.millis() > one.millis() * SLOWER && step.millis() > one.millis() + TOLERANCE_MILLIS)
                    .ifPresent(one -> add(
                            Kind.TIME,
                            (step.machine().isEmpty() ? "" : step.machine() + " ") + step.phase(),
                            seconds(one.millis()),
                            seconds(step.millis()),
                            ""));
        }
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private void add(Kind kind, String what, String before, String after, String diff) {
        found.add(new StartChange(
                kind,
                PlainText.line(what, LONGEST),
                PlainText.line(before, LONGEST),
                PlainText.line(after, LONGEST),
                diff));
    }
}
