package dev.corral.console.terminal;

import com.techsenger.jeditermfx.core.compatibility.Point;
import com.techsenger.jeditermfx.core.emulator.mouse.MouseButtonCodes;
import com.techsenger.jeditermfx.core.emulator.mouse.MouseButtonModifierFlags;
import com.techsenger.jeditermfx.core.input.MouseWheelEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/**
 * The wheel: reports to programs that ask for the mouse, arrow keys for full screen programs that do not, else three
 * lines of the scrollback a notch. The emulator's own reports are upside down.
 */
final class WheelInput {
    private static final double NOTCH = 40;
    private static final int LINES_PER_NOTCH = 3;

    private final ScreenWidget widget;
    private double rest;

    WheelInput(ScreenWidget widget) {
        this.widget = widget;
        widget.getPane().addEventFilter(ScrollEvent.SCROLL, this::scroll);
        widget.getPane().addEventFilter(MouseEvent.MOUSE_CLICKED, this::click);
    }

    private void scroll(ScrollEvent event) {
        if (event.isControlDown()) {
            return;
        }
        event.consume();
        ScreenPanel panel = widget.panel();
        boolean reported = panel.isRemoteMouseAction(event);
        double unit = reported ? NOTCH : NOTCH / LINES_PER_NOTCH;
        rest += event.getDeltaY() == 0 && event.isShiftDown() ? event.getDeltaX() : event.getDeltaY();
        int steps = (int) Math.round(rest / unit - Math.signum(rest) * 0.01);
        if (Math.abs(rest) < unit * 0.99) {
            return;
        }
        rest -= steps * unit;
        for (int i = 0; i < Math.abs(steps); i++) {
            step(event, reported, steps > 0);
        }
    }

    private void step(ScrollEvent event, boolean reported, boolean up) {
        ScreenPanel panel = widget.panel();
        if (reported) {
            // The emulator's names are swapped: its "down" is button 4, which the far side takes as up.
            int modifiers = (event.isControlDown() ? MouseButtonModifierFlags.MOUSE_BUTTON_CTRL_FLAG : 0)
                    | (event.isAltDown() ? MouseButtonModifierFlags.MOUSE_BUTTON_META_FLAG : 0);
            Point cell = panel.cellAt(event.getX(), event.getY());
            widget.terminal()
                    .mouseWheelMoved(
                            cell.x,
                            cell.y,
                            new MouseWheelEvent(
                                    up ? MouseButtonCodes.SCROLLDOWN : MouseButtonCodes.SCROLLUP, modifiers));
        } else if (panel.getTerminalTextBuffer().isUsingAlternateBuffer()) {
            if (widget.starter() != null) {
                widget.starter()
                        .sendBytes(
                                widget.terminal().getCodeForKey((up ? KeyCode.UP : KeyCode.DOWN).getCode(), 0), true);
            }
        } else if (up) {
            panel.scrollUp();
        } else {
            panel.scrollDown();
        }
    }

    /** A right click that was reported to a program must not open our menu as well. */
    private void click(MouseEvent event) {
        if (event.getButton() == MouseButton.SECONDARY && widget.panel().isRemoteMouseAction(event)) {
            widget.panel().getCanvas().requestFocus();
            event.consume();
        }
    }
}
