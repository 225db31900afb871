package dev.corral.console.guest.network;

import dev.corral.core.machine.ForwardedPort;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A sandbox whose network is looked at. Everything blocks. */
public interface NetworkSource {

    /** The kept connection of a machine, by its full name. */
    GuestConnection connect(String machine);

    /** What this machine knows of the network without asking a guest. */
    Facts facts() throws IOException;

    /**
     * What this machine knows.
     *
     * @param resolution what the Vagrantfile means, where that was kept
     * @param ports      the forwarded ports
     */
    record Facts(Optional<Resolution> resolution, List<ForwardedPort> ports) {
        /** Nothing. */
        public static Facts none() {
            return new Facts(Optional.empty(), List.of());
        }
    }
}
