package dev.corral.console.terminal;

import com.techsenger.jeditermfx.core.RequestOrigin;
import com.techsenger.jeditermfx.core.compatibility.Point;
import com.techsenger.jeditermfx.core.model.StyleState;
import com.techsenger.jeditermfx.core.model.TerminalTextBuffer;
import com.techsenger.jeditermfx.core.util.TermSize;
import com.techsenger.jeditermfx.ui.TerminalAction;
import com.techsenger.jeditermfx.ui.TerminalActionProvider;
import com.techsenger.jeditermfx.ui.TerminalCopyPasteHandler;
import com.techsenger.jeditermfx.ui.TerminalPanel;
import dev.corral.console.fx.FxThread;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.scene.control.ContextMenu;
import org.jspecify.annotations.Nullable;

/** The emulator's drawing, without its menu, its shortcuts, its clipboard and its endless timer. */
final class ScreenPanel extends TerminalPanel {
    private @Nullable RepaintClock clock;
    private Supplier<ContextMenu> menu = ContextMenu::new;

    ScreenPanel(TerminalSettings settings, TerminalTextBuffer buffer, StyleState style) {
        super(settings, buffer, style);
    }

    @Override
    public void init() {
        super.init();
        RepaintClock made = new RepaintClock(this);
        clock = made;
        getPane().sceneProperty().addListener((property, before, after) -> made.setVisible(after != null));
        // A canvas of a new size is empty, and nothing else may be there to be drawn: a folded dock that is unfolded
        // again.
        getCanvas().widthProperty().addListener((property, before, after) -> repaint());
        getCanvas().heightProperty().addListener((property, before, after) -> repaint());
    }

    @Override
    public void repaint() {
        super.repaint();
        if (clock != null) {
            clock.ask();
        }
    }

    @Override
    public void scrollArea(int top, int size, int dy) {
        super.scrollArea(top, size, dy);
        repaint();
    }

    @Override
    public void dispose() {
        super.dispose();
        clock().stop();
    }

    RepaintClock clock() {
        return Objects.requireNonNull(clock);
    }

    void setMenu(Supplier<ContextMenu> supplier) {
        menu = supplier;
    }

    /** Draws with the font and colours that the settings give now. */
    void applySettings() {
        reinitFontAndResize();
        repaint();
    }

    TermSize size() {
        TermSize size = getTerminalSizeFromComponent();
        return size == null
                ? new TermSize(
                        getTerminalTextBuffer().getWidth(),
                        getTerminalTextBuffer().getHeight())
                : size;
    }

    /** The cell at a place of the canvas, counted from the top left of the visible screen. */
    Point cellAt(double x, double y) {
        TermSize size = size();
        return new Point(
                Math.clamp((int) ((x - getInsetX()) / myCharSize.getWidth()), 0, size.getColumns() - 1),
                Math.clamp((int) (y / myCharSize.getHeight()), 0, size.getRows() - 1));
    }

    void scrollToEnd() {
        getScrollBar().setValue(getScrollBar().getMax());
    }

    /** The emulator calls this on threads of its own, and it touches nodes. */
    @Override
    public void onResize(TermSize size, RequestOrigin origin) {
        FxThread.run(() -> super.onResize(size, origin));
    }

    @Override
    protected TerminalCopyPasteHandler createCopyPasteHandler() {
        return new FxClipboard();
    }

    @Override
    protected ContextMenu createPopupMenu(TerminalActionProvider provider) {
        return menu.get();
    }

    /** None: shortcuts are those of {@link KeyInput}. */
    @Override
    public List<TerminalAction> getActions() {
        return List.of();
    }
}
