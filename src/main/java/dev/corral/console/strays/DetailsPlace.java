package dev.corral.console.strays;

import dev.corral.console.fx.FxThread;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;

/** Where the details lie: beside the table when the page is wide or somebody wants to see them. */
final class DetailsPlace {
    private static final double FROM_PX = 1500;
    private static final double WIDTH_PX = 340;

    private final SplitPane split;
    private final Node details;
    private Optional<Boolean> wanted = Optional.empty();

    DetailsPlace(SplitPane split, Node details) {
        this.split = split;
        this.details = details;
        SplitPane.setResizableWithParent(details, false);
    }

    /** Shows or hides them; from now on the width of the page decides nothing. */
    void toggle(double width) {
        wanted = Optional.of(!shown());
        fit(width);
    }

    /** Takes note of the width of the page. */
    void fit(double width) {
        boolean show = wanted.orElse(width >= FROM_PX);
        if (show == shown()) {
            return;
        }
        if (show) {
            split.getItems().add(details);
            // Its place can only be given when the table has been laid out beside it.
            FxThread.later(() -> split.setDividerPositions(1 - WIDTH_PX / Math.max(2 * WIDTH_PX, split.getWidth())));
        } else {
            split.getItems().remove(details);
        }
    }

    private boolean shown() {
        return split.getItems().contains(details);
    }
}
