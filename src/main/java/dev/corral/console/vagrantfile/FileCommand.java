package dev.corral.console.vagrantfile;

import dev.corral.console.page.DescribedCommand;
import dev.corral.console.page.Scope;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignN;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignU;

/** The commands of the page. */
enum FileCommand implements DescribedCommand {
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
    COMPARE_COPY(
            "Compare with the sandbox's copy",
            "Show how the copy that a sandbox runs differs from the text here",
            Scope.FILE,
            MaterialDesignF.FILE_COMPARE,
            ""),
    FOLD("Fold blocks", "Put machines and provisioners away", Scope.FILE, MaterialDesignT.TEXT_SHORT, ""),
    UNFOLD("Unfold blocks", "Bring back what was put away", Scope.FILE, MaterialDesignU.UNFOLD_MORE_HORIZONTAL, "");

    private final Description of;

    FileCommand(String text, String description, Scope scope, Ikon icon, String keys) {
        this.of = Description.ofFile(text, description, scope, icon, keys);
    }

    @Override
    public Description of() {
        return of;
    }
}
