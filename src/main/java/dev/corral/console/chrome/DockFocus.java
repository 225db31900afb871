package dev.corral.console.chrome;

import dev.corral.console.dock.Dock;
import dev.corral.console.dock.TerminalFocus;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import javafx.scene.Node;

/** Folding, unfolding and maximising the dock, and where the focus goes with that. For the FX thread. */
public final class DockFocus {
    private final WindowFrame frame;
    private final Pages pages;
    private final Dock dock;
    private final TerminalFocus terminalFocus;

    /** @param terminalFocus gives the focus back to a terminal that had it */
    public DockFocus(WindowFrame frame, Pages pages, Dock dock, TerminalFocus terminalFocus) {
        this.frame = frame;
        this.pages = pages;
        this.dock = dock;
        this.terminalFocus = terminalFocus;
    }

    /** Says what the commands do. */
    public void install(Actions actions) {
        actions.handle(Action.TOGGLE_DOCK, this::toggle);
        actions.handle(Action.MAXIMISE_DOCK, () -> {
            frame.maximiseDock();
            terminalFocus.giveBack();
        });
        actions.handle(Action.SWITCH_FOCUS, this::switchFocus);
    }

    // Folded, a terminal that can't be seen must not get the keys; unfolded, it goes on as before.
    private void toggle() {
        boolean opens = !frame.dockOpen();
        frame.openDock(opens);
        if (opens) {
            terminalFocus.unfold();
        } else if (terminalFocus.fold()) {
            pages.focusPage();
        }
    }

    // F6 leads out of a terminal too.
    private void switchFocus() {
        boolean inDock = false;
        for (Node node = frame.getScene().getFocusOwner(); node != null; node = node.getParent()) {
            inDock |= node == dock;
        }
        if (inDock) {
            pages.focusPage();
        } else {
            frame.openDock(true);
            dock.focusContent();
        }
    }
}
