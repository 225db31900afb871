package dev.corral.console.table;

import dev.corral.console.page.Actions;
import dev.corral.console.page.Command;
import java.util.List;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.SeparatorMenuItem;

/** Makes the menu of rows. */
public final class RowMenu {
    private RowMenu() {}

    /** A menu of groups of actions, with a line between groups. */
    public static ContextMenu of(Actions actions, List<? extends List<? extends Command>> groups) {
        ContextMenu menu = new ContextMenu();
        for (List<? extends Command> group : groups) {
            if (!menu.getItems().isEmpty()) {
                menu.getItems().add(new SeparatorMenuItem());
            }
            group.forEach(action -> menu.getItems().add(actions.menuItem(action)));
        }
        return menu;
    }
}
