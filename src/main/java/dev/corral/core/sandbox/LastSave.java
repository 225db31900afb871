package dev.corral.core.sandbox;

import java.util.Optional;

/** Saves what would be lost with a sandbox's machines, just before they are destroyed and under its lock. */
@FunctionalInterface
public interface LastSave {

    /** Saves nothing. */
    LastSave NONE = files -> Optional.empty();

    /** Does it. */
    @FunctionalInterface
    interface Work {
        /**
         * Takes some seconds at most, and throws nothing because of what goes wrong: that is noted, and the machines go all the same.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        void run() throws InterruptedException;
    }

    /** What is to be done about a sandbox; empty if nothing is. Quick: it asks no machine. */
    Optional<Work> of(SandboxFiles files);
}
