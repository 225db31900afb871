package dev.corral.console.guest;

import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.io.IOException;
import java.util.Optional;

/**
 * A VM that is looked into.
 *
 * @param name       {@code SANDBOX/MACHINE}
 * @param connection gives the kept connection; blocks
 * @param resolved   what its Vagrantfile means; blocks
 */
public record Guest(String name, Connector connection, Meaning resolved) {

    /** Gives a connection. */
    public interface Connector {
        /** The kept one; blocks until where it goes is known. */
        GuestConnection connect();
    }

    /** Gives what a Vagrantfile means. */
    public interface Meaning {
        /** Empty where it was not kept. */
        Optional<ResolvedMachine> read() throws IOException;
    }
}
