package dev.corral.console.solve.attempts;

import dev.corral.console.page.Action;
import dev.corral.console.page.Command;
import dev.corral.console.page.Scope;
import dev.corral.console.page.Shortcut;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** What can be done with attempts. */
public enum AttemptAction implements Command {
    /** Shows them. */
    SHOW(
            "Attempts",
            "Show the attempts of people and models at this sample side by side",
            MaterialDesignC.CHART_SCATTER_PLOT,
            "Shortcut+Shift+A"),
    /** Writes them down. */
    SAVE(
            "Save as CSV…",
            "Write the attempts that are shown as a table for other programs",
            MaterialDesignF.FILE_DELIMITED_OUTLINE,
            ""),
    /** Reads others. */
    FOLDER(
            "Choose log folder…",
            "Read the logs of this folder and those below it for attempts of models",
            MaterialDesignF.FOLDER_OPEN_OUTLINE,
            "");

    private final String text;
    private final String description;
    private final Ikon icon;
    private final List<Shortcut> shortcuts;

    AttemptAction(String text, String description, Ikon icon, String keys) {
        this.text = text;
        this.description = description;
        this.icon = icon;
        this.shortcuts = keys.isEmpty() ? List.of() : List.of(Shortcut.key(keys));
    }

    @Override
    public String id() {
        return "action-attempts-" + name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Action.Group group() {
        return Action.Group.LIST;
    }

    @Override
    public Set<Scope> scopes() {
        return Set.of(Scope.PAGE);
    }

    @Override
    public Ikon icon() {
        return icon;
    }

    @Override
    public List<Shortcut> shortcuts() {
        return shortcuts;
    }
}
