package dev.corral.console.table;

import java.util.Optional;
import javafx.scene.control.Control;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.skin.VirtualFlow;
import org.jspecify.annotations.Nullable;

/** Where a list is scrolled to. For the FX thread. */
public final class Scrolling {
    private Scrolling() {}

    /** What scrolls, once the list has been shown. */
    public static Optional<VirtualFlow<?>> flow(Control list) {
        return list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow ? Optional.of(flow) : Optional.empty();
    }

    /** The index of the first row in sight, if there is one. */
    public static Optional<Integer> first(Control list) {
        return flow(list).map(Scrolling::firstOf);
    }

    private static @Nullable Integer firstOf(VirtualFlow<?> flow) {
        IndexedCell<?> cell = flow.getFirstVisibleCell();
        return cell == null ? null : cell.getIndex();
    }

    /** Keeps a row where it is in sight that had one index and has another now; -1 is none. */
    public static void follow(Control list, int before, int after, double rowPx) {
        if (before >= 0 && after >= 0 && before != after) {
            flow(list).ifPresent(flow -> flow.scrollPixels((after - before) * rowPx));
        }
    }
}
