package dev.corral.core.hypervisor;

import java.time.Instant;

/**
 * Whether a host answers.
 *
 * @param answers whether it gave a whole answer when it was asked last
 * @param why     why not, in a sentence; empty when it does
 * @param since   since when that has been so
 */
public record HostHealth(boolean answers, String why, Instant since) {

    /** The health after a host was asked again. */
    static HostHealth after(HostHealth before, String why, Instant now) {
        boolean answers = why.isEmpty();
        return new HostHealth(answers, why, before != null && before.answers == answers ? before.since : now);
    }
}
