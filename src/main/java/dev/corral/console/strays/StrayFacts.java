package dev.corral.console.strays;

import dev.corral.console.shared.Fact;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The facts about an item that its row has no room for. Pure. */
final class StrayFacts {
    private StrayFacts() {}

    static List<Fact> of(StrayRow row, Path home) {
        InventoryItem item = row.item();
        List<Fact> facts = new ArrayList<>();
        item.owner().ifPresent(owner -> text(facts, "Owner", owner(owner, item.state())));
        Manifest.Origin origin = item.origin();
        text(facts, "Eval", origin.task());
        text(facts, "Sample", origin.sample() + (origin.epoch() > 1 ? ", epoch " + origin.epoch() : ""));
        machine(facts, "Run", origin.run());
        item.directory()
                .ifPresent(directory -> facts.add(new Fact(
                        "Directory",
                        Formats.middle(Texts.line(Formats.path(directory, home)), 46),
                        directory.toString(),
                        true)));
        for (InventoryItem.Machine machine : item.machines()) {
            text(
                    facts,
                    "VM",
                    machine.name() + ", " + machine.state().word()
                            + (machine.provider().isEmpty() ? "" : ", " + machine.provider()));
            machine(facts, "VM's id", machine.id());
        }
        text(
                facts,
                "Known to",
                Arrays.stream(Layer.values())
                        .filter(item.knownTo()::contains)
                        .map(Layer::word)
                        .collect(Collectors.joining(", ")));
        item.since().ifPresent(since -> text(facts, "Made", Formats.exact(since)));
        text(facts, "Will do", row.willDo());
        return List.copyOf(facts);
    }

    private static String owner(Owner owner, ItemState state) {
        String who = owner.kind().word() + ", pid " + owner.pid();
        return switch (state) {
            case LIVE, STARTING ->
                owner.pid() == ProcessHandle.current().pid() && owner.kind() == Owner.Kind.CONSOLE
                        ? "this window"
                        : who;
            case STRAY, DESTROY_FAILED, GHOST, ORPHAN, LEFTOVER -> who + ", which has ended";
            case KEPT, FOREIGN, UNKNOWN -> who;
        };
    }

    private static void text(List<Fact> facts, String label, String value) {
        if (!value.isBlank()) {
            facts.add(Fact.text(label, value));
        }
    }

    private static void machine(List<Fact> facts, String label, String value) {
        if (!value.isBlank()) {
            facts.add(Fact.machine(label, value));
        }
    }
}
