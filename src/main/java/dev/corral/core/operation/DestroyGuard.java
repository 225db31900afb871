package dev.corral.core.operation;

import dev.corral.core.sandbox.Manifest;
import java.util.Optional;

/** A last look at a sandbox, taken under its lock just before it is destroyed or shut down. */
@FunctionalInterface
public interface DestroyGuard {

    /** Lets everything pass: for a person who names the sandbox. */
    DestroyGuard NONE = manifest -> {};

    /**
     * Throws, whatever it likes, when the sandbox is to be left alone after all.
     *
     * @param manifest the manifest as it is now
     */
    void check(Optional<Manifest> manifest);
}
