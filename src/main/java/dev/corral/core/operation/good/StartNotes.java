package dev.corral.core.operation.good;

import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.HypervisorTools;
import dev.corral.core.hypervisor.version.HypervisorVersion;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.LocalState;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes at the end of each start what it was made with. What can't be noted is logged only: the start has ended as it has. */
public final class StartNotes {
    private static final Logger LOG = LoggerFactory.getLogger(StartNotes.class);

    private StartNotes() {}

    /**
     * Notes it; for who holds the sandbox's lock.
     *
     * @param cache       the cache directory
     * @param workflow    the start's id
     * @param environment this process's variables
     * @param good        whether it worked
     */
    public static void ended(
            Path cache, SandboxFiles files, Manifest manifest, String workflow, Environment environment, boolean good) {
        try {
            new GoodStarts(cache)
                    .keep(
                            files,
                            StartFacts.of(
                                    files,
                                    manifest,
                                    workflow,
                                    new Journal(files.journal()).read(),
                                    hypervisor(files, manifest, environment)),
                            good);
        } catch (IOException e) {
            LOG.warn("what the start of {} was made with can't be noted", files.id(), e);
        }
    }

    // Before there was a machine its hypervisor had no part in it.
    private static String hypervisor(SandboxFiles files, Manifest manifest, Environment environment)
            throws IOException {
        return LocalState.machines(files.directory()).stream()
                .filter(machine -> !machine.id().isEmpty())
                .map(LocalState.LocalMachine::provider)
                .findFirst()
                .flatMap(provider -> HypervisorVersion.of(
                        HypervisorTools.of(environment),
                        provider,
                        manifest.context().hosts().connections().stream()
                                .findFirst()
                                .orElse("")))
                .orElse("");
    }
}
