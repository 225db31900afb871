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

    /** The same place or command, with something that is done before. */
    public PaletteItem after(Runnable first) {
        return new PaletteItem(title, detail, keys, icon, obstacle, () -> {
            first.run();
            run.run();
        });
    }

    /** A command. */
    static PaletteItem of(Actions actions, Command command) {
        return new PaletteItem(
                actions.text(command).get(),
                command.description(),
                actions.keys(command).stream().findFirst().map(Shortcut::label).orElse(""),
                command.icon(),
                actions.obstacle(command).get(),
                () -> actions.run(command));
    }
}
