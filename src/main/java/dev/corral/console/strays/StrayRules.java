package dev.corral.console.strays;

import dev.corral.console.page.Action;
import dev.corral.console.page.Scope;
import dev.corral.console.page.Selection;
import dev.corral.console.work.MachineWork;
import dev.corral.console.work.Openable;
import dev.corral.console.work.SandboxCommands;
import dev.corral.console.work.SandboxRules;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.SandboxView;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What can be done with the chosen rows. Pure.
 *
 * @param obstacles why an action makes no sense, for those that make none
 * @param pinned    whether all that can be pinned among them is kept already
 */
record StrayRules(Map<Action, String> obstacles, boolean pinned) {
    /** The actions on rows. */
    static final List<Action> ROW_ACTIONS = List.of(
            Action.CHECK, Action.PIN, Action.COPY, Action.REVEAL, Action.SHOW_IN_SANDBOXES, Action.CLEAN_CHOSEN);
    /** Those that are about a sandbox wherever it is chosen, beside Pin. */
    private static final List<Action> OF_SANDBOX = List.of(
            Action.TERMINAL, Action.LOG, Action.VAGRANTFILE, Action.EDIT_VAGRANTFILE, Action.CANCEL, Action.DESTROY);

    /**
     * What this window does to sandboxes.
     *
     * @param cancellable whether it does something on a sandbox that can be stopped
     * @param work        what it does to VMs
     */
    record UnderWay(Predicate<String> cancellable, MachineWork work) {}

    /**
     * Judges the chosen rows.
     *
     * @param headings whether the rows come from chosen headings, so that none is chosen by itself
     * @param checked  how many rows are checked
     * @param sandbox  the sandbox that the one chosen row stands for
     * @param underWay what this window does
     */
    static StrayRules of(
            List<StrayRow> chosen, boolean headings, int checked, Optional<SandboxView> sandbox, UnderWay underWay) {
        Map<Action, String> obstacles = new EnumMap<>(Action.class);
        List<StrayRow> pinnable = chosen.stream().filter(StrayRules::pinnable).toList();
        if (chosen.isEmpty()) {
            Stream.concat(ROW_ACTIONS.stream(), OF_SANDBOX.stream())
                    .forEach(action -> obstacles.put(action, "Choose a row first"));
        } else {
            boolean none = chosen.stream().noneMatch(StrayRow::checkable);
            if (none) {
                obstacles.put(Action.CHECK, untouchable(chosen));
                obstacles.put(Action.CLEAN_CHOSEN, untouchable(chosen));
            }
            if (sandbox.isEmpty()) {
                String why = chosen.size() == 1 ? "It is no sandbox" : "Choose one row";
                OF_SANDBOX.forEach(action -> obstacles.put(action, why));
            } else {
                Openable.terminal(sandbox.flatMap(SandboxCommands::primary))
                        .ifPresent(why -> obstacles.put(Action.TERMINAL, why));
                Openable.log(sandbox).ifPresent(why -> obstacles.put(Action.LOG, why));
                SandboxRules.cancel(sandbox.get(), underWay.cancellable())
                        .ifPresent(why -> obstacles.put(Action.CANCEL, why));
                SandboxRules.destroy(sandbox.get(), underWay.work())
                        .ifPresent(why -> obstacles.put(Action.DESTROY, why));
                if (chosen.getFirst().state() == ItemState.FOREIGN) {
                    obstacles.put(Action.DESTROY, untouchable(chosen));
                }
            }
            if (pinnable.isEmpty()) {
                obstacles.put(Action.PIN, "Only sandboxes of Corral's can be pinned");
            }
            if (headings
                    || chosen.size() != 1
                    || chosen.getFirst().item().directory().isEmpty()) {
                obstacles.put(Action.REVEAL, chosen.size() == 1 ? "It has no directory" : "Choose one row");
            }
            if (headings
                    || chosen.size() != 1
                    || chosen.getFirst().item().kind() != ItemKind.SANDBOX
                    || chosen.getFirst().state() == ItemState.FOREIGN) {
                obstacles.put(Action.SHOW_IN_SANDBOXES, chosen.size() == 1 ? "It is no sandbox" : "Choose one row");
            }
        }
        if (checked > 0) {
            obstacles.remove(Action.CLEAN_CHOSEN);
        }
        return new StrayRules(
                obstacles, !pinnable.isEmpty() && pinnable.stream().allMatch(StrayRow::pinned));
    }

    /**
     * What is chosen, for the commands.
     *
     * @param some whether anything is chosen or checked
     */
    Selection selection(boolean some) {
        return new Selection(
                some ? Optional.of(Scope.ITEM) : Optional.empty(),
                obstacles,
                Map.of(Action.PIN, pinned ? "Unpin" : "Pin", Action.COPY, "Copy id"));
    }

    /** Whether a row stands for something that can be pinned. */
    static boolean pinnable(StrayRow row) {
        return row.item().kind() == ItemKind.SANDBOX
                && row.item().directory().isPresent()
                && row.state() != ItemState.FOREIGN;
    }

    private static String untouchable(List<StrayRow> rows) {
        return rows.size() == 1
                ? "It is " + rows.getFirst().state().word() + " and never touched"
                : "None of them may be touched";
    }
}
