package dev.corral.console.solve.attempts;

import dev.corral.console.page.DescribedCommand;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** What can be done with attempts. */
public enum AttemptAction implements DescribedCommand {
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

    private final Description of;

    AttemptAction(String text, String description, Ikon icon, String keys) {
        this.of = Description.ofPage("attempts-", text, description, icon, keys);
    }

    @Override
    public Description of() {
        return of;
    }
}
