package dev.corral.console.strays;

import dev.corral.console.messages.Problem;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.table.Placeholders;
import java.util.Optional;
import javafx.scene.Node;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/** What stands in the table while it has no lines. */
final class StraysEmpty {
    private final Actions actions;
    private final StrayBar bar;

    StraysEmpty(Actions actions, StrayBar bar) {
        this.actions = actions;
        this.bar = bar;
    }

    /**
     * What stands there.
     *
     * @param view    what is known
     * @param looked  whether anything has been looked at
     * @param failure why nothing could be looked at, if so
     */
    Node of(StraysView view, boolean looked, Optional<Problem> failure) {
        if (failure.isPresent()) {
            return Placeholders.failed(failure.get(), actions.button(Action.REFRESH, "quiet-button"));
        }
        if (!looked) {
            return Placeholders.loading(
                    "Looking for VMs", "Directories, Vagrant's index and the hypervisors are being read.");
        }
        boolean strays = StrayFilter.chip(bar.text())
                .filter(chip -> chip == StateChip.STRAYS)
                .isPresent();
        if (!view.rows().isEmpty()
                && !bar.filter().isEmpty()
                && view.count(StateChip.ALL) > 0
                && !(strays && view.strays() == 0)) {
            return Placeholders.filtered(StrayFilter.HELP, () -> bar.set(""));
        }
        return new EmptyState(
                MaterialDesignC.CHECK_CIRCLE_OUTLINE,
                "Nothing is left behind",
                "VMs, disks, networks and index entries whose owner has ended appear here by themselves, each with its reason and size. "
                        + "You see a plan before anything is removed.");
    }
}
