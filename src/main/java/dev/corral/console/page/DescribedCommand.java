package dev.corral.console.page;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.kordamp.ikonli.Ikon;

/** A command of an enum: what is known of it stands in one record, and its id follows from the constant's name. */
public interface DescribedCommand extends Command {

    /** What is known of it. */
    Description of();

    /** The name of the constant; every enum has it. */
    String name();

    @Override
    default String id() {
        return "action-" + of().family() + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    default String text() {
        return of().text();
    }

    @Override
    default String description() {
        return of().description();
    }

    @Override
    default Action.Group group() {
        return of().group();
    }

    @Override
    default Set<Scope> scopes() {
        return of().scopes();
    }

    @Override
    default Ikon icon() {
        return of().icon();
    }

    @Override
    default List<Shortcut> shortcuts() {
        return of().shortcuts();
    }

    /**
     * What is known of a command.
     *
     * @param family what its id begins with before the constant's name, with a dash at its end; may be empty
     * @param text its name on buttons and in menus
     * @param description what it does
     * @param group where the keyboard map puts it
     * @param scopes what it can be about
     * @param icon its icon
     * @param shortcuts its keys, the one to be shown first
     */
    record Description(
            String family,
            String text,
            String description,
            Action.Group group,
            Set<Scope> scopes,
            Ikon icon,
            List<Shortcut> shortcuts) {

        /** A command of a page's list, with the keys in JavaFX's words; none if these are empty. */
        public static Description ofPage(String family, String text, String description, Ikon icon, String keys) {
            return new Description(family, text, description, Action.Group.LIST, Set.of(Scope.PAGE), icon, keys(keys));
        }

        /** A command of the editor. */
        public static Description ofFile(String text, String description, Scope scope, Ikon icon, String keys) {
            return new Description("", text, description, Action.Group.FILE, Set.of(scope), icon, keys(keys));
        }

        /** A command about the chosen VMs. */
        public static Description ofRows(String text, String description, Ikon icon, String keys) {
            return new Description("", text, description, Action.Group.ROW, Scope.HELD, icon, keys(keys));
        }

        private static List<Shortcut> keys(String keys) {
            return keys.isEmpty() ? List.of() : List.of(Shortcut.key(keys));
        }
    }
}
