package dev.corral.core.hypervisor;

import java.time.Instant;
import java.util.Optional;

/**
 * A saved state of a machine.
 *
 * @param name    its name, as written: untrusted
 * @param takenAt when it was taken, where that is known
 */
public record VmSnapshot(String name, Optional<Instant> takenAt) {}
