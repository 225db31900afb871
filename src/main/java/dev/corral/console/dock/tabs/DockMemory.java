package dev.corral.console.dock.tabs;

import dev.corral.console.dock.Dock;
import dev.corral.console.dock.DockTab;
import dev.corral.console.fx.Background;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.settings.SavedTab;
import dev.corral.console.settings.SavedTabs;
import dev.corral.console.settings.StateFile;
import dev.corral.core.app.Corral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings back the logs and Vagrantfiles of the last window and remembers those of this one. Terminals do not come back: nobody
 * has asked for a connection yet. Activity is always there. The dock stays folded. For the FX thread.
 */
public final class DockMemory {
    private final Corral corral;
    private final MessageCenter desk;
    private final Dock dock;
    private final StateFile<SavedTabs> store;
    private volatile SavedTabs newest = new SavedTabs(List.of(), -1);

    /** @param store where they are remembered */
    public DockMemory(Corral corral, MessageCenter desk, Dock dock, StateFile<SavedTabs> store) {
        this.corral = corral;
        this.desk = desk;
        this.dock = dock;
        this.store = store;
    }

    /** Brings back and begins to remember. */
    public void begin() {
        Background.run("dock-tabs", this::found, this::restore, this::tell);
    }

    private SavedTabs found() {
        SavedTabs kept = store.load().orElse(newest);
        List<SavedTab> there = new ArrayList<>();
        int chosen = -1;
        for (int i = 0; i < kept.tabs().size(); i++) {
            Optional<SavedTab> tab = kept.tabs().get(i).there();
            tab.ifPresent(there::add);
            chosen = i == kept.chosen() && tab.isPresent() ? there.size() - 1 : chosen;
        }
        return new SavedTabs(there, chosen);
    }

    private void restore(SavedTabs kept) {
        boolean untouched = dock.tabs().stream().allMatch(DockTab::fixed);
        List<Optional<DockTab>> made = kept.tabs().stream()
                .filter(tab -> dock.find(tab.kind(), tab.key()).isEmpty())
                .map(this::make)
                .toList();
        made.forEach(tab -> tab.ifPresent(dock::add));
        if (untouched && kept.chosen() >= 0 && kept.chosen() < made.size()) {
            made.get(kept.chosen()).ifPresent(dock::select);
        }
        dock.whenChanged(this::save);
        save();
    }

    private Optional<DockTab> make(SavedTab tab) {
        return switch (tab.kind()) {
            case LogTab.KIND -> Optional.of(LogTab.of(corral.logs(), tab));
            case VagrantfileTab.KIND ->
                Optional.of(VagrantfileTab.of(tab, corral.environment().home()));
            // Of a newer window, or damaged.
            default -> Optional.empty();
        };
    }

    private void save() {
        List<DockTab> kept =
                dock.tabs().stream().filter(tab -> tab.saved().isPresent()).toList();
        SavedTabs now = new SavedTabs(
                kept.stream().flatMap(tab -> tab.saved().stream()).toList(),
                dock.chosen().map(kept::indexOf).orElse(-1));
        if (now.equals(newest)) {
            return;
        }
        newest = now;
        Background.run(
                "dock-tabs",
                () -> {
                    store.save(() -> newest);
                    return true;
                },
                saved -> {},
                this::tell);
    }

    private void tell(Throwable failure) {
        desk.tell(Notice.of(Problem.of(failure)));
    }
}
