package dev.corral.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An item of an inventory, whoever took it.
 *
 * @param sandbox the sandbox that it belongs or belonged to; may be empty
 * @param ids     ids of its machines
 */
record Seen(
        String key,
        String kind,
        String state,
        String reason,
        String sandbox,
        List<String> ids,
        Optional<Path> directory,
        boolean reclaimable) {

    /** What an inventory of this process has. */
    static List<Seen> of(Inventory inventory) {
        return inventory.items().stream()
                .map(item -> new Seen(
                        item.key(),
                        item.kind().word().replace(' ', '_'),
                        item.state().word().replace(' ', '_'),
                        item.reason(),
                        item.sandbox(),
                        item.machines().stream()
                                .map(InventoryItem.Machine::id)
                                .filter(id -> !id.isEmpty())
                                .toList(),
                        item.directory(),
                        item.state().reclaimable()))
                .toList();
    }

    /** What {@code corral strays --json} printed. */
    static List<Seen> of(JsonNode rows) {
        List<Seen> seen = new ArrayList<>();
        for (JsonNode row : rows) {
            List<String> ids = new ArrayList<>();
            row.path("machines").forEach(machine -> ids.add(machine.path("id").asText("")));
            ids.removeIf(String::isEmpty);
            seen.add(new Seen(
                    row.path("key").asText(),
                    row.path("kind").asText(),
                    row.path("state").asText(),
                    row.path("reason").asText(),
                    row.path("sandbox").asText(),
                    ids,
                    Optional.ofNullable(row.path("directory").asText(null)).map(Path::of),
                    row.path("reclaimable").asBoolean()));
        }
        return seen;
    }
}
