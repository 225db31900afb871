package dev.corral.core.machine;

import dev.corral.core.vagrantfile.Place;
import org.jspecify.annotations.Nullable;

/**
 * A port of this machine that leads to a VM.
 *
 * @param machine  the machine
 * @param guest    the guest's port
 * @param host     the port here, as the Vagrantfile says; 0 if it says none
 * @param address  the address here that it is open at, as the Vagrantfile says; empty for all
 * @param protocol {@code tcp} or {@code udp}
 * @param now      the port here as it is now, 0 if it is not open; null where nobody can tell
 * @param place    where it stands
 */
public record ForwardedPort(
        String machine,
        int guest,
        int host,
        String address,
        String protocol,
        @Nullable Integer now,
        Place place) {}
