package dev.corral.console.terminal;

import com.techsenger.jeditermfx.ui.TerminalCopyPasteHandler;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.jspecify.annotations.Nullable;

/** The clipboard through JavaFX; the emulator's own way is AWT. */
final class FxClipboard implements TerminalCopyPasteHandler {
    @Override
    public void setContents(String text, boolean primarySelection) {
        if (!primarySelection) {
            ClipboardContent content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
        }
    }

    @Override
    public @Nullable String getContents(boolean primarySelection) {
        String text = primarySelection ? null : Clipboard.getSystemClipboard().getString();
        return text == null ? null : harmless(text);
    }

    /** Without the control characters that could end a bracketed paste and act as keys. */
    static String harmless(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c == '\n' || c == '\r' || c == '\t' || !Character.isISOControl(c))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
