package dev.corral.core.solve.golden;

import java.util.List;
import java.util.Optional;

/** Compares what a command showed with what it was expected to. Pure. */
final class Comparison {
    private Comparison() {}

    /**
     * Where output first differs.
     *
     * @param line     which expected line, from 1; one more than there are if something came behind them
     * @param expected what was expected there; empty where nothing was
     * @param seen     what was seen there; empty where nothing was
     */
    record Difference(int line, String expected, String seen) {}

    /**
     * What a command showed.
     *
     * @param lines the lines
     * @param cut   whether there was more than these
     * @param jobs  what the shell may have said between them
     */
    record Shown(List<String> lines, boolean cut, Tolerance.Jobs jobs) {
        /** Copies the lines. */
        Shown {
            lines = List.copyOf(lines);
        }
    }

    /** The first difference; empty if there is none that counts. */
    static Optional<Difference> first(List<String> told, Shown shown, GoldenStep.Check check, Tolerance tolerance) {
        List<String> expected = Tolerance.settled(told, shown.jobs());
        List<String> seen = Tolerance.settled(shown.lines(), shown.jobs());
        List<String> wanted = tolerance.plain(expected);
        List<String> got = tolerance.plain(seen);
        return switch (check) {
            case STATUS -> Optional.empty();
            case CONTAINS -> missing(expected, wanted, got);
            case BEGINNING -> differing(expected, seen, wanted, got, wanted.size());
            case OUTPUT ->
                differing(expected, seen, wanted, got, Math.max(wanted.size(), got.size()))
                        .or(() -> more(seen, shown.cut()));
        };
    }

    private static Optional<Difference> differing(
            List<String> expected, List<String> seen, List<String> wanted, List<String> got, int lines) {
        for (int i = 0; i < lines; i++) {
            boolean same = i < wanted.size() && i < got.size() && Tolerance.agrees(wanted.get(i), got.get(i));
            if (!same) {
                return Optional.of(new Difference(i + 1, at(expected, i), at(seen, i)));
            }
        }
        return Optional.empty();
    }

    // What was not kept can't be as expected.
    private static Optional<Difference> more(List<String> seen, boolean cut) {
        return cut ? Optional.of(new Difference(seen.size() + 1, "", "more than is kept")) : Optional.empty();
    }

    private static Optional<Difference> missing(List<String> expected, List<String> wanted, List<String> got) {
        int at = 0;
        for (int i = 0; i < wanted.size(); i++) {
            while (at < got.size() && !Tolerance.agrees(wanted.get(i), got.get(at))) {
                at++;
            }
            if (at == got.size()) {
                return Optional.of(new Difference(i + 1, expected.get(i), ""));
            }
            at++;
        }
        return Optional.empty();
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }
}
