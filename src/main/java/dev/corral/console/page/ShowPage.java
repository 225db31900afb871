package dev.corral.console.page;

import java.util.List;
import java.util.Set;
import org.kordamp.ikonli.Ikon;

/**
 * The command that shows a page. Its key follows from the page's place, so that no two pages can want the same one.
 *
 * @param page  the page's name
 * @param place its place in the rail, from 1
 */
public record ShowPage(PageName page, int place) implements Command {
    private static final int MOST_KEYS = 9;

    @Override
    public String id() {
        return "action-page-" + page.id();
    }

    @Override
    public String text() {
        return "Page: " + page.title();
    }

    @Override
    public String description() {
        return page.description();
    }

    @Override
    public Action.Group group() {
        return Action.Group.WINDOW;
    }

    @Override
    public Set<Scope> scopes() {
        return Scope.ANYWHERE;
    }

    @Override
    public Ikon icon() {
        return page.icon();
    }

    @Override
    public List<Shortcut> shortcuts() {
        return place <= MOST_KEYS ? List.of(Shortcut.everywhere("Shortcut+" + place)) : List.of();
    }
}
