package dev.corral.core.inventory;

/**
 * May it go: what an item of the inventory is to a person who wants room. Exactly one holds for each item. How it differs from
 * {@link SandboxState} and {@link Liveness}, and what leads from one state to another: {@code src/site/states.md}.
 */
public enum ItemState {
    /** Its owner is alive, or somebody works on it right now. Never touched. */
    LIVE("live"),
    /** Its start is under way or waits for its turn. Never touched. */
    STARTING("starting"),
    /** A pin that holds or a run said that it stays, and nobody works on it. Only touched when named. */
    KEPT("kept"),
    /** Its owner has ended and no pin holds. */
    STRAY("stray"),
    /** A destroy of it failed and no pin holds; its handle is still there. */
    DESTROY_FAILED("destroy failed"),
    /** An entry of Vagrant's machine index whose VM does not exist. */
    GHOST("ghost"),
    /** A VM whose directory is gone. */
    ORPHAN("orphan"),
    /** A disk, network or folder that no VM belongs to. */
    LEFTOVER("leftover"),
    /** Somebody's own Vagrant project, or another tool's VM. Shown on request, never touched. */
    FOREIGN("foreign"),
    /** It can not be told whose it is, or whether its VM exists. Only touched when named. */
    UNKNOWN("unknown");

    private final String word;

    ItemState(String word) {
        this.word = word;
    }

    /** The word shown to people and printed in JSON (with {@code _} for a space there). */
    public String word() {
        return word;
    }

    /** Whether cleaning up all strays takes it. */
    public boolean reclaimable() {
        return this == STRAY || this == DESTROY_FAILED || this == GHOST || this == ORPHAN || this == LEFTOVER;
    }

    /** Whether it may be removed when a person names it; what is in use or somebody else's never is. */
    public boolean removable() {
        return reclaimable() || this == KEPT || this == UNKNOWN;
    }
}
