package dev.corral.console.guest.network;

import dev.corral.core.ssh.Tunnel;

/** A tunnel that this window holds open. For the window's thread. */
final class OpenTunnel {
    private final String machine;
    private final String shown;
    private final Tunnel tunnel;
    private String refused = "";
    private boolean runs = true;

    /**
     * @param machine the machine's full name
     * @param shown   the name that is shown
     */
    OpenTunnel(String machine, String shown, Tunnel tunnel) {
        this.machine = machine;
        this.shown = shown;
        this.tunnel = tunnel;
    }

    String machine() {
        return machine;
    }

    String shown() {
        return shown;
    }

    Tunnel tunnel() {
        return tunnel;
    }

    /** A connection was not taken, for this reason. */
    void refused(String why) {
        refused = why;
    }

    void runs(boolean now) {
        runs = now;
    }

    String state() {
        return !runs ? "open, and the VM does not run" : refused.isEmpty() ? "open" : "open. " + refused;
    }

    /** {@code 127.0.0.1:40001 → web:80}. */
    String words() {
        return "127.0.0.1:" + tunnel.local() + " → " + shown + ":" + tunnel.port();
    }
}
