package dev.corral.core.vagrant;

import dev.corral.core.base.Subscription;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Reads the log of a Vagrant command while it grows. Thread-safe. */
public interface LogFollower {

    /**
     * Hands all lines of the log, then new ones as they come, in batches of up to some thousand lines on a virtual
     * thread. A log that is not there yet is waited for; one that is removed ends quietly.
     *
     * @param log   the log file
     * @param lines gets the batches
     * @return ends the following
     */
    Subscription follow(Path log, Consumer<List<LogLine>> lines);
}
