package dev.corral.core.hypervisor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One host, asked without changing anything but by {@link #remove}. */
public interface Hypervisor {

    /** Which one it is. */
    Host host();

    /** Vagrant's name of its provider. */
    default String provider() {
        return host().provider();
    }

    /** Whether its tools are on this machine. */
    boolean present();

    /**
     * All that it runs or has defined.
     *
     * @throws IOException if it gives no whole answer; then nothing may be concluded from absence
     */
    List<HypervisorObject> list() throws IOException;

    /**
     * Connects to it as Vagrant will, and changes nothing.
     *
     * @throws IOException with the reason, if it does not answer
     */
    default void connect() throws IOException {
        list();
    }

    /** A word about how it runs guests, for instance {@code libvirt · TCG}. */
    String summary();

    /**
     * Adds all that it has, with what that takes on disk.
     *
     * @throws IOException if it gives no whole answer; what it told is added all the same
     */
    void survey(SurveyParts parts) throws IOException;

    /**
     * Removes a machine with what is its own, and confirms that it is gone; one that is gone already is no failure.
     *
     * @return whether this call removed it; false when it was gone already or somebody else was quicker
     * @throws IOException with the reason, if it is not gone afterwards
     */
    boolean remove(HypervisorObject object) throws IOException;

    /**
     * The saved states of a machine, oldest first; empty when it can't be asked for them without Vagrant.
     *
     * @throws IOException if it does not answer
     */
    default Optional<List<VmSnapshot>> snapshots(String id) throws IOException {
        return Optional.empty();
    }

    /** Commands that go on printing a line for each change. */
    List<List<String>> streams();

    /** Directories in which a name appears or vanishes when something changes. */
    Set<Path> directories();
}
