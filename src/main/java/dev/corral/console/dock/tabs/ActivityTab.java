package dev.corral.console.dock.tabs;

import dev.corral.console.dock.DockTab;
import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.page.Action;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;

/** The work under way, counted in the title. It stays at the end. */
final class ActivityTab extends DockTab {
    private final ActivityView view;

    /**
     * @param cancel cancels a piece of work
     * @param show   shows what a piece of work is about
     */
    ActivityTab(MessageCenter desk, Ticker ticker, Consumer<Activity> cancel, Consumer<Activity> show) {
        super("activity", "", Action.ACTIVITY.icon(), "Activity", "");
        this.view = new ActivityView(desk, ticker, cancel, show);
        desk.activities().addListener((ListChangeListener<Object>) change -> {
            long running = desk.runningCount();
            retitle(running == 0 ? "Activity" : "Activity " + running);
        });
    }

    @Override
    public Node content() {
        return view;
    }

    @Override
    public boolean fixed() {
        return true;
    }
}
