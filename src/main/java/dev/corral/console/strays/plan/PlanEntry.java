package dev.corral.console.strays.plan;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.console.strays.StrayLines;
import dev.corral.console.work.CleanupPhase;
import dev.corral.core.cleanup.CleanupPlan;
import dev.corral.core.cleanup.CleanupStep;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An entry of the plan as a person reads it. Pure; all text in it is clean. */
sealed interface PlanEntry {

    /** Names it in its plan. */
    String key();

    /** A heading over entries. */
    record Heading(String key, String text) implements PlanEntry {}

    /**
     * A victim.
     *
     * @param step   what is done
     * @param result how far it has come; empty while it is only planned
     */
    record Victim(CleanupStep step, Optional<StepResult> result) implements PlanEntry {
        @Override
        public String key() {
            return step.key();
        }
    }

    /**
     * Something that stays.
     *
     * @param key    names it
     * @param kind   what it is, may be empty
     * @param name   its name
     * @param state  its state, where that is known
     * @param reason why it stays
     * @param bytes  what it takes, -1 while unknown
     */
    record Spared(String key, String kind, String name, Optional<ItemState> state, String reason, long bytes)
            implements PlanEntry {}

    /** What a plan does and what it leaves alone. */
    static List<PlanEntry> of(CleanupPhase.Planned planned) {
        List<PlanEntry> entries = new ArrayList<>();
        planned.plan().steps().forEach(step -> entries.add(new Victim(step, Optional.empty())));
        addSpared(entries, planned);
        return List.copyOf(entries);
    }

    /** How far each step has come. */
    static List<PlanEntry> of(List<StepResult> results) {
        return results.stream()
                .<PlanEntry>map(result -> new Victim(result.step(), Optional.of(result)))
                .toList();
    }

    private static void addSpared(List<PlanEntry> entries, CleanupPhase.Planned planned) {
        CleanupPlan plan = planned.plan();
        int count =
                plan.refused().size() + plan.missing().size() + planned.spared().size();
        if (count == 0) {
            return;
        }
        entries.add(new Heading("heading:spared", "Left alone: " + Formats.count(count, "item", "items")));
        plan.refused()
                .forEach(refusal -> entries.add(new Spared(
                        "refused:" + refusal.name(),
                        "",
                        Texts.line(refusal.name()),
                        Optional.empty(),
                        Texts.line(refusal.reason()),
                        0)));
        plan.missing()
                .forEach(name -> entries.add(new Spared(
                        "missing:" + name,
                        "",
                        Texts.line(name),
                        Optional.empty(),
                        "Nothing here is called so any more.",
                        0)));
        planned.spared().stream()
                .sorted(Comparator.comparing((InventoryItem item) -> StrayLines.GROUPS.indexOf(item.state()))
                        .thenComparing(InventoryItem::name))
                .forEach(item -> entries.add(new Spared(
                        "spared:" + item.key(),
                        kind(item.kind()),
                        Texts.line(item.name()),
                        Optional.of(item.state()),
                        why(item, plan),
                        item.bytes())));
    }

    private static String why(InventoryItem item, CleanupPlan plan) {
        return item.state().reclaimable() && plan.keepUntil().isPresent()
                ? "None of its VMs runs, so there is nothing to shut down."
                : Texts.line(item.reason());
    }

    /** The word before a name. */
    static String kind(ItemKind kind) {
        return kind == ItemKind.MACHINE ? "VM" : kind.word();
    }
}
