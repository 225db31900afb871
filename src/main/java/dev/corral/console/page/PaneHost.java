package dev.corral.console.page;

/** A page, as far as a pane that it shows in place of its usual content needs it. Called on the FX thread. */
public interface PaneHost {
    /** Shows what was there before. */
    void leave();

    /** What can be done has changed. */
    void judge();

    /** Whose work it is, as the page knows that person. */
    String person();

    /** Shows a session instead; false if there is none of that id. */
    boolean session(String id);
}
