package dev.corral.core.inventory;

/**
 * Whether anybody still needs a sandbox. Cleanup touches only {@link #STRAY}; unknown means keep. Who works on a sandbox or owns it
 * comes before a pin, so this does not tell whether there is one: {@link SandboxView#pinned()} does.
 */
public enum Liveness {
    /** Its owner, the process for which it lives, is alive. */
    LIVE,
    /** Nobody alive is known to need it, but a person said that it stays. */
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
