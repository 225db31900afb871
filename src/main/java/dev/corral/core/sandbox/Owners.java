package dev.corral.core.sandbox;

import dev.corral.core.process.ProcessIdentity;

/** Makes owners and tells whether they live. */
public final class Owners {
    private Owners() {}

    /** This process as an owner. */
    public static Owner self(Owner.Kind kind) {
        return of(ProcessIdentity.self(), kind);
    }

    /**
     * Another process as an owner.
     *
     * @throws IllegalArgumentException if no process has that pid
     */
    public static Owner process(long pid, Owner.Kind kind) {
        return of(ProcessIdentity.of(pid), kind);
    }

    /** Whether the owner's process runs. */
    public static ProcessIdentity.Life life(Owner owner) {
        return owner.process().life();
    }

    private static Owner of(ProcessIdentity identity, Owner.Kind kind) {
        return new Owner(
                identity.pid(),
                identity.startTicks(),
                identity.bootId(),
                identity.pidNamespace(),
                identity.host(),
                kind);
    }
}
