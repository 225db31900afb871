package dev.corral.console.chrome;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Leaving after sandboxes have been destroyed: when the last of them is gone, and not at all if one is not. It goes by how each
 * destroy ended and by nothing that was seen in between, so that an older look at the sandboxes changes nothing. For one thread.
 */
final class Departure {
    private final Set<String> awaited = new HashSet<>();
    private final Runnable leave;
    private boolean given;

    /** @param leave leaves */
    Departure(Runnable leave) {
        this.leave = leave;
    }

    /** Leaves when all of these have ended well. */
    void after(Collection<String> sandboxes) {
        given = true;
        awaited.addAll(sandboxes);
    }

    /** A destroy has ended. One that failed says why elsewhere; the window stays, so that nothing is lost out of sight. */
    void ended(String sandbox, boolean gone) {
        awaited.remove(sandbox);
        given &= gone;
        if (given && awaited.isEmpty()) {
            given = false;
            leave.run();
        }
    }
}
