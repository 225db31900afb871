package dev.corral.console.dock;

import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the terminal that had the focus while something takes it that is only passed through: a button that shows a page or
 * folds the dock. Whoever types on means the terminal; in the list the same letters would be commands. For the FX thread.
 */
public final class TerminalFocus {
    private final Predicate<Node> terminal;
    private final Predicate<Node> passing;
    private @Nullable Node last;
    private @Nullable Node folded;

    /**
     * @param terminal whether a node is a terminal
     * @param passing  whether a node with the focus is one that it only passes through
     */
    public TerminalFocus(Predicate<Node> terminal, Predicate<Node> passing) {
        this.terminal = terminal;
        this.passing = passing;
    }

    public void install(Scene scene) {
        scene.focusOwnerProperty().addListener((all, before, now) -> moved(now));
    }

    private void moved(Node now) {
        Node within = terminalAround(now);
        if (within != null) {
            last = within;
            folded = null;
        } else if (now != null && !passing.test(now)) {
            last = null;
        }
    }

    /** Gives the focus to the terminal that has it, or had it until something was passed through. False when there is none. */
    public boolean giveBack() {
        if (last == null || last.getScene() == null) {
            return false;
        }
        last.requestFocus();
        return true;
    }

    /** The terminal goes out of sight. True when it had the focus, which must go elsewhere then. */
    public boolean fold() {
        folded = last;
        last = null;
        return folded != null;
    }

    /** The terminal is in sight again and gets the focus that it had. */
    public void unfold() {
        if (folded != null && folded.getScene() != null) {
            folded.requestFocus();
        }
        folded = null;
    }

    private Node terminalAround(Node node) {
        Node each = node;
        while (each != null && !terminal.test(each)) {
            each = each.getParent();
        }
        return each;
    }
}
