package dev.corral.console.solve.golden;

import dev.corral.console.page.DescribedCommand;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/** What can be done with golden runs. */
public enum GoldenAction implements DescribedCommand {
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

    private final Description of;

    GoldenAction(String text, String description, Ikon icon, String keys) {
        this.of = Description.ofPage("golden-", text, description, icon, keys);
    }

    @Override
    public Description of() {
        return of;
    }
}
