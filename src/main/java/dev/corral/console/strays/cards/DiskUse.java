package dev.corral.console.strays.cards;

import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the disk went: the bytes of all items that are not somebody else's, by what they are to a person who wants room. Pure.
 *
 * @param slices what takes room, in a fixed order; none of them is empty
 */
public record DiskUse(List<Slice> slices) {

    /** Copies the list. */
    public DiskUse {
        slices = List.copyOf(slices);
    }

    /** What a slice holds. The filter shows the rows that it consists of. */
    public enum What {
        /** Disks of sandboxes in use. */
        LIVE("live", "Disks of sandboxes in use", "state:live", "use-live"),
        /** Disks of sandboxes that stay. */
        KEPT("kept", "Disks of sandboxes that somebody keeps", "state:kept", "use-kept"),
        /** Disks that nobody can judge. */
        UNKNOWN("unknown", "What nobody can say whose it is", "state:unknown", "use-unknown"),
        /** Snapshots and saved memory, whoever's they are. */
        SNAPSHOTS("snapshots", "Snapshots and saved memory", "has:snapshots", "use-snapshots"),
        /** Disks of strays. */
        STRAYS("stray VMs", "Disks of VMs whose owner has ended", "state:stray kind:sandbox", "use-strays"),
        /** VMs and disks without a directory. */
        ORPHANS(
                "orphans, leftovers",
                "VMs, disks and folders whose sandbox is gone",
                "state:stray !kind:sandbox !kind:box",
                "use-orphans"),
        /** Copies of boxes in storage pools. */
        BOXES("box copies", "Copies of boxes in storage pools", "kind:box", "use-boxes"),
        /** Logs of commands. */
        LOGS("logs", "Output of Vagrant's commands", "has:logs", "use-logs");

        private final String title;
        private final String explanation;
        private final String filter;
        private final String styleClass;

        What(String title, String explanation, String filter, String styleClass) {
            this.title = title;
            this.explanation = explanation;
            this.filter = filter;
            this.styleClass = styleClass;
        }

        /** A word or two. */
        public String title() {
            return title;
        }

        /** What it holds, in a few words. */
        public String explanation() {
            return explanation;
        }

        /** The filter that shows its rows. */
        public String filter() {
            return filter;
        }

        /** The style class that gives its colour. */
        public String styleClass() {
            return styleClass;
        }
    }

    /** What takes how many bytes. */
    public record Slice(What what, long bytes) {}

    /** All bytes together. */
    public long bytes() {
        return slices.stream().mapToLong(Slice::bytes).sum();
    }

    /** Adds up the items. */
    public static DiskUse of(List<InventoryItem> items) {
        Map<What, Long> sums = new EnumMap<>(What.class);
        for (InventoryItem item : items) {
            if (item.state() == ItemState.FOREIGN) {
                continue;
            }
            long special = 0;
            for (InventoryItem.Part part : item.parts()) {
                What what = special(part.what());
                if (what != null && part.bytes() > 0) {
                    sums.merge(what, part.bytes(), Long::sum);
                    special += part.bytes();
                }
            }
            long parts = item.parts().stream()
                    .mapToLong(part -> Math.max(0, part.bytes()))
                    .sum();
            long rest = Math.max(item.bytes(), parts) - special;
            if (rest > 0) {
                sums.merge(main(item), rest, Long::sum);
            }
        }
        List<Slice> slices = new ArrayList<>();
        sums.forEach((what, bytes) -> slices.add(new Slice(what, bytes)));
        return new DiskUse(slices);
    }

    private static @Nullable What special(String part) {
        return switch (part) {
            case "snapshots", "saved memory" -> What.SNAPSHOTS;
            case "logs" -> What.LOGS;
            default -> null;
        };
    }

    private static What main(InventoryItem item) {
        if (item.kind() == ItemKind.BOX_COPY) {
            return What.BOXES;
        }
        return switch (item.state()) {
            case LIVE, STARTING -> What.LIVE;
            case KEPT -> What.KEPT;
            case UNKNOWN, FOREIGN -> What.UNKNOWN;
            case STRAY, DESTROY_FAILED, GHOST, ORPHAN, LEFTOVER ->
                item.kind() == ItemKind.SANDBOX ? What.STRAYS : What.ORPHANS;
        };
    }
}
