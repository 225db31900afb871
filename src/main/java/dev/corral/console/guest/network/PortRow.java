package dev.corral.console.guest.network;

import dev.corral.core.machine.ForwardedPort;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A port of this machine that leads into a VM.
 *
 * @param machine the machine's name as it is shown
 * @param guest   the guest's port
 * @param proto   {@code tcp} or {@code udp}
 * @param local   the port here, 0 where there is none
 * @param address where it is open here
 * @param state   how it stands
 * @param tunnel  the tunnel that it is; empty for a forwarded port
 */
record PortRow(
        String machine, int guest, String proto, int local, String address, String state, Optional<OpenTunnel> tunnel) {
    private static final Set<String> REACHED_LOCALLY = Set.of("", "127.0.0.1", "localhost", "0.0.0.0", "*");
    private static final Set<Integer> SECURE = Set.of(443, 8443);

    static PortRow of(ForwardedPort port, String shown) {
        Integer now = port.now();
        int local = now == null ? port.host() : now;
        return new PortRow(
                shown,
                port.guest(),
                port.protocol(),
                local,
                port.address(),
                now == null
                        ? "forwarded; can't be seen whether it is open"
                        : now == 0 ? "forwarded, not open" : "forwarded, open",
                Optional.empty());
    }

    static PortRow of(OpenTunnel tunnel) {
        return new PortRow(
                tunnel.shown(),
                tunnel.tunnel().port(),
                "tcp",
                tunnel.tunnel().local(),
                "127.0.0.1",
                tunnel.state(),
                Optional.of(tunnel));
    }

    /** Where it is here, for instance {@code 127.0.0.1:8080}; empty where it is not. */
    String here() {
        return local == 0 ? "" : (REACHED_LOCALLY.contains(address) ? "127.0.0.1" : address) + ":" + local;
    }

    /** What a browser opens; empty for what none can. */
    Optional<String> link() {
        return local > 0 && local <= 65535 && proto.equals("tcp") && guest != 22 && REACHED_LOCALLY.contains(address)
                ? Optional.of((SECURE.contains(guest) ? "https" : "http") + "://127.0.0.1:" + local)
                : Optional.empty();
    }

    List<String> cells() {
        return List.of(machine, guest + "/" + proto, here(), (tunnel.isPresent() ? "tunnel, " : "") + state);
    }
}
