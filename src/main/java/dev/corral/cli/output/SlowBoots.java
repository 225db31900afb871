package dev.corral.cli.output;

import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which machines boot for so long that a person asks what they do: Vagrant waits for up to ten minutes without a word. Thread-safe. */
final class SlowBoots {
    static final Duration LONG = Duration.ofSeconds(90);
    private static final Set<PhaseKind> BOOTING = Set.of(PhaseKind.BOOT, PhaseKind.SSH);

    private final Map<String, Instant> booting = new ConcurrentHashMap<>();

    /** Takes note of a phase; the others say nothing of it. */
    void heard(JournalEntry entry) {
        if (entry.event() != JournalEntry.Event.PHASE) {
            return;
        }
        Phase phase = entry.inPhase();
        if (!BOOTING.contains(phase.kind())) {
            booting.remove(phase.machine());
        } else if (!phase.machine().isEmpty()) {
            booting.putIfAbsent(phase.machine(), entry.at());
        }
    }

    /** The machines that have booted for long by now, each told once. */
    List<String> due(Instant now) {
        // For the rest of this boot nothing more is said; a phase of another kind, and a boot after it, begin anew,
        // also meanwhile.
        return booting.entrySet().stream()
                .filter(one -> Duration.between(one.getValue(), now).compareTo(LONG) >= 0)
                .map(one -> Map.entry(one.getKey(), one.getValue()))
                .filter(seen -> booting.replace(seen.getKey(), seen.getValue(), Instant.MAX))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
