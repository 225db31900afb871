package dev.corral.console.chrome;

import dev.corral.console.dock.Dock;
import dev.corral.console.settings.PageMemory;
import dev.corral.console.settings.ThemeChoice;
import dev.corral.console.settings.WindowState;
import java.util.List;
import java.util.Map;
import javafx.geometry.Orientation;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;
import javafx.stage.Screen;
import javafx.stage.Stage;

/** Page above, dock below: how the room is shared, and what of it is remembered. */
public final class WindowFrame extends SplitPane {
    private static final double MAXIMISED = 0.02;

    private final Region page;
    private final Dock dock;
    private double dockAt = 0.58;
    private boolean open = true;
    private boolean maximised;

    /**
     * @param page the pages
     * @param dock the dock
     */
    public WindowFrame(Region page, Dock dock) {
        super(page, dock);
        this.page = page;
        this.dock = dock;
        setOrientation(Orientation.VERTICAL);
        setId("frame");
        page.setMinHeight(0);
    }

    /** The screens' usable areas, the main one first. */
    public static List<WindowState.Area> screens() {
        List<Screen> all = new java.util.ArrayList<>(List.of(Screen.getPrimary()));
        Screen.getScreens().stream()
                .filter(screen -> !screen.equals(Screen.getPrimary()))
                .forEach(all::add);
        return all.stream().map(Screen::getVisualBounds).map(WindowFrame::area).toList();
    }

    private static WindowState.Area area(Rectangle2D bounds) {
        return new WindowState.Area(bounds.getMinX(), bounds.getMinY(), bounds.getWidth(), bounds.getHeight());
    }

    /** Brings stage and dividers to a remembered state. */
    public void restore(Stage stage, WindowState state) {
        stage.setMinWidth(WindowState.MIN_WIDTH);
        stage.setMinHeight(WindowState.MIN_HEIGHT);
        stage.setX(state.x());
        stage.setY(state.y());
        stage.setWidth(state.width());
        stage.setHeight(state.height());
        stage.setMaximized(state.maximized());
        dockAt = state.dock();
        setDividerPositions(dockAt);
        openDock(state.dockOpen());
    }

    /** What is to be remembered, with what the pages want to. */
    public WindowState state(Stage stage, ThemeChoice theme, Map<String, PageMemory> pages) {
        return new WindowState(
                stage.getX(),
                stage.getY(),
                stage.getWidth(),
                stage.getHeight(),
                stage.isMaximized(),
                theme,
                0,
                open && !maximised ? getDividerPositions()[0] : dockAt,
                open,
                pages);
    }

    /** Whether the dock is unfolded. */
    public boolean dockOpen() {
        return open;
    }

    /** Folds or unfolds the dock; folded, its tabs stay. */
    public void openDock(boolean wanted) {
        if (wanted == open) {
            return;
        }
        if (open && !maximised) {
            dockAt = getDividerPositions()[0];
        }
        open = wanted;
        maximised = false;
        dock.setMaxHeight(wanted ? Double.MAX_VALUE : Dock.HEAD_PX);
        dock.pseudoClassStateChanged(Dock.FOLDED, !wanted);
        setDividerPositions(wanted ? dockAt : 1);
        page.requestLayout();
    }

    /** Gives the dock the whole height, or takes it back. */
    public void maximiseDock() {
        if (!open) {
            openDock(true);
        }
        if (!maximised) {
            dockAt = getDividerPositions()[0];
        }
        maximised = !maximised;
        setDividerPositions(maximised ? MAXIMISED : dockAt);
    }
}
