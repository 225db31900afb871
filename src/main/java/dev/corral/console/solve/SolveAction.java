package dev.corral.console.solve;

import dev.corral.console.page.DescribedCommand;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignN;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;

/** The commands of the page. */
enum SolveAction implements DescribedCommand {
    CLOCK_START("Start clock", "Start the clock of the session", MaterialDesignP.PLAY, "F7"),
    CLOCK_STOP("Pause", "Stop the clock of the session", MaterialDesignP.PAUSE, "F8"),
    NOTE("Note", "Write a note into the session's log", MaterialDesignN.NOTE_EDIT_OUTLINE, "Shortcut+Shift+N"),
    VALIDATE("Check form", "Ask whether the answer could be handed in", MaterialDesignC.CHECK, "F9"),
    SCORE("Check score", "Have the answer scored; the session goes on", MaterialDesignT.TARGET, "Shortcut+Shift+S"),
    SUBMIT(
            "Submit answer…",
            "Hand the answer in, which ends the session",
            MaterialDesignC.CHECK_BOLD,
            "Shortcut+Enter"),
    GIVE_UP("Quit…", "End the session without an answer", MaterialDesignF.FLAG_OUTLINE, "Shortcut+Shift+Delete"),
    MACHINE_SHELL(
            "Terminal",
            "Open a shell in the session's machine; the first login starts the clock",
            MaterialDesignC.CONSOLE_LINE,
            "Shortcut+Shift+T"),
    GO_ON("Resume", "Go on with a session whose Inspect was killed, in the same machine", MaterialDesignR.RESTART, ""),
    HAND_OVER(
            "Hand over…",
            "Let somebody outside into the session's machine, with one key, until a moment",
            MaterialDesignA.ACCOUNT_KEY_OUTLINE,
            ""),
    RUN_OUTPUT("Output", "Show what Inspect printed", MaterialDesignS.SCRIPT_TEXT_OUTLINE, "");

    private final Description of;

    SolveAction(String text, String description, Ikon icon, String keys) {
        this.of = Description.ofPage("solve-", text, description, icon, keys);
    }

    @Override
    public Description of() {
        return of;
    }
}
