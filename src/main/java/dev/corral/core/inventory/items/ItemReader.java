package dev.corral.core.inventory.items;

import dev.corral.core.inventory.InventoryItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Joins all layers into items: everything that is, was or belongs to a VM, with one named state each. */
public final class ItemReader {
    private ItemReader() {}

    /**
     * The items, sandboxes first, in a fixed order.
     *
     * @param askable providers whose hypervisors can be asked
     * @param known   the sandboxes' items as they were made last, and what belonged to them
     */
    public static List<InventoryItem> read(Evidence evidence, Set<String> askable, KnownItems known) {
        Claims claims = known.claims(evidence);
        List<InventoryItem> items = new ArrayList<>();
        SandboxItems sandboxes = new SandboxItems(evidence, claims, askable);
        items.addAll(known.of(evidence.sandboxes(), sandboxes));
        OtherItems others = new OtherItems(evidence, claims);
        claims.freeMachines().forEach(machine -> items.add(others.machine(machine)));
        IndexItems entries = new IndexItems(evidence, claims, askable, IndexItems::onDisk);
        claims.freeEntries().forEach(entry -> items.add(entries.of(entry)));
        claims.freeVolumes().forEach(volume -> others.volume(volume).ifPresent(items::add));
        claims.boxCopies().forEach(volume -> items.add(others.boxCopy(volume)));
        claims.freeNetworks().forEach(network -> items.add(others.network(network)));
        evidence.folders().forEach(folder -> items.add(others.folder(folder)));
        items.sort(Comparator.comparing(InventoryItem::kind)
                .thenComparing(InventoryItem::name)
                .thenComparing(InventoryItem::key));
        return List.copyOf(items);
    }
}
