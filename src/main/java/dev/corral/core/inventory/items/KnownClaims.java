package dev.corral.core.inventory.items;

import dev.corral.core.hypervisor.Survey;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.index.IndexSnapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to which sandbox as it was found out last, which is still true while the hypervisors' and the indexes' answers are the same
 * and no sandbox came, went, moved, or has other machines. What a journal tells changes none of it. Not thread-safe.
 */
final class KnownClaims {
    private @Nullable Basis basis;
    private @Nullable Claims claims;

    /** All that claims follow from, as it was at that time: lists of evidence are changed by those who made them. */
    private record Basis(
            Path cache,
            List<SandboxView> views,
            List<List<MachineIdentity>> noted,
            Survey survey,
            List<IndexSnapshot> indexes,
            Set<String> made) {
        static Basis of(Evidence evidence) {
            return new Basis(
                    evidence.cache(),
                    List.copyOf(evidence.sandboxes()),
                    evidence.sandboxes().stream()
                            .map(view -> evidence.noted().getOrDefault(view.directory(), List.of()))
                            .toList(),
                    evidence.survey(),
                    List.copyOf(evidence.indexes()),
                    Set.copyOf(evidence.made()));
        }

        @SuppressWarnings(
                "ReferenceEquality") // Of a hypervisor that was not asked again the answer is the same object.
        boolean holds(Basis now) {
            if (survey != now.survey
                    || views.size() != now.views.size()
                    || !cache.equals(now.cache)
                    || !noted.equals(now.noted)
                    || !indexes.equals(now.indexes)
                    || !made.equals(now.made)) {
                return false;
            }
            for (int i = 0; i < views.size(); i++) {
                if (!same(views.get(i), now.views.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What belongs to which sandbox by this evidence, volumes sorted. */
    Claims of(Evidence evidence) {
        Basis now = Basis.of(evidence);
        Claims known = claims;
        if (known == null || basis == null || !basis.holds(now)) {
            known = new Claims(evidence);
            known.sortVolumes();
            claims = known;
        }
        basis = now;
        return known;
    }

    @SuppressWarnings("ReferenceEquality") // A view that was not made anew is the same object.
    private static boolean same(SandboxView before, SandboxView now) {
        return before == now
                || before.id().equals(now.id())
                        && before.directory().equals(now.directory())
                        && Manifest.hosts(before.manifest()).equals(Manifest.hosts(now.manifest()))
                        && machines(before).equals(machines(now));
    }

    private static List<String> machines(SandboxView view) {
        return view.machines().stream()
                .map(machine -> machine.provider() + " " + machine.id())
                .toList();
    }
}
