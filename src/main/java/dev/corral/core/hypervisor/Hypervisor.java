package dev.corral.core.hypervisor;

import java.io.IOException;
import java.util.List;

/** One hypervisor, asked without changing anything. */
interface Hypervisor {

    /** Vagrant's name of its provider. */
    String provider();

    /** Whether its tools are on this machine. */
    boolean present();

    /**
     * All that it runs or has defined.
     *
     * @throws IOException if it gives no whole answer; then nothing may be concluded from absence
     */
    List<HypervisorObject> list() throws IOException;

    /** A word about how it runs guests, for instance {@code libvirt · TCG}. */
    String summary();
}
