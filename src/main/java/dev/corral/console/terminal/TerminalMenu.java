package dev.corral.console.terminal;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/** The menu under the right mouse button. */
final class TerminalMenu {
    private TerminalMenu() {}

    static ContextMenu of(TerminalPane pane) {
        MenuItem copy = item("Copy", TerminalShortcuts.COPY, pane::copy);
        copy.setDisable(!pane.hasSelection());
        MenuItem paste = item("Paste", TerminalShortcuts.PASTE, pane::paste);
        paste.setDisable(pane.getState().status() != TerminalPane.Status.CONNECTED);
        return new ContextMenu(
                copy,
                paste,
                item("Select all", TerminalShortcuts.SELECT_ALL, pane::selectAll),
                item("Copy screen as text", null, pane::copyScreen),
                new SeparatorMenuItem(),
                item("Find", TerminalShortcuts.FIND, pane::showFind),
                item("Clear scrollback", null, pane::clearHistory),
                new SeparatorMenuItem(),
                item("Larger text", TerminalShortcuts.BIGGER, () -> pane.setFontSize(pane.getFontSize() + 1)),
                item("Smaller text", TerminalShortcuts.SMALLER, () -> pane.setFontSize(pane.getFontSize() - 1)),
                item(
                        "Usual text size",
                        TerminalShortcuts.USUAL_SIZE,
                        () -> pane.setFontSize(TerminalFonts.DEFAULT_SIZE)));
    }

    private static MenuItem item(String text, @Nullable KeyCombination key, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setAccelerator(key);
        item.setOnAction(event -> action.run());
        return item;
    }
}
