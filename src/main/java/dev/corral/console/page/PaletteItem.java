package dev.corral.console.page;

import org.kordamp.ikonli.Ikon;

/**
 * Something that the palette can find.
 *
 * @param title    its name
 * @param detail   where it belongs or what it does
 * @param keys     its key, may be empty
 * @param icon     its icon
 * @param obstacle why it can not be done now, empty when it can
 * @param run      goes there or does it
 */
public record PaletteItem(String title, String detail, String keys, Ikon icon, String obstacle, Runnable run) {

    /** A command. */
    static PaletteItem of(Actions actions, Action action) {
        return new PaletteItem(
                actions.text(action).get(),
                action.description(),
                action.shortcuts().isEmpty()
                        ? ""
                        : action.shortcuts().getFirst().label(),
                action.icon(),
                actions.obstacle(action).get(),
                () -> actions.run(action));
    }
}
