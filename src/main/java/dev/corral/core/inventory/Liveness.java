package dev.corral.core.inventory;

/** Whether anybody still needs a sandbox. Cleanup touches only {@link #STRAY}; unknown means keep. */
public enum Liveness {
    /** Its owner, the process for which it lives, is alive. */
    LIVE,
    /** A person said that it stays. */
    PINNED,
    /** Its owner has ended and nobody pinned it. */
    STRAY,
    /** Nothing says whose it is, for instance a sandbox without our manifest. */
    UNKNOWN;

    /** What a sandbox's state among all items means for it. */
    public static Liveness of(ItemState state) {
        return switch (state) {
            case LIVE, STARTING -> LIVE;
            case KEPT -> PINNED;
            case STRAY, DESTROY_FAILED, LEFTOVER, ORPHAN, GHOST -> STRAY;
            case FOREIGN, UNKNOWN -> UNKNOWN;
        };
    }
}
