package dev.corral.console.solve.batch;

import dev.corral.console.page.DescribedCommand;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;

/** What can be done with batches. */
public enum BatchAction implements DescribedCommand {
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

    private final Description of;

    BatchAction(String text, String description, Ikon icon, String keys) {
        this.of = Description.ofPage("batch-", text, description, icon, keys);
    }

    @Override
    public Description of() {
        return of;
    }
}
