package dev.corral.console.vagrantfile;

import dev.corral.console.page.Action;
import dev.corral.console.page.Command;
import dev.corral.console.page.Scope;
import dev.corral.console.page.Shortcut;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignN;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignU;

/** The commands of the page. */
enum FileCommand implements Command {
    OPEN_FILE(
            "Open Vagrantfile",
            "Open a Vagrantfile, or a file that it reads",
            Scope.PAGE,
            MaterialDesignF.FOLDER_OPEN_OUTLINE,
            "Shortcut+O"),
    NEW_FILE("New Vagrantfile", "Begin a Vagrantfile from a sample", Scope.PAGE, MaterialDesignF.FILE_PLUS_OUTLINE, ""),
    SAVE_FILE("Save", "Write the file", Scope.FILE, MaterialDesignC.CONTENT_SAVE_OUTLINE, "Shortcut+S"),
    CLOSE_FILE(
            "Close file",
            "Close the file; unsaved text is kept for the next time",
            Scope.FILE,
            MaterialDesignF.FILE_REMOVE_OUTLINE,
            "Shortcut+W"),
    REPLACE(
            "Find and replace",
            "Find a text or a pattern and replace it",
            Scope.FILE,
            MaterialDesignF.FIND_REPLACE,
            "Shortcut+H"),
    GO_TO_LINE("Go to line", "Go to a line by its number", Scope.FILE, MaterialDesignN.NUMERIC, "Shortcut+G"),
    NEXT_PROBLEM("Next problem", "Go to the next problem of the file", Scope.FILE, MaterialDesignA.ARROW_DOWN, "F8"),
    SHOW_RESOLVED(
            "Show what the line means",
            "Go to the row of the table Resolved that this line of the file decides",
            Scope.FILE,
            MaterialDesignT.TABLE_ARROW_RIGHT,
            "F4"),
    FOLD("Fold blocks", "Put machines and provisioners away", Scope.FILE, MaterialDesignT.TEXT_SHORT, ""),
    UNFOLD("Unfold blocks", "Bring back what was put away", Scope.FILE, MaterialDesignU.UNFOLD_MORE_HORIZONTAL, "");

    private final String text;
    private final String description;
    private final Scope scope;
    private final Ikon icon;
    private final List<Shortcut> shortcuts;

    FileCommand(String text, String description, Scope scope, Ikon icon, String keys) {
        this.text = text;
        this.description = description;
        this.scope = scope;
        this.icon = icon;
        this.shortcuts = keys.isEmpty() ? List.of() : List.of(Shortcut.key(keys));
    }

    @Override
    public String id() {
        return "action-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
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
        return Action.Group.FILE;
    }

    @Override
    public Set<Scope> scopes() {
        return Set.of(scope);
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
