package dev.corral.console.page;

import dev.corral.console.shared.Icons;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;

/**
 * What each action does in this window and whether it makes sense now. An action that makes none is disabled, not
 * hidden, and says why. For the FX thread.
 */
public final class Actions {
    private final Map<Action, Runnable> handlers = new EnumMap<>(Action.class);
    private final Map<Action, ReadOnlyStringWrapper> obstacles = new EnumMap<>(Action.class);
    private final Map<Action, ReadOnlyStringWrapper> texts = new EnumMap<>(Action.class);
    private Page page = Page.SANDBOXES;

    /** No action does anything yet. */
    public Actions() {
        for (Action action : Action.values()) {
            obstacles.put(action, new ReadOnlyStringWrapper(""));
            texts.put(action, new ReadOnlyStringWrapper(action.text()));
        }
    }

    /** Says which page is shown: actions of the others make no sense meanwhile. */
    public void showPage(Page shown) {
        page = shown;
    }

    /** Whether the action belongs to the page that is shown, or to every page. */
    public boolean here(Action action) {
        return action.page().filter(own -> own != page).isEmpty();
    }

    /** Says what an action does. */
    public void handle(Action action, Runnable handler) {
        handlers.put(action, handler);
    }

    /** Says why an action makes no sense now; empty when it does. */
    public void obstruct(Action action, String why) {
        Objects.requireNonNull(obstacles.get(action)).set(why);
    }

    /** Gives an action another name for now, for instance Unpin. */
    public void rename(Action action, String text) {
        Objects.requireNonNull(texts.get(action)).set(text);
    }

    /** Why an action makes no sense now; empty when it does. */
    public ReadOnlyStringProperty obstacle(Action action) {
        return Objects.requireNonNull(obstacles.get(action)).getReadOnlyProperty();
    }

    /** Its name at present. */
    public ReadOnlyStringProperty text(Action action) {
        return Objects.requireNonNull(texts.get(action)).getReadOnlyProperty();
    }

    /** Whether it makes sense now. */
    public boolean enabled(Action action) {
        return here(action)
                && Objects.requireNonNull(obstacles.get(action)).get().isEmpty()
                && handlers.containsKey(action);
    }

    /** Does it, if it makes sense now. */
    public void run(Action action) {
        if (enabled(action)) {
            Objects.requireNonNull(handlers.get(action)).run();
        }
    }

    /** A button for an action, with icon, name, tooltip and accessible text. */
    public Button button(Action action, String... styleClasses) {
        Button button = new Button();
        button.setId(action.id());
        button.setGraphic(Icons.of(action.icon()));
        button.textProperty().bind(text(action));
        dress(button, action, styleClasses);
        return button;
    }

    /** A button that shows only the icon. */
    public Button iconButton(Action action, String... styleClasses) {
        Button button = new Button();
        button.setId(action.id());
        button.setGraphic(Icons.of(action.icon()));
        button.getStyleClass().add("icon-button");
        dress(button, action, styleClasses);
        return button;
    }

    private void dress(Button button, Action action, String... styleClasses) {
        button.getStyleClass().addAll(styleClasses);
        button.setOnAction(event -> run(action));
        button.disableProperty().bind(obstacle(action).isNotEmpty());
        Tooltip tooltip = new Tooltip(tip(action));
        button.setTooltip(tooltip);
        button.setAccessibleText(action.text());
        button.setAccessibleHelp(action.description());
    }

    /** A menu item for an action. */
    public MenuItem menuItem(Action action) {
        MenuItem item = new MenuItem();
        item.setGraphic(Icons.of(action.icon()));
        item.textProperty().bind(text(action));
        action.shortcuts().stream().findFirst().flatMap(Shortcut::combination).ifPresent(item::setAccelerator);
        item.disableProperty().bind(obstacle(action).isNotEmpty());
        item.setOnAction(event -> run(action));
        return item;
    }

    private static String tip(Action action) {
        return action.shortcuts().isEmpty()
                ? action.description()
                : action.description() + "  ·  " + action.shortcuts().getFirst().label();
    }
}
