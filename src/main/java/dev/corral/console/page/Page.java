package dev.corral.console.page;

/** The pages of the window, in the order of the rail. */
public enum Page {
    /** Evals, samples and VMs. */
    SANDBOXES("Sandboxes", Action.PAGE_SANDBOXES),
    /** What takes room, whose it is, and what can be had back. */
    STRAYS("Strays", Action.PAGE_STRAYS);

    private final String title;
    private final Action action;

    Page(String title, Action action) {
        this.title = title;
        this.action = action;
    }

    /** Its name. */
    public String title() {
        return title;
    }

    /** The action that shows it. */
    public Action action() {
        return action;
    }
}
