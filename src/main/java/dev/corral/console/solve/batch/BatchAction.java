package dev.corral.console.solve.batch;

import dev.corral.console.page.Action;
import dev.corral.console.page.Command;
import dev.corral.console.page.Scope;
import dev.corral.console.page.Shortcut;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;

/** What can be done with batches. */
public enum BatchAction implements Command {
    /** Shows them. */
    SHOW(
            "Batches",
            "Show the samples that are solved one after another",
            MaterialDesignT.TRAY_FULL,
            "Shortcut+Shift+B"),
    /** Makes one. */
    NEW(
            "Solve several samples…",
            "Choose samples of a task that are solved one after another; the next machine starts meanwhile",
            MaterialDesignP.PLAYLIST_PLUS,
            ""),
    /** Leaves a sample out. */
    SKIP(
            "Skip",
            "Leave the chosen sample of the batch out; a session that it has is ended",
            MaterialDesignS.SKIP_NEXT_OUTLINE,
            ""),
    /** Begins nothing more. */
    STOP(
            "Stop after this one",
            "Begin nothing more of the batch, and end what waits ahead; the session you are in goes on",
            MaterialDesignS.STOP_CIRCLE_OUTLINE,
            ""),
    /** Ends it. */
    STOP_NOW("Stop now…", "End the session you are in as well", MaterialDesignS.STOP, ""),
    /** Goes on. */
    RESUME("Resume batch", "Go on with a batch that nobody runs", MaterialDesignP.PLAY_OUTLINE, "");

    private final String text;
    private final String description;
    private final Ikon icon;
    private final List<Shortcut> shortcuts;

    BatchAction(String text, String description, Ikon icon, String keys) {
        this.text = text;
        this.description = description;
        this.icon = icon;
        this.shortcuts = keys.isEmpty() ? List.of() : List.of(Shortcut.key(keys));
    }

    @Override
    public String id() {
        return "action-batch-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
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
