package dev.corral.console.solve.golden;

import dev.corral.console.page.Action;
import dev.corral.console.page.Command;
import dev.corral.console.page.Scope;
import dev.corral.console.page.Shortcut;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** What can be done with golden runs. */
public enum GoldenAction implements Command {
    /** Makes one. */
    SAVE(
            "Save as a golden run…",
            "Make a file of the session's commands and what they showed, which can be replayed to see whether the sample can still be "
                    + "solved",
            MaterialDesignC.CONTENT_SAVE_OUTLINE,
            "Shortcut+Shift+G"),
    /** Replays one. */
    CHECK(
            "Check a golden run…",
            "Replay a golden run in a fresh sandbox, and see whether the sample is solved as then",
            MaterialDesignP.PLAYLIST_CHECK,
            "");

    private final String text;
    private final String description;
    private final Ikon icon;
    private final List<Shortcut> shortcuts;

    GoldenAction(String text, String description, Ikon icon, String keys) {
        this.text = text;
        this.description = description;
        this.icon = icon;
        this.shortcuts = keys.isEmpty() ? List.of() : List.of(Shortcut.key(keys));
    }

    @Override
    public String id() {
        return "action-golden-" + name().toLowerCase(Locale.ROOT);
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
