package dev.corral.core.inventory.items;

import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Items of sandboxes as they were made last; one is made anew only when something that it is made of has changed. Not thread-safe. */
public final class KnownItems {
    private final KnownClaims claims = new KnownClaims();
    private Map<Path, Known> known = Map.of();

    private record Known(SandboxItems.Inputs inputs, InventoryItem item) {}

    /** What belongs to which sandbox by this evidence. */
    Claims claims(Evidence evidence) {
        return claims.of(evidence);
    }

    /** The items of these sandboxes, in the same order. */
    List<InventoryItem> of(List<SandboxView> sandboxes, SandboxItems make) {
        Map<Path, Known> before = known;
        // Thousands of new ones are a matter of processor time.
        List<Known> now = sandboxes.parallelStream()
                .map(view -> {
                    SandboxItems.Inputs inputs = make.inputs(view);
                    Known one = before.get(view.directory());
                    return one != null && one.inputs.equals(inputs) ? one : new Known(inputs, make.of(view));
                })
                .toList();
        known = new HashMap<>();
        now.forEach(one -> known.put(one.inputs.view().directory(), one));
        return now.stream().map(Known::item).toList();
    }
}
