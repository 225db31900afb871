package dev.corral.console.page;

import dev.corral.console.shared.Icons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;

/**
 * What each command does and whether it makes sense now: for the window, and below it for each page with what is chosen there. The
 * window's commands are the same everywhere; those about something chosen are the business of the page that is asked, and in the window
 * of the page that is shown. A command that makes no sense is disabled, not hidden, and says why. For the FX thread.
 */
public final class Actions {
    private final Optional<Actions> window;
    private final List<Command> known = new ArrayList<>();
    private final List<ShowPage> pages = new ArrayList<>();
    private final Map<Command, Runnable> handlers = new HashMap<>();
    private final Map<Command, ReadOnlyStringWrapper> obstacles = new HashMap<>();
    private final Map<Command, ReadOnlyStringWrapper> texts = new HashMap<>();
    private Optional<Actions> shown = Optional.empty();
    private Selection selection = Selection.nothing();

    /** Those of a window. None does anything yet. */
    public Actions() {
        window = Optional.empty();
        known.addAll(Arrays.asList(Action.values()));
    }

    private Actions(Actions window) {
        this.window = Optional.of(window);
    }

    /** Those of a page of this window. */
    public Actions forPage() {
        return new Actions(window.orElse(this));
    }

    /** Says which page is shown: what others say of their chosen things does not count meanwhile. */
    public void show(Actions page) {
        shown = Optional.of(page);
    }

    /** Every command, in the order in which they are listed: those that show pages first, those that pages bring along last. */
    public List<Command> all() {
        Actions root = window.orElse(this);
        List<Command> all = new ArrayList<>(root.pages);
        all.addAll(root.known);
        return all;
    }

    /** Whether it can be done anywhere, or something of its kind on the page. */
    public boolean here(Command command) {
        return inWindow(command)
                || place(command)
                        .filter(place -> place.handlers.containsKey(command))
                        .isPresent();
    }

    /** The keys that a command has on this page whatever is chosen: those that another one here may take first are none of them. */
    public List<Shortcut> keys(Command command) {
        return command.shortcuts().stream()
                .filter(key -> !key.yields()
                        || all().stream()
                                .filter(other -> other != command && here(other))
                                .flatMap(other -> other.shortcuts().stream())
                                .noneMatch(key::same))
                .toList();
    }

    private static boolean inWindow(Command command) {
        return command.scopes().contains(Scope.WINDOW);
    }

    // Whose business a command is: empty only while no page is shown.
    private Optional<Actions> place(Command command) {
        if (inWindow(command)) {
            return Optional.of(window.orElse(this));
        }
        return window.isPresent() ? Optional.of(this) : shown;
    }

    /** Says what a command does: a command of the window everywhere, another one on this page. */
    public void handle(Command command, Runnable handler) {
        if (!inWindow(command) && window.isEmpty()) {
            throw new IllegalArgumentException(command.id() + " is for a page to handle");
        }
        Actions root = window.orElse(this);
        if (command instanceof ShowPage page) {
            root.pages.add(page);
        } else if (!root.known.contains(command)) {
            root.known.add(command);
        }
        (inWindow(command) ? root : this).handlers.put(command, handler);
    }

    /** Says what is chosen on this page now. */
    public void select(Selection chosen) {
        selection = Objects.requireNonNull(chosen);
        obstacles.forEach((command, why) -> why.set(chosen.obstacle(command)));
        texts.forEach((command, text) -> text.set(chosen.text(command)));
    }

    /** Why a command makes no sense now; empty when it does. */
    public ReadOnlyStringProperty obstacle(Command command) {
        Actions place = place(command).orElse(this);
        return place.obstacles
                .computeIfAbsent(command, made -> new ReadOnlyStringWrapper(place.selection.obstacle(made)))
                .getReadOnlyProperty();
    }

    /** Its name at present. */
    public ReadOnlyStringProperty text(Command command) {
        Actions place = place(command).orElse(this);
        return place.texts
                .computeIfAbsent(command, made -> new ReadOnlyStringWrapper(place.selection.text(made)))
                .getReadOnlyProperty();
    }

    /** Whether it makes sense now. */
    public boolean enabled(Command command) {
        return place(command)
                .filter(place -> place.handlers.containsKey(command)
                        && place.selection.obstacle(command).isEmpty())
                .isPresent();
    }

    /** Does it, if it makes sense now. */
    public void run(Command command) {
        if (enabled(command)) {
            Objects.requireNonNull(place(command).orElseThrow().handlers.get(command))
                    .run();
        }
    }

    /** A button for a command, with icon, name, tooltip and accessible text. */
    public Button button(Command command, String... styleClasses) {
        Button button = new Button();
        button.textProperty().bind(text(command));
        dress(button, command, styleClasses);
        return button;
    }

    /** A button that shows only the icon. */
    public Button iconButton(Command command, String... styleClasses) {
        Button button = new Button();
        button.getStyleClass().add("icon-button");
        dress(button, command, styleClasses);
        return button;
    }

    private void dress(Button button, Command command, String... styleClasses) {
        button.setId(command.id());
        button.setGraphic(Icons.of(command.icon()));
        button.getStyleClass().addAll(styleClasses);
        button.setOnAction(event -> run(command));
        button.disableProperty().bind(obstacle(command).isNotEmpty());
        button.setTooltip(new Tooltip(tip(command)));
        button.setAccessibleText(command.text());
        button.setAccessibleHelp(command.description());
    }

    /** A menu item for a command. */
    public MenuItem menuItem(Command command) {
        MenuItem item = new MenuItem();
        item.setGraphic(Icons.of(command.icon()));
        item.textProperty().bind(text(command));
        keys(command).stream().findFirst().flatMap(Shortcut::combination).ifPresent(item::setAccelerator);
        item.disableProperty().bind(obstacle(command).isNotEmpty());
        item.setOnAction(event -> run(command));
        return item;
    }

    private String tip(Command command) {
        List<Shortcut> keys = keys(command);
        return keys.isEmpty()
                ? command.description()
                : command.description() + "  ·  " + keys.getFirst().label();
    }
}
