package dev.corral.core.operation.start;

import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a sample needs in its machines before it starts, read and ready to be brought in. One start uses it, on its own thread;
 * interrupting that thread ends what runs, in the guest too.
 */
public interface Preparation extends AutoCloseable {

    /** Reads what samples need. */
    interface Source {
        /**
         * Reads what this sample needs, before anything is started for it. Blocks while Python runs.
         *
         * @throws dev.corral.core.base.ExpectedFailure if it can't be read
         */
        Preparation read(Manifest.Origin origin);
    }

    /** Gets the story of a preparation. */
    interface Story {
        /** A phase begins on a machine. */
        void phase(String machine, PhaseKind phase);

        /** A phase begins whose output goes to a log; returns the file, which exists. */
        Path logged(String machine, PhaseKind phase, String name) throws IOException;
    }

    /**
     * Brings it in.
     *
     * @param sandbox  the sandbox's id
     * @param machines full names of the machines that were started
     * @param primary  the full name of Inspect's default machine
     * @throws dev.corral.core.base.ExpectedFailure if it fails in the phase that was told last
     */
    void bring(String sandbox, List<String> machines, String primary, Story story)
            throws IOException, InterruptedException;

    /** Removes what was read from this host. */
    @Override
    void close() throws IOException;
}
