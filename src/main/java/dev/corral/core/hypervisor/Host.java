package dev.corral.core.hypervisor;

import java.time.Instant;

/**
 * One connection to a hypervisor: where machines live that have their ids from it. An id means something at its own host only.
 *
 * @param provider   Vagrant's name of the provider
 * @param connection for libvirt its URI, for instance {@code qemu:///system}; for others empty where this process's own variables lead,
 *                   else the variables that lead there
 */
public record Host(String provider, String connection) {

    /** Plain QEMU is this machine's own, whatever the variables say. */
    public static final Host QEMU = new Host("qemu", "");

    /** The host of a machine that says which connection it is in. */
    static Host of(HypervisorObject object) {
        return object.provider().equals("qemu") ? QEMU : new Host(object.provider(), object.where());
    }

    /** The host of a volume or network of libvirt. */
    public static Host libvirt(String uri) {
        return new Host("libvirt", uri);
    }

    /** The machine's name at its host, as text that no other machine has. */
    public String key(String id) {
        return provider + "\u0000" + connection + "\u0000" + id;
    }

    /**
     * Whether a host answers.
     *
     * @param answers whether it gave a whole answer when it was asked last
     * @param why     why not, in a sentence; empty when it does
     * @param since   since when that has been so
     */
    public record Health(boolean answers, String why, Instant since) {

        /** The health after a host was asked again. */
        static Health after(Health before, String why, Instant now) {
            boolean answers = why.isEmpty();
            return new Health(answers, why, before != null && before.answers == answers ? before.since : now);
        }
    }
}
