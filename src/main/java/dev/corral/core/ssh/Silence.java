package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * Judges a machine that has stopped answering. One that is off or gone will never answer; a paused one gets the time that a
 * snapshot takes; one that runs is merely slow for a long while; of others only the length of the silence tells. Not thread-safe.
 */
final class Silence {
    /** So long nothing is asked: guests are slow at times. */
    static final Duration UNREMARKABLE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration UNKNOWN = Duration.ofSeconds(40);
    private static final Duration HANGING = Duration.ofMinutes(2);

    private final SshEndpoint endpoint;
    private final Whereabouts guest;
    private long pausedAt;

    Silence(SshEndpoint endpoint, Whereabouts guest) {
        this.endpoint = endpoint;
        this.guest = guest;
    }

    /** Why waiting on is pointless after a silence of this length; empty if it is not. Blocks while the hypervisor is asked. */
    Optional<ExpectedFailure> verdict(Duration silent) {
        Whereabouts.Word word = guest.ask();
        if (word != Whereabouts.Word.PAUSED) {
            pausedAt = 0;
        } else if (pausedAt == 0) {
            pausedAt = System.nanoTime();
        }
        boolean hopeless =
                switch (word) {
                    case OFF, GONE -> true;
                    case PAUSED -> System.nanoTime() - pausedAt >= PAUSE.toNanos();
                    case RUNNING -> silent.compareTo(HANGING) >= 0;
                    case UNKNOWN -> silent.compareTo(UNKNOWN) >= 0;
                };
        return hopeless ? Optional.of(word.failure(endpoint.label())) : Optional.empty();
    }
}
