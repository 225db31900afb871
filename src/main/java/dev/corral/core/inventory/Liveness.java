package dev.corral.core.inventory;

/**
 * Does anybody need it: whether a sandbox stays. Cleanup touches only {@link #STRAY}; unknown means that it stays. Who works on a
 * sandbox comes before a pin, so this does not tell whether there is one: {@link SandboxView#pinned()} does. How it differs from
 * {@link SandboxState} and {@link ItemState}: {@code src/site/states.md}.
 */
public enum Liveness {
    /** Its owner, the process for which it lives, is alive, or somebody works on it. */
    LIVE,
    /** It is {@link ItemState#KEPT}: nobody works on it, and a pin or a run said that it stays. */
    PINNED,
    /** Its owner has ended and no pin holds. */
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
