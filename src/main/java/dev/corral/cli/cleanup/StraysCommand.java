package dev.corral.cli.cleanup;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.output.Rows;
import dev.corral.cli.output.Sizes;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows everything that VMs take, with one state and its reason each. */
@Command(
        name = "strays",
        mixinStandardHelpOptions = true,
        description =
                "Shows every sandbox, VM, disk and index entry with its state and the reason for it. Starts no Vagrant "
                        + "and changes nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral strays",
            "  corral strays --state stray,orphan --json",
            "  corral strays --all                with what belongs to others, too"
        })
public final class StraysCommand implements Callable<Integer> {
    @Option(
            names = "--all",
            description = "Also what is foreign: somebody's own Vagrant projects and other tools' VMs.")
    private boolean all;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description =
                    "Only these: live, starting, kept, stray, destroy_failed, ghost, orphan, leftover, foreign, unknown.")
    private List<String> states = List.of();

    @Option(names = "--json", description = "Print an array with an object for each item.")
    private boolean json;

    /** A VM of an item. */
    record MachineRow(String name, String state, String provider, String id) {}

    /** What {@code strays --json} prints for each item. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ItemRow(
            String key,
            String kind,
            String state,
            String reason,
            String name,
            String sandbox,
            List<MachineRow> machines,
            List<String> knownTo,
            long bytes,
            List<InventoryItem.Part> parts,
            @Nullable Instant since,
            Rows.@Nullable OwnerRow owner,
            String task,
            String file,
            String sample,
            int epoch,
            String run,
            String log,
            String provider,
            @Nullable String directory,
            boolean reclaimable)
            implements Rows.Row {
        @Override
        public List<String> cells() {
            return List.of(
                    state.replace('_', ' '),
                    kind.replace('_', ' ') + " " + name,
                    since == null ? "" : age(Duration.between(since, Instant.now())),
                    bytes < 0 ? "" : Sizes.of(bytes),
                    String.join(" · ", knownTo),
                    owner == null ? "" : owner.toString());
        }
    }

    @Override
    public Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Inventory inventory = corral.inventory().refresh();
            inventory.problems().forEach(output::message);
            List<ItemRow> rows = inventory.items().stream()
                    .filter(this::wanted)
                    .sorted(Comparator.comparing(
                                    (InventoryItem item) -> !item.state().reclaimable())
                            .thenComparing(InventoryItem::state)
                            .thenComparing(Comparator.comparingLong(InventoryItem::bytes)
                                    .reversed())
                            .thenComparing(InventoryItem::key))
                    .map(StraysCommand::row)
                    .toList();
            if (json) {
                output.json(rows);
            } else {
                print(output, rows);
            }
        }
        return ExitCode.DONE;
    }

    private boolean wanted(InventoryItem item) {
        if (!states.isEmpty()) {
            return states.contains(Rows.word(item.state().word()))
                    || states.contains(item.state().word());
        }
        // What lies in the cache is shown whatever it is.
        return all || item.state() != ItemState.FOREIGN || item.knownTo().contains(Layer.CACHE);
    }

    private static void print(Output output, List<ItemRow> rows) {
        if (rows.isEmpty()) {
            output.message("There is nothing here: no sandbox, no VM of one, nothing left behind.");
            return;
        }
        output.table(
                List.of("STATE", "WHAT", "AGE", "SIZE", "KNOWN TO", "OWNER"),
                rows.stream().map(ItemRow::cells).toList());
        long bytes = rows.stream()
                .filter(ItemRow::reclaimable)
                .mapToLong(row -> Math.max(row.bytes, 0))
                .sum();
        long count = rows.stream().filter(ItemRow::reclaimable).count();
        output.message(
                count == 0
                        ? "Nothing of it is stray."
                        : count + " of them could give back " + Sizes.of(bytes)
                                + ": corral cleanup --dry-run names them.");
    }

    private static ItemRow row(InventoryItem item) {
        return new ItemRow(
                item.key(),
                Rows.word(item.kind().word()),
                Rows.word(item.state().word()),
                item.reason(),
                item.name(),
                item.sandbox(),
                item.machines().stream()
                        .map(machine -> new MachineRow(
                                machine.name(), Rows.word(machine.state().word()), machine.provider(), machine.id()))
                        .toList(),
                item.knownTo().stream().sorted().map(Layer::word).toList(),
                item.bytes(),
                item.parts(),
                item.since().orElse(null),
                item.owner().map(Rows.OwnerRow::of).orElse(null),
                item.origin().task(),
                item.origin().taskFile(),
                item.origin().sample(),
                item.origin().epoch(),
                item.origin().run(),
                item.origin().log(),
                item.provider(),
                item.directory().map(Object::toString).orElse(null),
                item.state().reclaimable());
    }

    private static String age(Duration age) {
        return age.toDays() > 0
                ? age.toDays() + " d"
                : age.toHours() > 0
                        ? age.toHours() + " h"
                        : age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(age.toSeconds(), 0) + " s";
    }
}
