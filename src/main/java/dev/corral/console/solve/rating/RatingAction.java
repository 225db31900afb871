package dev.corral.console.solve.rating;

import dev.corral.console.page.DescribedCommand;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** What can be done with ratings by hand. */
public enum RatingAction implements DescribedCommand {
    /** Shows them. */
    SHOW(
            "Ratings",
            "Show the samples that are rated by hand, without telling who solved them",
            MaterialDesignS.SCALE_BALANCE,
            "Shortcut+Shift+E"),
    /** Begins one. */
    NEW(
            "Rate samples…",
            "Choose a rubric and logs; their samples are shuffled and called A, B, C",
            MaterialDesignP.PLAYLIST_PLUS,
            ""),
    /** Puts what is rated into the logs. */
    WRITE(
            "Write into the logs…",
            "Write the points of the samples that are rated into their logs, with who gave them and why",
            MaterialDesignC.CONTENT_SAVE_EDIT_OUTLINE,
            ""),
    /** Tells who solved what. */
    REVEAL(
            "Tell who solved what…",
            "Show whose samples these are; what is rated afterwards says that it was known",
            MaterialDesignA.ACCOUNT_EYE_OUTLINE,
            "");

    private final Description of;

    RatingAction(String text, String description, Ikon icon, String keys) {
        this.of = Description.ofPage("rating-", text, description, icon, keys);
    }

    @Override
    public Description of() {
        return of;
    }
}
