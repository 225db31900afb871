package dev.corral.console.page;

import java.util.Optional;
import javafx.scene.input.KeyCharacterCombination;
import javafx.scene.input.KeyCombination;

/**
 * A key for an action: either a combination of keys or a typed character, which does not depend on where the keyboard
 * has it.
 *
 * @param combination the combination
 * @param typed       the character, empty when it is a combination
 * @param everywhere  whether it works inside a terminal too, which otherwise gets every key
 * @param yields      whether another command that can be done and has the same key comes first
 */
public record Shortcut(Optional<KeyCombination> combination, String typed, boolean everywhere, boolean yields) {

    /** A combination that leaves terminals alone. */
    public static Shortcut key(String combination) {
        return new Shortcut(Optional.of(keys(combination)), "", false, false);
    }

    /** A combination that works in terminals too. */
    public static Shortcut everywhere(String combination) {
        return new Shortcut(Optional.of(keys(combination)), "", true, false);
    }

    /** A combination that leaves terminals alone, and is left to another command that has it where both can be done. */
    public static Shortcut yielding(String combination) {
        return new Shortcut(Optional.of(keys(combination)), "", false, true);
    }

    // JavaFX takes a name that it does not know, Page_Down for instance, for a character that no keyboard has.
    private static KeyCombination keys(String combination) {
        KeyCombination keys = KeyCombination.valueOf(combination.replace('_', ' '));
        if (keys instanceof KeyCharacterCombination typed
                && typed.getCharacter().length() != 1) {
            throw new IllegalArgumentException("No key is called " + typed.getCharacter());
        }
        return keys;
    }

    /** A typed character. */
    public static Shortcut typed(String character) {
        return new Shortcut(Optional.empty(), character, false, false);
    }

    /** What stands in menus and on the keyboard map. */
    public String label() {
        return combination
                .map(keys -> keys.getName()
                        .replace("Shortcut", "Ctrl")
                        .replace("'", "")
                        .replace("Shift+Ctrl", "Ctrl+Shift")
                        .replace('+', ' ')
                        .replace('_', ' ')
                        .replace("Delete", "Del"))
                .orElse(typed);
    }

    /** Whether both are the same keys. */
    boolean same(Shortcut other) {
        return combination.equals(other.combination) && typed.equals(other.typed);
    }

    /** Whether it has Ctrl, Alt or Meta or is a function key, and so means nothing to a text field. */
    public boolean chord() {
        return combination
                .map(keys -> keys.getName().contains("Ctrl")
                        || keys.getName().contains("Shortcut")
                        || keys.getName().contains("Alt")
                        || keys.getName().matches("(.*\\+)?F\\d+"))
                .orElse(false);
    }
}
