package dev.corral.core.hypervisor;

import java.time.Instant;
import java.util.Optional;

/**
 * A saved state of a machine.
 *
 * @param name    its name, as written: untrusted
 * @param takenAt when it was taken, where that is known
 * @param parent  the saved state that the machine came from then, as written; empty where it came from none, or that is not known
 */
public record VmSnapshot(String name, Optional<Instant> takenAt, Optional<String> parent) {
    /** One of which no parent is known. */
    public VmSnapshot(String name, Optional<Instant> takenAt) {
        this(name, takenAt, Optional.empty());
    }
}
