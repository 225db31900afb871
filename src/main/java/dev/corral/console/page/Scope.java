package dev.corral.console.page;

import java.util.Set;

/** What a command is about: the window, a page, or the kind of thing that is chosen on a page. */
public enum Scope {
    /** The window: it can be done on every page. */
    WINDOW("nothing"),
    /** The page that is shown, whatever is chosen on it. */
    PAGE("nothing"),
    /** One VM of a sandbox. */
    VM("a VM"),
    /** A sandbox. */
    SANDBOX("a sandbox"),
    /** A sample, with or without a sandbox. */
    SAMPLE("a sample"),
    /** An eval. */
    EVAL("an eval"),
    /** Sandboxes that belong to no eval. */
    GROUP("a group"),
    /** A task file that is loading or could not be loaded. */
    TASK_FILE("a task file"),
    /** Something that takes room: a sandbox, a VM, a disk, an index entry. */
    ITEM("an item"),
    /** A file in the editor. */
    FILE("a file");

    /** For commands of the window. */
    static final Set<Scope> ANYWHERE = Set.of(WINDOW);
    /** For commands of a page. */
    static final Set<Scope> ON_PAGE = Set.of(PAGE);
    /** What stands for a sandbox. */
    static final Set<Scope> HELD = Set.of(VM, SANDBOX, SAMPLE);
    /** What stands for a sandbox, or for one among other things that take room. */
    static final Set<Scope> HELD_OR_ITEM = Set.of(VM, SANDBOX, SAMPLE, ITEM);
    /** What has a Vagrantfile that somebody wrote. */
    static final Set<Scope> WRITTEN = Set.of(VM, SANDBOX, SAMPLE, EVAL, ITEM);
    /** What can be destroyed without a plan. */
    static final Set<Scope> DESTROYABLE = Set.of(VM, SANDBOX, SAMPLE, GROUP, ITEM);
    /** What can be solved. */
    static final Set<Scope> SOLVABLE = Set.of(SAMPLE, EVAL);
    /** What can be started. */
    static final Set<Scope> STARTABLE = Set.of(SAMPLE, SANDBOX);
    /** What comes from a task file as a whole. */
    static final Set<Scope> FILED = Set.of(EVAL, TASK_FILE);
    /** A row of the sandboxes and what they belong to. */
    static final Set<Scope> ROW = Set.of(VM, SANDBOX, SAMPLE, EVAL, GROUP, TASK_FILE);
    /** What takes room. */
    static final Set<Scope> ITEMS = Set.of(ITEM);

    private final String words;

    Scope(String words) {
        this.words = words;
    }

    /** What to choose, for instance {@code a sample}. */
    public String words() {
        return words;
    }
}
