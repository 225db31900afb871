package dev.corral.console.chrome;

import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.page.Command;
import dev.corral.console.page.PageName;
import dev.corral.console.page.PageView;
import dev.corral.console.page.Shortcut;
import dev.corral.console.page.ShowPage;
import dev.corral.console.settings.ThemeChoice;
import dev.corral.console.shared.Icons;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The pages on the left, and below them the keyboard map and the theme. */
public final class Rail extends VBox {
    private final Map<PageName, ToggleButton> pages = new LinkedHashMap<>();
    private final Map<ThemeChoice, RadioMenuItem> themes = new EnumMap<>(ThemeChoice.class);

    /**
     * @param actions what the buttons do; those that show pages are known already
     * @param shown   the page that is shown
     */
    public Rail(Actions actions, ReadOnlyObjectProperty<PageView> shown) {
        super(4);
        getStyleClass().add("rail");
        setAlignment(Pos.TOP_CENTER);
        for (Command command : actions.all()) {
            if (command instanceof ShowPage page) {
                ToggleButton button = page(page, actions);
                pages.put(page.page(), button);
                getChildren().add(button);
            }
        }
        shown.subscribe(page -> showPage(page.name()));
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        getChildren().addAll(space, small(Action.KEYS, "Keys", () -> actions.run(Action.KEYS)), theme(actions));
    }

    private static ToggleButton page(ShowPage page, Actions actions) {
        String name = page.page().title();
        ToggleButton button = new ToggleButton(name, Icons.of(page.icon()));
        button.setId("page-" + page.page().id());
        button.setTooltip(new Tooltip(page.description()
                + page.shortcuts().stream()
                        .findFirst()
                        .map(Shortcut::label)
                        .map(key -> "  ·  " + key)
                        .orElse("")));
        button.setOnAction(event -> {
            actions.run(page);
            // The page that is shown stays chosen when its button is pressed again.
            button.setSelected(true);
        });
        button.getStyleClass().add("rail-button");
        button.setContentDisplay(ContentDisplay.TOP);
        button.setAccessibleText("Page " + name);
        button.setMaxWidth(Double.MAX_VALUE);
        return button;
    }

    private static Button small(Action action, String text, Runnable run) {
        Button button = new Button(text, Icons.of(action.icon()));
        button.setId("rail-" + action.id());
        button.getStyleClass().add("rail-button");
        button.setContentDisplay(ContentDisplay.TOP);
        button.setAccessibleText(action.text());
        button.setTooltip(new Tooltip(action.description()));
        button.setOnAction(event -> run.run());
        button.setMaxWidth(Double.MAX_VALUE);
        return button;
    }

    private Button theme(Actions actions) {
        ContextMenu menu = new ContextMenu();
        ToggleGroup group = new ToggleGroup();
        Map<ThemeChoice, Action> choices = Map.of(
                ThemeChoice.SYSTEM,
                Action.THEME_SYSTEM,
                ThemeChoice.LIGHT,
                Action.THEME_LIGHT,
                ThemeChoice.DARK,
                Action.THEME_DARK);
        for (ThemeChoice choice : ThemeChoice.values()) {
            RadioMenuItem item = new RadioMenuItem(
                    Objects.requireNonNull(choices.get(choice)).text());
            item.setToggleGroup(group);
            item.setOnAction(event -> actions.run(Objects.requireNonNull(choices.get(choice))));
            themes.put(choice, item);
            menu.getItems().add(item);
        }
        Button button = small(Action.THEME_SYSTEM, "Theme", () -> {});
        button.setId("theme-button");
        button.setAccessibleText("Theme");
        button.setTooltip(new Tooltip("Light or dark"));
        button.setOnAction(event -> menu.show(button, Side.RIGHT, 4, 0));
        return button;
    }

    private void showPage(PageName shown) {
        pages.forEach((page, button) -> button.setSelected(page.equals(shown)));
    }

    /** Marks the theme in force. */
    public void showTheme(ThemeChoice choice) {
        Objects.requireNonNull(themes.get(choice)).setSelected(true);
    }
}
