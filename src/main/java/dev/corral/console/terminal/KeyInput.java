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
    private final TypeAhead ahead;
    private Predicate<KeyEvent> forWindow = event -> false;
    private boolean swallowTyped;

    /** @param ahead what gets the keys while the terminal connects */
    KeyInput(ScreenWidget widget, TerminalShortcuts shortcuts, TypeAhead ahead) {
        this.widget = widget;
        this.shortcuts = shortcuts;
        this.ahead = ahead;
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
        } else if (shortcuts.handle(event)) {
            event.consume();
            swallowTyped = true;
        } else if (shortcuts.keeps()) {
            keep(event);
            return;
        } else if (!shortcuts.canSend() || send(event) || meansNothing(event)) {
            event.consume();
            swallowTyped = true;
        }
        // What is left does the emulator: plain special keys now, text when it is typed.
        if (meansNothing(event) || altText(event)) {
            swallowTyped = false;
        }
    }

    private void typed(KeyEvent event) {
        if (swallowTyped || !shortcuts.canSend() && !shortcuts.keeps()) {
            event.consume();
            return;
        }
        String text = event.getCharacter();
        if (shortcuts.keeps()) {
            if (!text.isEmpty() && !Character.isISOControl(text.charAt(0))) {
                ahead.add(((event.isAltDown() && !event.isControlDown() ? "\u001b" : "") + text)
                        .getBytes(StandardCharsets.UTF_8));
            }
            event.consume();
        } else if (event.isAltDown() && !event.isControlDown() && !text.isEmpty() && text.charAt(0) > ' ') {
            sendBytes(("\u001b" + text).getBytes(StandardCharsets.UTF_8));
            event.consume();
        } else if (text.isEmpty() || Character.isISOControl(text.charAt(0))) {
            event.consume();
        }
    }

    /** The emulator does nothing while it has no far side, so what it would send is found out here. */
    private void keep(KeyEvent event) {
        event.consume();
        byte[] special = widget.terminal().getCodeForKey(event.getCode().getCode(), 0);
        Optional<byte[]> bytes =
                encode(event).or(() -> Optional.ofNullable(special)).or(() -> control(event.getText()));
        bytes.filter(sent -> !meansNothing(event)).ifPresent(ahead::add);
        swallowTyped = bytes.isPresent();
    }

    private static Optional<byte[]> control(String text) {
        return text.isEmpty() || !Character.isISOControl(text.charAt(0))
                ? Optional.empty()
                : Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<byte[]> encode(KeyEvent event) {
        return KeyEncoder.encode(new KeyEncoder.Key(
                event.getCode(),
                event.getText(),
                event.isShiftDown(),
                event.isControlDown(),
                event.isAltDown(),
                event.isMetaDown()));
    }

    private boolean send(KeyEvent event) {
        Optional<byte[]> bytes = encode(event);
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
