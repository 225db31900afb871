package dev.corral.console.chrome;

import dev.corral.core.inventory.SandboxView;
import java.util.List;

/** What may be asked when the window is to close. Each returns at once; the answer that changes nothing calls nobody. For the FX thread. */
public interface QuitQuestions {

    /**
     * Asks about VMs that live on.
     *
     * @param sandboxes the sandboxes of this window
     * @param programs  what runs in terminals and ends with the window in any case
     * @param keep      pins them and quits
     * @param destroy   destroys them and quits
     */
    void askAboutVms(List<SandboxView> sandboxes, List<String> programs, Runnable keep, Runnable destroy);

    /**
     * Asks about programs that end with the window.
     *
     * @param programs what runs, and where
     * @param leave    quits
     */
    void askAboutPrograms(List<String> programs, Runnable leave);

    /**
     * Says that something is under way.
     *
     * @param titles what is under way
     * @param cancel cancels it; the window stays
     */
    void explainWork(List<String> titles, Runnable cancel);
}
