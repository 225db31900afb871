package dev.corral.console.page;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import org.fxmisc.richtext.GenericStyledArea;

/**
 * Turns keys into actions. A terminal gets every key but those that work everywhere; a text field gets every key that
 * means something to it; keys of the chosen row work only where the list has the focus.
 */
public final class KeyDispatch {
    private final Actions actions;
    private final Predicate<Node> terminal;
    private final Predicate<Node> list;
    private final Set<KeyCode> held = EnumSet.noneOf(KeyCode.class);
    private final Set<KeyCode> acted = EnumSet.noneOf(KeyCode.class);

    /**
     * @param actions  the actions
     * @param terminal whether a node with the focus is (part of) a terminal
     * @param list     whether a node with the focus is (part of) the list or the row's details
     */
    public KeyDispatch(Actions actions, Predicate<Node> terminal, Predicate<Node> list) {
        this.actions = actions;
        this.terminal = terminal;
        this.list = list;
    }

    /** Listens to a scene. */
    public void install(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> pressed(event, scene.getFocusOwner()));
        scene.addEventFilter(KeyEvent.KEY_TYPED, event -> typed(event, scene.getFocusOwner()));
        scene.addEventFilter(KeyEvent.KEY_RELEASED, event -> released(event.getCode()));
        // A key that is let go in another window is never told here.
        scene.windowProperty().flatMap(Window::focusedProperty).addListener((all, before, focused) -> Set.copyOf(held)
                .forEach(this::released));
    }

    private void pressed(KeyEvent event, Node focus) {
        boolean repeated = !held.add(event.getCode());
        Optional<Command> meant = meant(event, focus, false).or(() -> meant(event, focus, true));
        meant.ifPresent(action -> {
            // Enter held a moment too long must not start a sample and then, since it starts now, open its log.
            if (!repeated || !action.onRows()) {
                actions.run(action);
            }
            acted.add(event.getCode());
            event.consume();
        });
        if (meant.isEmpty() && repeated && acted.contains(event.getCode())) {
            event.consume();
        }
    }

    private Optional<Command> meant(KeyEvent event, Node focus, boolean yielding) {
        return actions.all().stream()
                .filter(action -> action.shortcuts().stream()
                        .anyMatch(shortcut -> shortcut.yields() == yielding
                                && shortcut.combination()
                                        .filter(keys -> keys.match(event))
                                        .isPresent()
                                && applies(action, shortcut, focus)))
                .findFirst();
    }

    private void released(KeyCode code) {
        held.remove(code);
        acted.remove(code);
    }

    private void typed(KeyEvent event, Node focus) {
        if (!acted.isEmpty()) {
            // The key that opened the palette must not go on in its field.
            event.consume();
            return;
        }
        if (event.isShortcutDown() || event.isAltDown() || writes(focus) || inside(terminal, focus)) {
            return;
        }
        for (Command action : actions.all()) {
            if (action.shortcuts().stream()
                            .anyMatch(shortcut -> !shortcut.typed().isEmpty()
                                    && shortcut.typed().equals(event.getCharacter()))
                    && actions.enabled(action)) {
                actions.run(action);
                event.consume();
                return;
            }
        }
    }

    private boolean applies(Command action, Shortcut shortcut, Node focus) {
        if (!actions.enabled(action)) {
            return false;
        }
        if (shortcut.everywhere()) {
            return true;
        }
        if (inside(terminal, focus)) {
            return false;
        }
        if (writes(focus) && !shortcut.chord()) {
            return false;
        }
        boolean rowKey = action.onRows() || !shortcut.chord();
        return !rowKey || inside(list, focus);
    }

    // A text that can only be read leaves keys to the window: none of them means anything to it.
    private static boolean writes(Node focus) {
        return focus instanceof TextInputControl
                || focus instanceof GenericStyledArea<?, ?, ?> area && area.isEditable();
    }

    private static boolean inside(Predicate<Node> predicate, Node focus) {
        for (Node node = focus; node != null; node = node.getParent()) {
            if (predicate.test(node)) {
                return true;
            }
        }
        return false;
    }
}
