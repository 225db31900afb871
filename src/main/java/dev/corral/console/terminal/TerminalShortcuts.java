package dev.corral.console.terminal;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** The shortcuts of a terminal, all with Shift where the bare key belongs to the shell. */
final class TerminalShortcuts {
    static final KeyCombination COPY = shifted(KeyCode.C);
    static final KeyCombination PASTE = shifted(KeyCode.V);
    static final KeyCombination SELECT_ALL = shifted(KeyCode.A);
    static final KeyCombination FIND = shifted(KeyCode.F);
    static final KeyCombination BIGGER = new KeyCodeCombination(KeyCode.PLUS, KeyCombination.CONTROL_DOWN);
    static final KeyCombination SMALLER = new KeyCodeCombination(KeyCode.MINUS, KeyCombination.CONTROL_DOWN);
    static final KeyCombination USUAL_SIZE = new KeyCodeCombination(KeyCode.DIGIT0, KeyCombination.CONTROL_DOWN);

    private final TerminalPane pane;
    private final Map<KeyCombination, Runnable> actions = new LinkedHashMap<>();

    TerminalShortcuts(TerminalPane pane, ScreenPanel panel) {
        this.pane = pane;
        actions.put(COPY, pane::copy);
        actions.put(new KeyCodeCombination(KeyCode.INSERT, KeyCombination.CONTROL_DOWN), pane::copy);
        actions.put(PASTE, pane::paste);
        actions.put(new KeyCodeCombination(KeyCode.INSERT, KeyCombination.SHIFT_DOWN), pane::paste);
        actions.put(SELECT_ALL, pane::selectAll);
        actions.put(FIND, pane::showFind);
        Runnable bigger = () -> pane.setFontSize(pane.getFontSize() + 1);
        actions.put(BIGGER, bigger);
        actions.put(new KeyCodeCombination(KeyCode.EQUALS, KeyCombination.CONTROL_DOWN), bigger);
        actions.put(shifted(KeyCode.EQUALS), bigger);
        actions.put(new KeyCodeCombination(KeyCode.ADD, KeyCombination.CONTROL_DOWN), bigger);
        Runnable smaller = () -> pane.setFontSize(pane.getFontSize() - 1);
        actions.put(SMALLER, smaller);
        actions.put(new KeyCodeCombination(KeyCode.SUBTRACT, KeyCombination.CONTROL_DOWN), smaller);
        Runnable usual = () -> pane.setFontSize(TerminalFonts.DEFAULT_SIZE);
        actions.put(USUAL_SIZE, usual);
        actions.put(new KeyCodeCombination(KeyCode.NUMPAD0, KeyCombination.CONTROL_DOWN), usual);
        actions.put(new KeyCodeCombination(KeyCode.PAGE_UP, KeyCombination.SHIFT_DOWN), panel::pageUp);
        actions.put(new KeyCodeCombination(KeyCode.PAGE_DOWN, KeyCombination.SHIFT_DOWN), panel::pageDown);
        actions.put(shifted(KeyCode.UP), panel::scrollUp);
        actions.put(shifted(KeyCode.DOWN), panel::scrollDown);
    }

    /** True when the key was one of ours and has been acted on. */
    boolean handle(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER && pane.getState().status() == TerminalPane.Status.DISCONNECTED) {
            pane.connect();
            return true;
        }
        for (Map.Entry<KeyCombination, Runnable> action : actions.entrySet()) {
            if (action.getKey().match(event)) {
                action.getValue().run();
                return true;
            }
        }
        return false;
    }

    /** True while keys have somewhere to go. */
    boolean canSend() {
        return pane.getState().status() == TerminalPane.Status.CONNECTED;
    }

    /** True while keys are kept until they have somewhere to go. */
    boolean keeps() {
        return pane.getState().status() == TerminalPane.Status.CONNECTING;
    }

    private static KeyCombination shifted(KeyCode code) {
        return new KeyCodeCombination(code, KeyCombination.CONTROL_DOWN, KeyCombination.SHIFT_DOWN);
    }
}
