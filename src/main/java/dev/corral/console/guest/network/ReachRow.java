package dev.corral.console.guest.network;

import dev.corral.core.machine.network.Reachability.Probe;
import dev.corral.core.machine.network.Reachability.Result;
import dev.corral.core.machine.network.Reachability.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that is measured, and what came of it.
 *
 * @param from   the one that tries, as it is shown
 * @param to     the other, as it is shown
 * @param probe  what is measured
 * @param result what came of it; empty while it has not
 */
record ReachRow(String from, String to, Probe probe, Optional<Result> result) {

    List<String> cells() {
        return List.of(
                from,
                to,
                probe.address(),
                probe.what(),
                result.map(known -> known.note().isEmpty()
                                ? known.verdict().words()
                                : known.verdict().words() + ": " + known.note())
                        .orElse("measuring…"));
    }

    /** Whether one machine reaches another in any way. */
    enum Way {
        /** It was answered, or refused by the machine itself. */
        YES,
        /** Nothing was answered. */
        NO,
        /** Nothing was measured, or it is not known. */
        UNKNOWN
    }

    /** Whether a machine reaches another one, by all that was measured. */
    static Way way(List<ReachRow> rows, String from, String to) {
        List<Verdict> verdicts = new ArrayList<>();
        for (ReachRow row : rows) {
            if (row.probe().from().equals(from) && row.probe().to().equals(to)) {
                row.result().map(Result::verdict).ifPresent(verdicts::add);
            }
        }
        // Who refuses has been reached.
        if (verdicts.contains(Verdict.REACHED) || verdicts.contains(Verdict.REFUSED)) {
            return Way.YES;
        }
        return verdicts.isEmpty() || verdicts.contains(Verdict.UNKNOWN) ? Way.UNKNOWN : Way.NO;
    }
}
