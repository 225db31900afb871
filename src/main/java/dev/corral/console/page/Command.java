package dev.corral.console.page;

import java.util.List;
import java.util.Set;
import org.kordamp.ikonli.Ikon;

/**
 * Something that can be done in the window: one of the {@link Action}s that come with it, or one that a page brings along. Buttons, menus,
 * the palette and the keyboard map take their texts here. Immutable, and equal to itself only or by value.
 */
public interface Command {

    /** The style-sheet id of its main button, for instance {@code action-start}. */
    String id();

    /** Its name on buttons and in menus. */
    String text();

    /** What it does, for tooltips and screen readers. */
    String description();

    /** Where the keyboard map puts it. */
    Action.Group group();

    /** What it can be about; it makes sense while one of these is chosen. */
    Set<Scope> scopes();

    /** Its icon. */
    Ikon icon();

    /** Its keys, the one to be shown first; may be empty. */
    List<Shortcut> shortcuts();

    /** Whether it is about the chosen rows, so that its keys work only where those have the focus. */
    default boolean onRows() {
        return group() == Action.Group.ROW;
    }
}
