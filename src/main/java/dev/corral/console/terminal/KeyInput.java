package dev.corral.console.terminal;

import com.techsenger.jeditermfx.core.TerminalStarter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * Decides for each key press whether it is the window's, the terminal's own shortcut, a sequence of ours or the
 * emulator's business, before the emulator sees it.
 */
final class KeyInput {
    private final ScreenWidget widget;
    private final TerminalShortcuts shortcuts;
    private Predicate<KeyEvent> forWindow = event -> false;
    private boolean swallowTyped;

    KeyInput(ScreenWidget widget, TerminalShortcuts shortcuts) {
        this.widget = widget;
        this.shortcuts = shortcuts;
        widget.getPane().addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        widget.getPane().addEventFilter(KeyEvent.KEY_TYPED, this::typed);
    }

    void setForWindow(Predicate<KeyEvent> predicate) {
        forWindow = predicate;
    }

    private void pressed(KeyEvent event) {
        swallowTyped = false;
        if (forWindow.test(event)) {
            passToWindow(event);
        } else if (shortcuts.handle(event) || !shortcuts.canSend() || send(event) || meansNothing(event)) {
            event.consume();
            swallowTyped = true;
        }
        // What is left does the emulator: plain special keys now, text when it is typed.
        if (meansNothing(event) || altText(event)) {
            swallowTyped = false;
        }
    }

    private void typed(KeyEvent event) {
        if (swallowTyped || !shortcuts.canSend()) {
            event.consume();
            return;
        }
        String text = event.getCharacter();
        if (event.isAltDown() && !event.isControlDown() && !text.isEmpty() && text.charAt(0) > ' ') {
            sendBytes(("\u001b" + text).getBytes(StandardCharsets.UTF_8));
            event.consume();
        } else if (text.isEmpty() || Character.isISOControl(text.charAt(0))) {
            event.consume();
        }
    }

    private boolean send(KeyEvent event) {
        Optional<byte[]> bytes = KeyEncoder.encode(new KeyEncoder.Key(
                event.getCode(),
                event.getText(),
                event.isShiftDown(),
                event.isControlDown(),
                event.isAltDown(),
                event.isMetaDown()));
        bytes.ifPresent(this::sendBytes);
        return bytes.isPresent();
    }

    private void sendBytes(byte[] bytes) {
        TerminalStarter starter = widget.starter();
        if (starter != null) {
            starter.sendBytes(bytes, true);
            widget.panel().scrollToEnd();
        }
    }

    /** Shift, Control, Caps Lock and the like, for which the emulator would send a NUL. */
    private boolean meansNothing(KeyEvent event) {
        KeyCode code = event.getCode();
        return code.isModifierKey()
                || event.getText().isEmpty() && widget.terminal().getCodeForKey(code.getCode(), 0) == null;
    }

    /** Alt with text that only its typed form shows: the emulator would send it without the ESC. */
    private static boolean altText(KeyEvent event) {
        return event.isAltDown()
                && event.isShiftDown()
                && !event.isControlDown()
                && !event.getCode().isLetterKey();
    }

    /** The emulator listens below this point, so the event goes on from the terminal's parent. */
    private void passToWindow(KeyEvent event) {
        swallowTyped = true;
        event.consume();
        Node terminal = widget.getPane();
        Parent parent = terminal.getParent();
        EventTarget target = parent == null ? terminal : parent;
        if (parent != null) {
            parent.fireEvent(event.copyFor(parent, target));
        }
    }
}
